import type { Sealing } from '../identity/index.ts';
import { UserError } from '../lib/pure/errors.ts';
import {
  authorisationPlace,
  componentPlace,
  type WechatDb,
  type WechatDeps,
  wechatDb,
} from './wechat-db.ts';

/**
 * Seals by the present key what an earlier one sealed; returns how many authorisations. Access tokens are renewed anyway and dropped;
 * what no key of ours opens is lost, and its authorisation says that it has to be scanned again.
 */
export async function resealWechat({
  store,
  sealing,
}: Pick<WechatDeps, 'store' | 'sealing'>): Promise<number> {
  return store.transaction(async (trx) => {
    const db = wechatDb(trx);
    await resealTickets(db, sealing);
    return resealAuthorisations(db, sealing);
  });
}

async function resealAuthorisations(db: WechatDb, sealing: Sealing): Promise<number> {
  const rows = await db
    .selectFrom('wechat_authorisation')
    .select(['app_id', 'refresh_token'])
    .where('refresh_token', 'is not', null)
    .forUpdate()
    .execute();
  let sealed = 0;
  for (const { app_id, refresh_token } of rows) {
    if (refresh_token === null || sealing.isCurrent(refresh_token)) continue;
    const anew = sealAnew(sealing, authorisationPlace(app_id), refresh_token);
    const lost = { state: 'broken' as const, state_reason: LOST };
    await db
      .updateTable('wechat_authorisation')
      .set({
        ...{ refresh_token: anew, access_token: null, access_until: null },
        ...(anew === null ? lost : {}),
      })
      .where('app_id', '=', app_id)
      .execute();
    if (anew !== null) sealed += 1;
  }
  return sealed;
}

const LOST = '授权的凭据是用别的密钥封存的，打不开了；请账号管理员用授权链接重新扫码';

/** A ticket that is lost comes again within ten minutes. */
async function resealTickets(db: WechatDb, sealing: Sealing): Promise<void> {
  const rows = await db.selectFrom('wechat_component').selectAll().forUpdate().execute();
  for (const { app_id, ticket } of rows) {
    if (ticket === null || sealing.isCurrent(ticket)) continue;
    await db
      .updateTable('wechat_component')
      .set({
        ticket: sealAnew(sealing, componentPlace(app_id), ticket),
        ...{ token: null, token_until: null },
      })
      .where('app_id', '=', app_id)
      .execute();
  }
}

function sealAnew(sealing: Sealing, place: string, sealed: string): string | null {
  try {
    return sealing.seal(place, sealing.open(place, sealed));
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
