import { type RawBuilder, sql } from 'kysely';
import { type Acting, assertMay, nameOf } from '../domain/acting.ts';
import { recordAudit } from '../identity/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { type MatrixDb, type MatrixDeps, matrixDb } from './matrix-db.ts';
import { refreshPulses } from './refresh-pulses.ts';

/** What one pass filled in; all zero when nothing was left to fill. */
export interface FilledFromRounds {
  readonly rounds: number;
  readonly accounts: number;
  readonly posts: number;
}

/** Accounts of one transaction: some ten thousand posts. */
const SLICE = 500;
/** Facts that keep posts with the ids that their platform gave them. */
const WITH_POSTS = [
  'account.weibo',
  'account.douyin',
  'account.feeds',
  'account.articles',
] as const;
/** Facts that keep the newest item only. */
const WITH_NEWEST = ['account.wechat', 'account.feed'] as const;

/**
 * Fills the matrix from what earlier rounds saw (facts), newest round first: posts, the newest item of a source, and the days that a
 * source showed whole where it never told any since. Only adds: what a source showed later stands, and nothing here makes an account
 * look silent. A fact does not name its source, so it counts for an account's only source of its kind; where there are two, it is left
 * out. Idempotent. Audited when something was filled. Throws {@link UserError} `identity.forbidden`.
 */
export async function fillFromRounds(
  deps: MatrixDeps,
  acting: Acting,
  { at }: { readonly at: Instant },
): Promise<FilledFromRounds> {
  assertMay(acting, 'sweep.run');
  const db = matrixDb(deps.store.db);
  const { rows: rounds } = await sql<{ id: number }>`
    select id from round order by monitored_at desc, id desc`.execute(db);
  const touched = new Set<number>();
  let posts = 0;
  for (const { id } of rounds)
    for (const [from, to] of await slicesOf(db, id))
      await deps.store.transaction(async (trx) => {
        const facts = sql`f.round_id = ${id} and f.kind = 'account' and f.state = 'observed'
          and f.subject_id between ${from} and ${to}`;
        const filled = await fillSlice(matrixDb(trx), facts);
        posts += filled.posts.length;
        for (const account of [...filled.posts, ...filled.stands]) touched.add(account);
      });
  const filled = { rounds: rounds.length, accounts: touched.size, posts };
  await showAnew(deps, [...touched], at);
  if (touched.size > 0)
    await deps.store.transaction((trx) =>
      recordAudit(trx, {
        ...{ actor: nameOf(acting), action: 'matrix.fill', detail: {} },
        ...{ before: null, after: filled },
      }),
    );
  return filled;
}

/** Whether the matrix of this database was never filled: its first pass begins with what rounds saw. */
export async function isNeverFilled(db: MatrixDb): Promise<boolean> {
  const { rows } = await sql`select 1 from account_pulse limit 1`.execute(db);
  return rows.length === 0;
}

/** First and last account of each slice of a round, so that no transaction holds a province. */
async function slicesOf(db: MatrixDb, round: number): Promise<[number, number][]> {
  const { rows } = await sql<{ from: number; to: number }>`
    select min(id) as "from", max(id) as "to"
      from (select distinct subject_id as id from fact where round_id = ${round} and kind = 'account') own,
           lateral (select id / ${SLICE} as slice) at
     group by slice order by slice`.execute(db);
  return rows.map(({ from, to }) => [from, to]);
}

/** The only source of a kind that an account has now, as `s`; joined to the facts `f`. */
const onlySource = (isOfKind: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  join lateral (select min(s.id) as id from account_source s
                 where s.account_id = f.subject_id and s.removed_at is null and ${isOfKind}
                having count(*) = 1) s on true`;
const ofFactsKind = sql`s.kind = f.value->>'kind'`;
const ofNewestKind = sql`case f.key when 'account.wechat' then s.kind = 'wechat'
  else s.kind in ('rss', 'atom', 'jsonfeed') and s.address = f.value->>'url' end`;

async function fillSlice(
  db: MatrixDb,
  facts: RawBuilder<unknown>,
): Promise<{ posts: number[]; stands: number[] }> {
  const posts = await sql<{ id: number }>`
    insert into account_post (source_id, item_id, account_id, title, url, published_at, published_on, quiet, original, pinned,
                              deleted, reads, likes, recommends, comments, shares, first_seen_at, last_seen_at, deleted_seen_at)
    select s.id, p."itemId", f.subject_id, p.title, p.url, p."publishedAt", p."publishedOn", p.quiet, p.original, p.pinned,
           p.deleted, p.reads, p.likes, p.recommends, p.comments, p.shares, f.gathered_at, f.gathered_at,
           case when p.deleted then f.gathered_at end
      from fact f ${onlySource(ofFactsKind)},
           jsonb_to_recordset(f.value->'posts') as p(
             "itemId" text, title text, url text, "publishedAt" timestamptz, "publishedOn" date, quiet boolean,
             original boolean, pinned boolean, deleted boolean, reads bigint, likes bigint, recommends bigint,
             comments bigint, shares bigint)
     where ${facts} and f.key = any(${`{${WITH_POSTS.join(',')}}`}::text[])
    on conflict (source_id, item_id) do nothing
    returning account_id as id`.execute(db);
  const stands = [
    ...(await fillStanding(db, { facts, keys: WITH_POSTS, isOfKind: ofFactsKind })),
    ...(await fillStanding(db, { facts, keys: WITH_NEWEST, isOfKind: ofNewestKind })),
  ];
  return { posts: posts.rows.map(({ id }) => id), stands };
}

interface Standing {
  readonly facts: RawBuilder<unknown>;
  readonly keys: readonly string[];
  readonly isOfKind: RawBuilder<unknown>;
}

/** The newest item where none so new is known, and the days shown whole where none are known. */
async function fillStanding(db: MatrixDb, { facts, keys, isOfKind }: Standing): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    update account_source as known set
      newest_on = case when told."newestOn" > coalesce(known.newest_on, '-infinity') then told."newestOn" else known.newest_on end,
      newest_title = case when told."newestOn" > coalesce(known.newest_on, '-infinity') then told.title else known.newest_title end,
      newest_url = case when told."newestOn" > coalesce(known.newest_on, '-infinity') then told.url else known.newest_url end,
      complete_from = case when known.complete_to is null then told."completeFrom" else known.complete_from end,
      complete_to = case when known.complete_to is null then told."completeTo" else known.complete_to end
      from (select s.id, (f.value->'newest'->>'publishedOn')::date as "newestOn",
                   coalesce(f.value->'newest'->>'title', '') as title, coalesce(f.value->'newest'->>'url', '') as url,
                   (f.value->>'completeFrom')::date as "completeFrom", (f.value->>'completeTo')::date as "completeTo"
              from fact f ${onlySource(isOfKind)}
             where ${facts} and f.key = any(${`{${keys.join(',')}}`}::text[])) told
     where known.id = told.id
       and (told."newestOn" > coalesce(known.newest_on, '-infinity')
            or known.complete_to is null and told."completeTo" is not null)
    returning known.account_id as id`.execute(db);
  return rows.map(({ id }) => id);
}

/** What is known of these accounts is added up anew. */
async function showAnew(deps: MatrixDeps, accounts: readonly number[], at: Instant): Promise<void> {
  if (accounts.length === 0) return;
  await sql`delete from account_pulse where account_id = any(${`{${accounts.join(',')}}`}::int[])`.execute(
    deps.store.db,
  );
  await refreshPulses(deps, at);
}
