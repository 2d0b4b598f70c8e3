import { authorisationLink } from '../gather/accounts/wechat/component-client.ts';
import { wordRefusal } from '../gather/accounts/wechat/wechat-errors.ts';
import { hashOf, newSecret, recordAudit } from '../identity/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { findAccount } from '../registry/index.ts';
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

/**
 * A link for an account's administrator, good for seven days: it leads to WeChat's page, where he scans and confirms. Only its hash
 * is kept. Throws {@link UserError} `wechat.not-set`, `wechat.no-origin`, `account.none`.
 */
export async function inviteAccount(
  deps: WechatDeps,
  actor: string,
  { accountId }: { readonly accountId: number },
): Promise<Invitation> {
  platformOf(deps);
  const { publicOrigin, now } = deps.wechat;
  if (publicOrigin === null)
    throw new UserError(
      'wechat.no-origin',
      '账号管理员要从外面打开授权页；请先设置 XUNJIAN_PUBLIC_URL。',
      { family: 'state' },
    );
  const code = newSecret();
  const [madeAt, expiresAt] = [now(), now() + INVITATION_MS].map((at) =>
    new Date(at).toISOString(),
  ) as [Instant, Instant];
  const name = await deps.store.transaction(async (trx) => {
    const account = await findAccount(trx, accountId);
    if (account === null)
      throw new UserError('account.none', '名录里没有这个账号。', { field: 'account' });
    await wechatDb(trx)
      .insertInto('wechat_invitation')
      .values({
        hash: hashOf(code),
        ...{ account_id: accountId, made_by: actor, made_at: madeAt, expires_at: expiresAt },
      })
      .execute();
    await recordAudit(trx, {
      actor,
      action: 'wechat.invite',
      subject: `account:${accountId}`,
      detail: { name: account.name, expiresAt },
    });
    return account.name;
  });
  return { url: `${publicOrigin}${INVITATION_PATH}/${code}`, expiresAt, accountName: name };
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
