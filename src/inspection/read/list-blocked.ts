import { sql } from 'kysely';
import type { InspectionDb } from '../inspection-db.ts';

/** A site whose newest visit, or whose home page, refused us in particular (WAF, login wall, challenge). */
export interface BlockedSite {
  readonly subjectId: number;
  readonly siteCode: string;
  readonly name: string;
  readonly printRow: string;
  readonly url: string;
  /** Visits and pages of the round that were blocked. */
  readonly visits: number;
  readonly pages: number;
  /** Statuses of the blocked pages and visits, most frequent first. */
  readonly statuses: readonly number[];
  readonly lastAt: string;
}

/** Sites of a round that block us now: a block that the newest visit no longer met is over. */
export async function listBlocked(db: InspectionDb, roundId: number): Promise<BlockedSite[]> {
  const { rows } = await sql<{
    subject_id: number;
    identity: string;
    name: string;
    print_row: string;
    url: string;
    visits: string;
    pages: string;
    statuses: number[] | null;
    last_at: string;
  }>`
    with newest as (
      select distinct on (subject_id) subject_id, outcome from probe
       where round_id = ${roundId} and outcome <> 'own' order by subject_id, happened_at desc),
    hits as (
      select subject_id, 'visit' as kind, url, status, happened_at as at from probe
       where round_id = ${roundId} and outcome = 'blocked'
      union all
      select subject_id, 'page', url, status, fetched_at from page
       where round_id = ${roundId} and kind = 'site' and outcome = 'blocked'),
    home as (
      select distinct subject_id from page
       where round_id = ${roundId} and kind = 'site' and role = 'home' and outcome = 'blocked')
    select h.subject_id, s.identity, s.name, s.print_row, s.subject->>'homeUrl' as url,
           count(*) filter (where h.kind = 'visit') as visits, count(*) filter (where h.kind = 'page') as pages,
           (select array_agg(status order by times desc) from (
              select status, count(*) as times from hits x
               where x.subject_id = h.subject_id and status is not null group by status) as t) as statuses,
           max(h.at) as last_at
      from hits h join round_subject s on s.round_id = ${roundId} and s.kind = 'site' and s.subject_id = h.subject_id
     where h.subject_id in (select subject_id from newest where outcome = 'blocked')
        or h.subject_id in (select subject_id from home)
     group by h.subject_id, s.identity, s.name, s.print_row, s.subject, s.registry_order
     order by s.registry_order`.execute(db);
  return rows.map((row) => ({
    subjectId: row.subject_id,
    siteCode: row.identity,
    name: row.name,
    printRow: row.print_row,
    url: row.url,
    visits: Number(row.visits),
    pages: Number(row.pages),
    statuses: row.statuses ?? [],
    lastAt: new Date(row.last_at).toISOString(),
  }));
}
