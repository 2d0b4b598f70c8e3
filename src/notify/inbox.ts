import { sql } from 'kysely';
import type { Actor } from '../domain/actor.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { StoreDeps } from '../store/store.ts';
import { kindName } from './notice.ts';

/** A notice as it lies in somebody's inbox. */
export interface InboxItem {
  readonly id: number;
  readonly kind: string;
  readonly kindName: string;
  readonly title: string;
  readonly text: string;
  readonly link: string | null;
  readonly urgent: boolean;
  readonly madeAt: Instant;
  readonly readAt: Instant | null;
}

export interface InboxFilter {
  readonly unreadOnly?: boolean | undefined;
  readonly kind?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Counting stops here. */
const COUNT_MAX = 1_000;

/** An inbox belongs to a person; the command line has none. */
export function ownerOf(actor: Actor): number {
  if (actor.userId === null)
    throw new UserError('notice.nobody', '收件箱属于某个用户；命令行没有收件箱。', {
      family: 'state',
    });
  return actor.userId;
}

/** One's own notices, the newest first. Throws {@link UserError} `notice.nobody`. */
export async function listInbox(
  { store }: StoreDeps,
  actor: Actor,
  { unreadOnly = false, kind, limit, offset }: InboxFilter,
): Promise<{ items: InboxItem[]; total: number; totalIsExact: boolean; unread: number }> {
  const userId = ownerOf(actor);
  const where = sql`c.user_id = ${userId}
    ${unreadOnly ? sql`and c.read_at is null` : sql``} ${kind === undefined ? sql`` : sql`and n.kind = ${kind}`}`;
  const { rows } = await sql<Omit<InboxItem, 'kindName'>>`
    select n.id, n.kind, n.title, n.text, n.link, n.urgent, n.made_at as "madeAt", c.read_at as "readAt"
      from notice_copy c join notice n on n.id = c.notice_id where ${where}
     order by c.notice_id desc limit ${limit} offset ${offset}`.execute(store.db);
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from (select 1 from notice_copy c join notice n on n.id = c.notice_id
     where ${where} limit ${COUNT_MAX + 1}) found`.execute(store.db);
  const total = counted.rows[0]?.total ?? 0;
  return {
    items: rows.map((row) => ({ ...row, kindName: kindName(row.kind) })),
    ...{ total: Math.min(total, COUNT_MAX), totalIsExact: total <= COUNT_MAX },
    unread: await countUnread({ store }, actor),
  };
}

/** Notices that somebody has not read, at most {@link COUNT_MAX}. */
export async function countUnread({ store }: StoreDeps, actor: Actor): Promise<number> {
  const { rows } = await sql<{ unread: number }>`
    select count(*)::int as unread from (select 1 from notice_copy
     where user_id = ${ownerOf(actor)} and read_at is null limit ${COUNT_MAX}) found`.execute(
    store.db,
  );
  return rows[0]?.unread ?? 0;
}

/**
 * Marks one's own notices as read: the given ones, or all up to the newest that was seen. Returns how many were not before. What is
 * another's stays as it is, and is not told from what does not exist.
 */
export async function markRead(
  { store }: StoreDeps,
  actor: Actor,
  input: { readonly at: Instant } & (
    | { readonly ids: readonly number[] }
    | { readonly upTo: number }
  ),
): Promise<number> {
  const which =
    'ids' in input
      ? sql`notice_id = any(${`{${input.ids.join(',')}}`}::int[])`
      : sql`notice_id <= ${input.upTo}`;
  const { rows } = await sql`
    update notice_copy set read_at = ${input.at}::timestamptz
     where user_id = ${ownerOf(actor)} and read_at is null and ${which} returning notice_id`.execute(
    store.db,
  );
  return rows.length;
}
