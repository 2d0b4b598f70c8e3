import { sql } from 'kysely';
import { type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { type MatrixDeps, matrixDb } from './matrix-db.ts';

/** Accounts of one statement: a transaction of a second or two. */
const SLICE = 2_000;

/**
 * Brings what is known of each account up to date, for those whose sources were asked, removed, or that an inspector saw since the
 * last time; returns how many. Safe to run twice, and in several processes.
 */
export async function refreshPulses({ store }: MatrixDeps, at: Instant): Promise<number> {
  const today = shanghaiDate(at);
  const db = matrixDb(store.db);
  let refreshed = 0;
  for (let after = 0; ; ) {
    const { rows } = await sql<{ id: number }>`
      select a.id from account a left join account_pulse p on p.account_id = a.id
       where a.id > ${after} and (p.account_id is null
         or exists (select 1 from account_source s
                     where s.account_id = a.id and greatest(s.checked_at, s.removed_at) > p.made_at)
         or exists (select 1 from account_post t
                     where t.account_id = a.id and t.last_seen_at > p.made_at)
         or exists (select 1 from observation o
                     where o.account_id = a.id and (o.id > p.observation_id or o.withdrawn_at > p.made_at)))
       order by a.id limit ${SLICE}`.execute(db);
    if (rows.length === 0) return refreshed;
    await write(
      db,
      rows.map(({ id }) => id),
      { at, today },
    );
    refreshed += rows.length;
    after = rows.at(-1)?.id ?? after;
  }
}

/** A post in the future is no update yet; what was deleted is none any more. */
async function write(
  db: ReturnType<typeof matrixDb>,
  ids: readonly number[],
  { at, today }: { readonly at: Instant; readonly today: string },
): Promise<void> {
  await sql`
    insert into account_pulse (account_id, last_on, last_title, last_url, last_kind, last_level,
                               complete_from, complete_to, seen_on, seen_newest, observation_id, made_at)
    select a.id, last.on_day, coalesce(last.title, ''), coalesce(last.url, ''), last.kind, last.level,
           whole.complete_from, whole.complete_to, seen.on_day, seen.newest_on,
           coalesce((select max(id) from observation o where o.account_id = a.id), 0), ${at}::timestamptz
      from account a
      left join lateral (
        select * from (
          (select t.published_on as on_day, t.title, t.url, s.kind, s.level
             from account_post t join account_source s on s.id = t.source_id and s.removed_at is null
            where t.account_id = a.id and not t.deleted and t.published_on <= ${today}::date
            order by t.published_on desc limit 1)
          union all
          select s.newest_on, s.newest_title, s.newest_url, s.kind, s.level from account_source s
           where s.account_id = a.id and s.removed_at is null and s.newest_on <= ${today}::date
          union all
          (select o.newest_on::date, '', '', 'observation', 'D' from observation o
            where o.account_id = a.id and o.withdrawn_at is null and o.newest_on ~ '^[0-9]{4}-' and o.newest_on <= ${today}
            order by o.newest_on desc limit 1)) found
         order by on_day desc, title desc limit 1) last on true
      left join lateral (
        select s.complete_from, s.complete_to from account_source s
         where s.account_id = a.id and s.removed_at is null and s.complete_to is not null
         order by s.complete_to desc, s.complete_from limit 1) whole on true
      left join lateral (
        select (o.observed_at at time zone 'Asia/Shanghai')::date as on_day, o.newest_on from observation o
         where o.account_id = a.id and o.withdrawn_at is null and o.newest_on is not null
         order by o.observed_at desc limit 1) seen on true
     where a.id = any(${`{${ids.join(',')}}`}::int[])
    on conflict (account_id) do update set
      last_on = excluded.last_on, last_title = excluded.last_title, last_url = excluded.last_url,
      last_kind = excluded.last_kind, last_level = excluded.last_level,
      complete_from = excluded.complete_from, complete_to = excluded.complete_to,
      seen_on = excluded.seen_on, seen_newest = excluded.seen_newest,
      observation_id = excluded.observation_id, made_at = excluded.made_at`.execute(db);
}
