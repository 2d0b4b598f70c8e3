import { authorisationPlace, componentPlace, type WechatDeps, wechatDb } from './wechat-db.ts';

/**
 * Seals by the present key what an earlier one sealed; returns how many authorisations. A ticket comes again within ten minutes and
 * access tokens are renewed, so only refresh tokens are worth keeping: the rest is dropped.
 */
export async function resealWechat({
  store,
  sealing,
}: Pick<WechatDeps, 'store' | 'sealing'>): Promise<number> {
  return store.transaction(async (trx) => {
    const db = wechatDb(trx);
    const rows = await db
      .selectFrom('wechat_authorisation')
      .select(['app_id', 'refresh_token'])
      .where('refresh_token', 'is not', null)
      .forUpdate()
      .execute();
    let sealed = 0;
    for (const { app_id, refresh_token } of rows) {
      if (refresh_token === null || sealing.isCurrent(refresh_token)) continue;
      const place = authorisationPlace(app_id);
      await db
        .updateTable('wechat_authorisation')
        .set({
          refresh_token: sealing.seal(place, sealing.open(place, refresh_token)),
          ...{ access_token: null, access_until: null },
        })
        .where('app_id', '=', app_id)
        .execute();
      sealed += 1;
    }
    const components = await db.selectFrom('wechat_component').selectAll().execute();
    for (const { app_id, ticket } of components) {
      const place = componentPlace(app_id);
      const kept = ticket === null || sealing.isCurrent(ticket) ? ticket : null;
      await db
        .updateTable('wechat_component')
        .set({
          ticket: kept ?? (ticket && sealing.seal(place, sealing.open(place, ticket))),
          ...{ token: null, token_until: null },
        })
        .where('app_id', '=', app_id)
        .execute();
    }
    return sealed;
  });
}
