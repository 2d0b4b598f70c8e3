import { sql } from 'kysely';
import type { Instant } from '../lib/pure/dates.ts';
import { type WechatDeps, wechatDb } from './wechat-db.ts';

/** Beyond it a person asks by account; a province has some thousand. */
const ROWS_MAX = 5_000;

export interface ListedAuthorisation {
  readonly appId: string;
  readonly accountId: number | null;
  readonly accountName: string | null;
  readonly nickName: string;
  readonly userName: string;
  readonly principalName: string;
  readonly state: 'authorised' | 'withdrawn' | 'broken';
  readonly reason: string;
  /** Chinese: what it lets us read. */
  readonly reads: readonly string[];
  readonly authorisedAt: Instant;
}

/** What a permission set lets us read (new-media-apis §2.1). */
const READS: readonly { readonly sets: readonly number[]; readonly words: string }[] = [
  { sets: [7], words: '发布、评论与文章统计' },
  { sets: [11, 100], words: '草稿与素材' },
  { sets: [1, 3, 15], words: '菜单与自动回复' },
];

/** Chinese words of what permission sets let us read. */
export const readsOf = (sets: readonly number[]): string[] =>
  READS.filter((each) => each.sets.some((set) => sets.includes(set))).map(({ words }) => words);

export interface ListedPlatform {
  /** When the platform last pushed a ticket; null = never. */
  readonly ticketAt: Instant | null;
  readonly authorisations: readonly ListedAuthorisation[];
}

/** The authorisations, those that need somebody first; secrets are not among them. */
export async function listAuthorisations({
  store,
}: Pick<WechatDeps, 'store'>): Promise<ListedPlatform> {
  const db = wechatDb(store.db);
  const component = await db
    .selectFrom('wechat_component')
    .select((on) => on.fn.max('ticket_at').as('ticketAt'))
    .executeTakeFirst();
  const rows = await db
    .selectFrom('wechat_authorisation as given')
    .leftJoin(sql<{ id: number; name: string }>`account`.as('account'), (on) =>
      on.onRef(sql`account.id`, '=', sql`given.account_id`),
    )
    .select([
      'app_id',
      'given.account_id as account_id',
      'nick_name',
      'user_name',
      'principal_name',
    ])
    .select(['state', 'state_reason', 'permission_sets', 'authorised_at', 'account.name as name'])
    .orderBy(sql`state = 'authorised'`)
    .orderBy('authorised_at', 'desc')
    .orderBy('app_id')
    .limit(ROWS_MAX)
    .execute();
  return {
    ticketAt: component?.ticketAt ?? null,
    authorisations: rows.map((row) => {
      return {
        ...{ appId: row.app_id, accountId: row.account_id, accountName: row.name },
        ...{ nickName: row.nick_name, userName: row.user_name },
        ...{ principalName: row.principal_name, state: row.state, reason: row.state_reason },
        reads: readsOf(row.permission_sets as unknown as readonly number[]),
        authorisedAt: row.authorised_at,
      };
    }),
  };
}
