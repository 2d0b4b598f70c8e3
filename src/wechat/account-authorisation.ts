import { type Acting, assertMay, nameOf } from '../domain/acting.ts';
import { recordAudit } from '../identity/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { endAuthorisation } from './end-authorisation.ts';
import { originOf, wechatAccount } from './invite-account.ts';
import { type ListedAuthorisation, readsOf } from './list-authorisations.ts';
import { type WechatDb, type WechatDeps, wechatDb } from './wechat-db.ts';

/** How an account's authorisation stands; no secret is among it. */
export interface AccountAuthorisation {
  /** Chinese: why no link can be made here; null = one can. */
  readonly obstacle: string | null;
  /** The link that is good now, which only who made it has seen. */
  readonly invitation: OpenInvitation | null;
  /** What was given last: for this account, or by its link and by another account. */
  readonly authorisation: GivenAuthorisation | null;
}

export interface OpenInvitation {
  readonly madeBy: string;
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
  readonly opened: number;
}

export interface GivenAuthorisation
  extends Pick<
    ListedAuthorisation,
    'appId' | 'nickName' | 'userName' | 'principalName' | 'reason' | 'reads' | 'authorisedAt'
  > {
  /** `mismatch`: another account scanned, nothing is read of it for this one. */
  readonly state: ListedAuthorisation['state'] | 'mismatch';
  readonly changedAt: Instant;
}

/** Throws {@link UserError} `identity.forbidden`, `account.unknown` (also outside of somebody's scope), `wechat.platform`. */
export async function readAccountAuthorisation(
  deps: WechatDeps,
  acting: Acting,
  accountId: number,
): Promise<AccountAuthorisation> {
  assertMay(acting, 'registry.read');
  await wechatAccount(deps.store.db, acting, accountId);
  const db = wechatDb(deps.store.db);
  return {
    obstacle: obstacleOf(deps),
    invitation: await openInvitationOf(db, accountId, deps.wechat.now()),
    authorisation: await givenFor(db, accountId),
  };
}

function obstacleOf(deps: WechatDeps): string | null {
  try {
    originOf(deps);
    return null;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

async function openInvitationOf(
  db: WechatDb,
  accountId: number,
  now: number,
): Promise<OpenInvitation | null> {
  const row = await db
    .selectFrom('wechat_invitation')
    .select(['made_by as madeBy', 'made_at as madeAt', 'expires_at as expiresAt', 'opened'])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', iso(now))
    .orderBy('made_at', 'desc')
    .executeTakeFirst();
  return row ? { ...row, madeAt: iso(row.madeAt), expiresAt: iso(row.expiresAt) } : null;
}

async function givenFor(db: WechatDb, accountId: number): Promise<GivenAuthorisation | null> {
  const row = await db
    .selectFrom('wechat_authorisation')
    .selectAll()
    .where((on) =>
      on.or([on('account_id', '=', accountId), on('asked_account_id', '=', accountId)]),
    )
    .orderBy('authorised_at', 'desc')
    .executeTakeFirst();
  if (!row) return null;
  const isOwn = row.account_id === accountId;
  return {
    ...{ appId: row.app_id, nickName: row.nick_name, userName: row.user_name },
    ...{ principalName: row.principal_name, reason: row.state_reason },
    state: isOwn || row.state !== 'authorised' ? row.state : 'mismatch',
    reads: readsOf(row.permission_sets as unknown as readonly number[]),
    ...{ authorisedAt: iso(row.authorised_at), changedAt: iso(row.changed_at) },
  };
}

/**
 * Takes back here what an account's administrator gave: its tokens are deleted, its link is void, and only a new link begins again.
 * WeChat's own list goes on naming us until the administrator takes it back there as well: the platform has no interface for that.
 * Throws {@link UserError} `identity.forbidden`, `account.unknown`, `wechat.platform`, `wechat.none`.
 */
export async function withdrawAuthorisation(
  deps: WechatDeps,
  acting: Acting,
  accountId: number,
): Promise<void> {
  assertMay(acting, 'registry.edit');
  const at = iso(deps.wechat.now());
  await deps.store.transaction(async (trx) => {
    const account = await wechatAccount(trx, acting, accountId);
    const db = wechatDb(trx);
    const invitation = await db
      .deleteFrom('wechat_invitation')
      .where('account_id', '=', accountId)
      .where('expires_at', '>', at)
      .returning('expires_at as expiresAt')
      .executeTakeFirst();
    await db.deleteFrom('wechat_pre_auth').where('account_id', '=', accountId).execute();
    const ended = await endAll(db, accountId, { endedBy: nameOf(acting), at });
    if (ended.length === 0 && !invitation)
      throw new UserError('wechat.none', '没有可撤回的授权，也没有有效的授权链接。', {
        family: 'state',
      });
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'wechat.withdraw', subject: `account:${accountId}` },
      detail: { name: account.name },
      before: { authorised: ended, linkUntil: invitation?.expiresAt ?? null },
      after: { authorised: [], linkUntil: null },
    });
  });
}

async function endAll(
  db: WechatDb,
  accountId: number,
  by: { readonly endedBy: string; readonly at: Instant },
): Promise<string[]> {
  const rows = await db
    .selectFrom('wechat_authorisation')
    .select('app_id')
    .where((on) =>
      on.or([
        on('account_id', '=', accountId),
        // Held for nobody: it came by this account's link.
        on.and([on('account_id', 'is', null), on('asked_account_id', '=', accountId)]),
      ]),
    )
    .execute();
  const ended: string[] = [];
  for (const { app_id: appId } of rows)
    if (await endAuthorisation(db, { appId, reason: `${by.endedBy}在本平台撤回了授权`, ...by }))
      ended.push(appId);
  return ended;
}

const iso = (at: string | number): Instant => new Date(at).toISOString();
