import { type Kysely, sql } from 'kysely';
import type { SourcePost } from '../domain/account-sources.ts';
import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import { storableJson } from '../lib/pure/storable-json.ts';
import { type SourcesTables, sourcesDb } from './sources-db.ts';

/** Posts of one source, as they were seen at an instant. */
export interface SeenPosts {
  readonly sourceId: number;
  readonly accountId: number;
  readonly posts: readonly SourcePost[];
  readonly at: Instant;
}

/** A post that was seen again unchanged is written anew only after so long: a sweep that finds nothing new writes nothing. */
const SEEN_AGAIN = sql`interval '20 hours'`;

/** Keeps what was seen: new posts are added, changed ones changed, deleted ones marked; none is ever removed. */
export async function keepPosts<Tables>(
  db: Kysely<Tables>,
  seen: readonly SeenPosts[],
): Promise<void> {
  const rows = seen.flatMap(({ sourceId, accountId, posts, at }) => {
    const byId = new Map(posts.map((post) => [post.itemId, post]));
    return [...byId.values()].map((post) => ({ ...post, sourceId, accountId, at }));
  });
  if (rows.length === 0) return;
  await sql`
    insert into account_post (source_id, item_id, account_id, title, url, published_at, published_on, quiet, original, pinned,
                              deleted, reads, likes, recommends, comments, shares, first_seen_at, last_seen_at, deleted_seen_at)
    select "sourceId", "itemId", "accountId", title, url, "publishedAt", "publishedOn", quiet, original, pinned,
           deleted, reads, likes, recommends, comments, shares, at, at, case when deleted then at end
      from jsonb_to_recordset(${storableJson(rows)}::jsonb) as r(
        "sourceId" integer, "itemId" text, "accountId" integer, title text, url text, "publishedAt" timestamptz,
        "publishedOn" date, quiet boolean, original boolean, pinned boolean, deleted boolean, reads bigint, likes bigint,
        recommends bigint, comments bigint, shares bigint, at timestamptz)
    on conflict (source_id, item_id) do update set
      title = excluded.title, url = excluded.url, published_at = excluded.published_at, published_on = excluded.published_on,
      quiet = coalesce(excluded.quiet, account_post.quiet), original = coalesce(excluded.original, account_post.original),
      pinned = excluded.pinned, deleted = excluded.deleted,
      reads = coalesce(excluded.reads, account_post.reads), likes = coalesce(excluded.likes, account_post.likes),
      recommends = coalesce(excluded.recommends, account_post.recommends),
      comments = coalesce(excluded.comments, account_post.comments), shares = coalesce(excluded.shares, account_post.shares),
      last_seen_at = excluded.last_seen_at,
      deleted_seen_at = case when excluded.deleted then coalesce(account_post.deleted_seen_at, excluded.last_seen_at) end
    where row(account_post.title, account_post.url, account_post.published_on, account_post.pinned, account_post.deleted,
              account_post.reads, account_post.likes, account_post.comments, account_post.shares)
          is distinct from
          row(excluded.title, excluded.url, excluded.published_on, excluded.pinned, excluded.deleted,
              coalesce(excluded.reads, account_post.reads), coalesce(excluded.likes, account_post.likes),
              coalesce(excluded.comments, account_post.comments), coalesce(excluded.shares, account_post.shares))
       or account_post.last_seen_at < excluded.last_seen_at - ${SEEN_AGAIN}`.execute(db);
}

/** Posts of some sources that were seen, not deleted, and published on a day or later; by source. */
export async function postsSince<Tables>(
  db: Kysely<Tables>,
  sourceIds: readonly number[],
  since: CalendarDate,
): Promise<Map<number, SourcePost[]>> {
  if (sourceIds.length === 0) return new Map();
  const rows = await sourcesDb(db)
    .selectFrom('account_post')
    .selectAll()
    .where('source_id', 'in', [...sourceIds])
    .where('published_on', '>=', since)
    .where('deleted', '=', false)
    .orderBy('published_on', 'desc')
    .execute();
  const bySource = new Map<number, SourcePost[]>();
  for (const row of rows) {
    const known = bySource.get(row.source_id);
    if (known) known.push(toPost(row));
    else bySource.set(row.source_id, [toPost(row)]);
  }
  return bySource;
}

type PostRow = SourcesTables['account_post'];

const toPost = (row: PostRow): SourcePost => ({
  ...{ itemId: row.item_id, title: row.title, url: row.url },
  publishedOn: row.published_on,
  publishedAt: row.published_at === null ? null : new Date(row.published_at).toISOString(),
  ...{ quiet: row.quiet, original: row.original, pinned: row.pinned, deleted: row.deleted },
  ...{ reads: count(row.reads), likes: count(row.likes), recommends: count(row.recommends) },
  ...{ comments: count(row.comments), shares: count(row.shares) },
});

const count = (value: number | null): number | null => (value === null ? null : Number(value));
