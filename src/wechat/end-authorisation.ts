import type { Instant } from '../lib/pure/dates.ts';
import type { WechatDb } from './wechat-db.ts';

interface Ending {
  readonly appId: string;
  /** Chinese, shown on the account's page and by its source. */
  readonly reason: string;
  /** Who ended it here; null = the platform told of it. */
  readonly endedBy: string | null;
  readonly at: Instant;
}

/**
 * Ends an authorisation that stands or is broken: nothing of it can be used any more, so no token is kept; that it was given and
 * taken back stays. Its source says at once why it shows nothing. Null = there was none, or it had ended.
 */
export async function endAuthorisation(
  db: WechatDb,
  { appId, reason, endedBy, at }: Ending,
): Promise<{ readonly account_id: number | null; readonly nick_name: string } | null> {
  const ended = await db
    .updateTable('wechat_authorisation')
    .set({
      ...{ access_token: null, access_until: null, refresh_token: null, leased_until: null },
      ...{ state: 'withdrawn', state_reason: reason, ended_by: endedBy, changed_at: at },
    })
    .where('app_id', '=', appId)
    .where('state', '<>', 'withdrawn')
    .returning(['account_id', 'nick_name'])
    .executeTakeFirst();
  if (!ended) return null;
  await db
    .updateTable('account_source')
    .set({ state: 'expired', state_reason: reason, next_step: NEXT_STEP })
    .where('kind', '=', 'wechat')
    .where('identity', '=', appId)
    // With an AppSecret of its own it goes on.
    .where('credential', 'is', null)
    .where('removed_at', 'is', null)
    .execute();
  return ended;
}

const NEXT_STEP = '要继续读取，请生成授权链接，由账号管理员重新扫码授权';
