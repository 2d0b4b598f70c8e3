import type {
  Authorisation,
  AuthorisedAccount,
} from '../gather/accounts/wechat/component-client.ts';
import { WECHAT_API } from '../gather/accounts/wechat/gather-wechat.ts';
import { wordRefusal } from '../gather/accounts/wechat/wechat-errors.ts';
import { hashOf, recordAudit } from '../identity/index.ts';
import { log } from '../lib/node/log.ts';
import { TransientError } from '../lib/pure/errors.ts';
import type { Secret } from '../lib/pure/secret.ts';
import { findAccount } from '../registry/index.ts';
import type { WechatEvent } from './callback/read-event.ts';
import { platformOf, withComponent } from './component-token.ts';
import { endAuthorisation } from './end-authorisation.ts';
import { tokenColumns } from './keep-authorisations.ts';
import { componentPlace, type WechatDb, type WechatDeps, wechatDb } from './wechat-db.ts';

/** Who acts in the trail when the platform tells of something. */
const PLATFORM = '微信平台';

/**
 * Does what an event asks for; safe to do twice. Throws {@link TransientError} where the platform has to send it again.
 */
export async function takeEvent(deps: WechatDeps, event: WechatEvent): Promise<void> {
  switch (event.kind) {
    case 'ticket':
      return keepTicket(deps, event.ticket);
    case 'authorised':
      return takeAuthorisation(deps, event);
    case 'withdrawn':
      return takeBack(deps, event.appId);
    default:
  }
}

async function keepTicket(deps: WechatDeps, ticket: Secret): Promise<void> {
  const { appId } = platformOf(deps);
  const values = {
    ticket: deps.sealing.seal(componentPlace(appId), ticket),
    ticket_at: new Date(deps.wechat.now()).toISOString(),
  };
  await wechatDb(deps.store.db)
    .insertInto('wechat_component')
    .values({ app_id: appId, ...values, token: null, token_until: null })
    .onConflict((on) => on.column('app_id').doUpdateSet(values))
    .execute();
}

async function takeAuthorisation(
  deps: WechatDeps,
  { code, preAuthCode }: Extract<WechatEvent, { kind: 'authorised' }>,
): Promise<void> {
  const answer = await withComponent(deps, (client, token) => client.queryAuth(token, code));
  // A code is good once: one that was used was taken by us before, and a retry of the same event has nothing left to do.
  if (!answer.ok && [CODE_USED, CODE_EXPIRED].includes(answer.errcode)) return;
  if (!answer.ok) throw new TransientError('wechat.authorise', wordRefusal(answer));
  const authorisation = answer.value;
  const about = await withComponent(deps, (client, token) =>
    client.authorizerInfo(token, authorisation.appId),
  );
  if (!about.ok) log.warn('没有取得公众号的名称', { reason: wordRefusal(about) });
  await keepAuthorisation(deps, authorisation, {
    about: about.ok ? about.value : { nickName: '', userName: '', principalName: '' },
    preAuthHash: preAuthCode && hashOf(preAuthCode.reveal()),
  });
}

const [CODE_USED, CODE_EXPIRED] = [61009, 61010];

