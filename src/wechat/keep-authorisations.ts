import type { Authorisation } from '../gather/accounts/wechat/component-client.ts';
import { NOT_ASKED, refusal } from '../gather/accounts/wechat/wechat-answer.ts';
import { actionOf, wordRefusal } from '../gather/accounts/wechat/wechat-errors.ts';
import type { AuthorisationKeeper, TokenAnswer } from '../gather/accounts/wechat/wechat-tokens.ts';
import type { Secret } from '../lib/pure/secret.ts';
import { withComponent } from './component-token.ts';
import { authorisationPlace, type WechatDeps, wechatDb } from './wechat-db.ts';

const MARGIN_MS = 300_000;
/** Longer than the calls of a renewal may take: who died on the way gives way to the next. */
const LEASE_MS = 120_000;
/** The platform's code for an account that gave us nothing (61003). */
const NOT_AUTHORISED = 61003;

/**
 * Tokens of the accounts that authorised our third-party platform. One renewal at a time per account: within the process the others
 * wait for it, and another process leaves the account for later.
 */
export function keepAuthorisations(deps: WechatDeps): AuthorisationKeeper {
  const renewing = new Map<string, Promise<TokenAnswer>>();
  return {
    token: async (appId, refused) => {
      const kept = await keptToken(deps, appId, refused);
      if (kept) return kept;
      const running = renewing.get(appId);
      if (running) return running;
      const renewal = renew(deps, appId).finally(() => renewing.delete(appId));
      renewing.set(appId, renewal);
      return renewal;
    },
  };
}

/** The token while it is good; a refusal where there is no authorisation; null = it has to be renewed. */
async function keptToken(
  deps: WechatDeps,
  appId: string,
  refused: Secret | null,
): Promise<TokenAnswer | null> {
  const row = await wechatDb(deps.store.db)
    .selectFrom('wechat_authorisation')
    .select(['state', 'state_reason', 'access_token', 'access_until'])
    .where('app_id', '=', appId)
    .executeTakeFirst();
  if (row?.state !== 'authorised')
    return refusal(NOT_AUTHORISED, row?.state_reason || '没有这个账号的授权');
  const isGood =
    row.access_until !== null && Date.parse(row.access_until) - deps.wechat.now() > MARGIN_MS;
  if (!isGood || row.access_token === null) return null;
  const token = deps.sealing.open(authorisationPlace(appId), row.access_token);
  return token.reveal() === refused?.reveal() ? null : { ok: true, token };
}

async function renew(deps: WechatDeps, appId: string): Promise<TokenAnswer> {
  const db = wechatDb(deps.store.db);
  const now = deps.wechat.now();
  const leased = await db
    .updateTable('wechat_authorisation')
    .set({ leased_until: new Date(now + LEASE_MS).toISOString() })
    .where('app_id', '=', appId)
    .where('state', '=', 'authorised')
    .where((on) =>
      on.or([on('leased_until', 'is', null), on('leased_until', '<', new Date(now).toISOString())]),
    )
    .returning('refresh_token')
    .executeTakeFirst();
  if (!leased?.refresh_token)
    return refusal(NOT_ASKED, '另一个进程正在为这个账号换新凭据，稍后会再试');
  const refreshToken = deps.sealing.open(authorisationPlace(appId), leased.refresh_token);
  const answer = await withComponent(deps, (client, token) =>
    client.authorizerToken(token, appId, refreshToken),
  );
  if (answer.ok) {
    await db
      .updateTable('wechat_authorisation')
      .set(tokenColumns(deps, answer.value))
      .where('app_id', '=', appId)
      .execute();
    return { ok: true, token: answer.value.access.token };
  }
  const isLost = actionOf(answer.errcode) === 'stop-owner';
  await db
    .updateTable('wechat_authorisation')
    .set({
      leased_until: null,
      changed_at: new Date(now).toISOString(),
      ...(isLost ? { state: 'broken' as const, state_reason: wordRefusal(answer) } : {}),
    })
    .where('app_id', '=', appId)
    .execute();
  return answer;
}

/** Both tokens of an authorisation as they are kept. */
export function tokenColumns(deps: WechatDeps, { appId, access, refreshToken }: Authorisation) {
  const place = authorisationPlace(appId);
  const now = deps.wechat.now();
  return {
    access_token: deps.sealing.seal(place, access.token),
    access_until: new Date(now + access.expiresInSeconds * 1000).toISOString(),
    refresh_token: deps.sealing.seal(place, refreshToken),
    leased_until: null,
    changed_at: new Date(now).toISOString(),
  };
}
