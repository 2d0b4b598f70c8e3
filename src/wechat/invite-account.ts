import type { Kysely } from 'kysely';
import { type Acting, assertMay, assertSees, nameOf } from '../domain/acting.ts';
import { authorisationLink } from '../gather/accounts/wechat/component-client.ts';
import { wordRefusal } from '../gather/accounts/wechat/wechat-errors.ts';
import { hashOf, newSecret, recordAudit } from '../identity/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { findAccount, type RegisteredAccount } from '../registry/index.ts';
import { platformOf, withComponent } from './component-token.ts';
import { type WechatDeps, wechatDb } from './wechat-db.ts';

const INVITATION_MS = 7 * 86_400_000;
/** Each opening asks the platform for a code; programs that preview links open them as well. */
const OPENINGS_MAX = 30;

export const INVITATION_PATH = '/api/v1/callbacks/wechat/invitations';
export const DONE_PATH = '/api/v1/callbacks/wechat/done';

export interface Invitation {
  readonly url: string;
  readonly expiresAt: Instant;
  readonly accountName: string;
}

/** As the register calls them; other platforms know no third-party platform. */
const PLATFORM = '微信公众号';

/** The account that somebody sees, of a platform that can be authorised. Throws {@link UserError} `account.unknown`, `wechat.platform`. */
export async function wechatAccount<Tables>(
  db: Kysely<Tables>,
  acting: Acting,
  accountId: number,
): Promise<RegisteredAccount> {
  const unknown = (): UserError =>
    new UserError('account.unknown', '没有这个账号。', { field: 'account' });
  const account = await findAccount(db, accountId);
  if (account === null) throw unknown();
  assertSees(acting, account.sponsorId, unknown);
  if (account.platform !== PLATFORM)
    throw new UserError('wechat.platform', `只有${PLATFORM}可以这样授权。`, { family: 'state' });
  return account;
}

/** Where administrators reach us. Throws {@link UserError} `wechat.not-set`, `wechat.no-origin`. */
export function originOf(deps: WechatDeps): string {
  platformOf(deps);
  const { publicOrigin } = deps.wechat;
  if (publicOrigin !== null) return publicOrigin;
  throw new UserError(
    'wechat.no-origin',
    '账号管理员要从外面打开授权页；请先设置 XUNJIAN_PUBLIC_URL。',
    { family: 'state' },
  );
}

/**
 * A link for an account's administrator, good for seven days: it leads to WeChat's page, where he scans and confirms. Only its hash
 * is kept, and one link an account: a new one ends the one before. Throws {@link UserError} `identity.forbidden`, `wechat.not-set`,
 * `wechat.no-origin`, `wechat.platform`, `account.unknown`.
 */
export async function inviteAccount(
  deps: WechatDeps,
  acting: Acting,
  { accountId }: { readonly accountId: number },
): Promise<Invitation> {
  assertMay(acting, 'registry.edit');
  const origin = originOf(deps);
  const { now } = deps.wechat;
  const code = newSecret();
  const [madeAt, expiresAt] = [now(), now() + INVITATION_MS].map((at) =>
    new Date(at).toISOString(),
  ) as [Instant, Instant];
  const name = await deps.store.transaction(async (trx) => {
    const account = await wechatAccount(trx, acting, accountId);
    const db = wechatDb(trx);
    const former = await db
      .deleteFrom('wechat_invitation')
      .where('account_id', '=', accountId)
      .returning(['made_by', 'expires_at'])
      .executeTakeFirst();
    const [made_by, expires_at] = [nameOf(acting), expiresAt];
    await db
      .insertInto('wechat_invitation')
      .values({ hash: hashOf(code), account_id: accountId, made_by, made_at: madeAt, expires_at })
      .execute();
    await recordAudit(trx, {
      actor: made_by,
      action: 'wechat.invite',
      subject: `account:${accountId}`,
      detail: { name: account.name },
      before: former ? { expiresAt: former.expires_at } : null,
      after: { expiresAt },
    });
    return account.name;
  });
  return { url: `${origin}${INVITATION_PATH}/${code}`, expiresAt, accountName: name };
}

/** What the administrator's browser is shown: the way to WeChat, or Chinese words why there is none. */
export type OpenedInvitation =
  | { readonly ok: true; readonly accountName: string; readonly link: string }
  | { readonly ok: false; readonly message: string };

/** A code of the platform for this opening, kept as a hash: the authorisation that it leads to is this account's. */
export async function openInvitation(deps: WechatDeps, code: string): Promise<OpenedInvitation> {
  const platform = deps.wechat.platform;
  const now = deps.wechat.now();
  const db = wechatDb(deps.store.db);
  const invitation = await db
    .updateTable('wechat_invitation')
    .set((on) => ({ opened: on('opened', '+', 1) }))
    .where('hash', '=', hashOf(code))
    .where('expires_at', '>', new Date(now).toISOString())
    .where('opened', '<', OPENINGS_MAX)
    .returning(['account_id', 'made_by'])
    .executeTakeFirst();
  if (!invitation || platform === null)
    return { ok: false, message: '授权链接无效或已过期，请向发来链接的单位再要一个。' };
  const account = await findAccount(deps.store.db, invitation.account_id);
  const answer = await withComponent(deps, (client, token) => client.preAuthCode(token));
  if (!answer.ok) return { ok: false, message: `暂时不能授权：${wordRefusal(answer)}` };
  const { token: preAuthCode, expiresInSeconds } = answer.value;
  await db
    .deleteFrom('wechat_pre_auth')
    .where('expires_at', '<', new Date(now).toISOString())
    .execute();
  await db
    .insertInto('wechat_pre_auth')
    .values({
      hash: hashOf(preAuthCode.reveal()),
      account_id: invitation.account_id,
      made_by: invitation.made_by,
      expires_at: new Date(now + expiresInSeconds * 1000 + CODE_MS).toISOString(),
    })
    .execute();
  const back = `${deps.wechat.publicOrigin ?? ''}${DONE_PATH}`;
  return {
    ok: true,
    accountName: account?.name ?? '',
    link: authorisationLink(platform.appId, preAuthCode, back),
  };
}

/** After the scan the platform's code is good for an hour: the push that brings it may come late. */
const CODE_MS = 3_600_000;