async function keepAuthorisation(
  deps: WechatDeps,
  authorisation: Authorisation,
  { about, preAuthHash }: { about: AuthorisedAccount; preAuthHash: string | null },
): Promise<void> {
  const { appId, permissionSets } = authorisation;
  await deps.store.transaction(async (trx) => {
    const db = wechatDb(trx);
    const invited = await invitedAccount(db, preAuthHash);
    if (invited === null && (await wasEndedHere(db, appId))) {
      // He only changed what we may read: that does not undo what the unit decided.
      log.warn('没有恢复在本平台撤回的授权', { appId });
      return;
    }
    const account = invited && (await findAccount(trx, invited.account_id));
    // He may have scanned with another of his accounts: what is read there must never count for this one.
    const isOther =
      account?.accountId.startsWith('gh_') === true &&
      about.userName !== '' &&
      account.accountId !== about.userName;
    const accountId = account && !isOther ? account.id : null;
    const values = {
      ...(accountId === null ? {} : { account_id: accountId }),
      ...(invited === null ? {} : { asked_account_id: invited.account_id, ended_by: null }),
      nick_name: about.nickName,
      user_name: about.userName,
      principal_name: about.principalName,
      permission_sets: JSON.stringify(permissionSets),
      ...tokenColumns(deps, authorisation),
      state: 'authorised' as const,
      state_reason: isOther
        ? `扫码的是 ${about.userName}（${about.nickName}），名录里的账号是 ${account.accountId}；请换成那个账号再授权`
        : '',
      authorised_at: new Date(deps.wechat.now()).toISOString(),
    };
    await db
      .insertInto('wechat_authorisation')
      .values({ app_id: appId, ...NOBODY, ...values })
      .onConflict((on) => on.column('app_id').doUpdateSet(values))
      .execute();
    if (accountId !== null) await connectSource(deps, db, { accountId, appId });
    await recordAudit(trx, {
      actor: PLATFORM,
      action: 'wechat.authorised',
      subject: accountId === null ? `wechat:${appId}` : `account:${accountId}`,
      detail: {
        ...{ appId, nickName: about.nickName, userName: about.userName, permissionSets },
        invitedBy: invited?.made_by ?? null,
        mismatch: isOther,
      },
    });
  });
}

const NOBODY = { account_id: null, asked_account_id: null, ended_by: null } as const;

async function wasEndedHere(db: WechatDb, appId: string): Promise<boolean> {
  const row = await db
    .selectFrom('wechat_authorisation')
    .select('ended_by')
    .where('app_id', '=', appId)
    .executeTakeFirst();
  return (row?.ended_by ?? null) !== null;
}

async function invitedAccount(db: WechatDb, hash: string | null) {
  if (hash === null) return null;
  const row = await db
    .deleteFrom('wechat_pre_auth')
    .where('hash', '=', hash)
    .returning(['account_id', 'made_by'])
    .executeTakeFirst();
  return row ?? null;
}

/** The account's source for this AppID: asked anew where it is known, added where it is not. Its credential is the authorisation. */
async function connectSource(
  deps: WechatDeps,
  db: WechatDb,
  { accountId, appId }: { readonly accountId: number; readonly appId: string },
): Promise<void> {
  const anew = { state: 'new' as const, state_reason: '', next_step: '', failures: 0 };
  const known = await db
    .updateTable('account_source')
    .set({ ...anew, park_until: null })
    .where('account_id', '=', accountId)
    .where('kind', '=', 'wechat')
    .where('identity', '=', appId)
    .where('removed_at', 'is', null)
    .returning('id')
    .execute();
  if (known.length > 0) return;
  const last = await db
    .selectFrom('account_source')
    .select((on) => on.fn.max('position').as('position'))
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  const { baseUrl } = platformOf(deps);
  await db
    .insertInto('account_source')
    .values({
      account_id: accountId,
      position: (last?.position ?? 0) + 1,
      ...{ origin: 'console', kind: 'wechat', level: 'A1', identity: appId },
      // Behind a gateway of the office everything of the platform goes through it.
      address: baseUrl === WECHAT_API ? '' : baseUrl,
      credential: null,
      created_by: PLATFORM,
    })
    .execute();
}

/** The administrator took it back on the platform. */
async function takeBack(deps: WechatDeps, appId: string): Promise<void> {
  const at = new Date(deps.wechat.now()).toISOString();
  await deps.store.transaction(async (trx) => {
    const reason = '账号管理员在公众平台取消了授权';
    const ended = await endAuthorisation(wechatDb(trx), { appId, reason, endedBy: null, at });
    if (ended === null) return;
    await recordAudit(trx, {
      actor: PLATFORM,
      action: 'wechat.withdrawn',
      subject: ended.account_id === null ? `wechat:${appId}` : `account:${ended.account_id}`,
      detail: { appId, nickName: ended.nick_name },
    });
  });
}
