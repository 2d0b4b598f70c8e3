import { type Kysely, sql } from 'kysely';
import type { SiteVisits, VisitErrorClass } from '../domain/site-facts.ts';
import type { Instant } from '../lib/pure/dates.ts';
import type { InspectionDb } from './inspection-db.ts';
import type { InspectionTables } from './tables.ts';

/** One raw visit as stored. Milliseconds; null where that step was not reached. */
export type ProbeRow = Omit<InspectionTables['probe'], 'round_id'>;

/** Rows per statement: unnest takes one array per column, so the statement stays short. */
const INSERT_BATCH = 2000;

/** Keeps raw visits; a slot that is already there (an earlier, interrupted run) keeps its first row. */
export async function insertProbes(
  db: InspectionDb,
  roundId: number,
  rows: readonly ProbeRow[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += INSERT_BATCH) {
    const slice = rows.slice(start, start + INSERT_BATCH);
    await sql`
      insert into probe (round_id, subject_id, slot, scheduled_at, happened_at, url, address, outcome, error_class, status,
                         dns_ms, tcp_ms, tls_ms, ttfb_ms, total_ms, vantage, paced)
      select ${roundId}::int, * from json_to_recordset(${JSON.stringify(slice)}::json) as probe(
        subject_id int, slot smallint, scheduled_at timestamptz, happened_at timestamptz, url text, address text, outcome text,
        error_class text, status smallint, dns_ms real, tcp_ms real, tls_ms real, ttfb_ms real, total_ms real, vantage text, paced boolean)
      on conflict do nothing`.execute(db);
  }
}

/** Slots of `[from, to)` already visited per site: what a resumed run leaves out. */
export async function doneSlots(
  db: InspectionDb,
  roundId: number,
  subjectIds: readonly number[],
  [from, to]: readonly [number, number],
): Promise<Map<number, Set<number>>> {
  const done = new Map<number, Set<number>>();
  if (subjectIds.length === 0) return done;
  const rows = await db
    .selectFrom('probe')
    .select(['subject_id', 'slot'])
    .where('round_id', '=', roundId)
    .where('subject_id', 'in', subjectIds)
    .where('slot', '>=', from)
    .where('slot', '<', to)
    .execute();
  for (const row of rows) {
    const slots = done.get(row.subject_id);
    if (slots) slots.add(row.slot);
    else done.set(row.subject_id, new Set([row.slot]));
  }
  return done;
}

/** Failed visits listed in the summary; the raw rows hold all of them. */
const FAILURES_LISTED = 200;

/** Sums up the raw visits of one site. */
export async function summariseVisits(
  db: InspectionDb,
  roundId: number,
  subjectId: number,
  scheduled: readonly Instant[],
  url: string,
): Promise<SiteVisits> {
  const counts = await db
    .selectFrom('probe')
    .select(['outcome', 'error_class', 'address'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('round_id', '=', roundId)
    .where('subject_id', '=', subjectId)
    .groupBy(['outcome', 'error_class', 'address'])
    .execute();
  const failures = await db
    .selectFrom('probe')
    .select(['scheduled_at', 'happened_at', 'error_class'])
    .where('round_id', '=', roundId)
    .where('subject_id', '=', subjectId)
    .where('outcome', '=', 'failed')
    .orderBy('slot')
    .limit(FAILURES_LISTED)
    .execute();
  const total = (outcome?: string): number =>
    counts
      .filter((row) => outcome === undefined || row.outcome === outcome)
      .reduce((sum, row) => sum + Number(row.count), 0);
  const failedByClass: Partial<Record<VisitErrorClass, number>> = {};
  for (const row of counts) {
    if (row.outcome !== 'failed') continue;
    const errorClass = (row.error_class ?? 'protocol') as VisitErrorClass;
    failedByClass[errorClass] = (failedByClass[errorClass] ?? 0) + Number(row.count);
  }
  return {
    url,
    address: counts.find((row) => row.address !== null)?.address ?? null,
    scheduled: scheduled.length,
    done: total(),
    failed: total('failed'),
    blocked: total('blocked'),
    own: total('own'),
    days: new Set(
      scheduled.map((at) =>
        new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString().slice(0, 10),
      ),
    ).size,
    failedByClass,
    failures: failures.map((row) => ({
      scheduledAt: new Date(row.scheduled_at).toISOString(),
      happenedAt: new Date(row.happened_at).toISOString(),
      errorClass: (row.error_class ?? 'protocol') as VisitErrorClass,
    })),
  };
}

/** Failing visits of one scheduled instant on one destination address. */
export interface OutageSlot {
  readonly address: string;
  readonly scheduledAt: Instant;
  readonly failing: number;
  readonly onAddress: number;
}

/** Shared cause (issue 2): at least this many sites, and at least half of those on the address, fail in the same visit. */
export const SHARED_SITES_MIN = 3;

/** The scheduled visits in which an address failed as a whole. A site counts where it was last seen answering or refusing. */
export async function sharedOutageSlots(
  db: Kysely<InspectionTables>,
  roundId: number,
): Promise<OutageSlot[]> {
  const result = await sql<{
    address: string;
    scheduled_at: string;
    failing: number;
    on_address: number;
  }>`
    with home as (
      select subject_id, max(address) as address from probe where round_id = ${roundId} and address is not null group by subject_id
    )
    select home.address, probe.scheduled_at,
           count(*) filter (where probe.outcome = 'failed')::int as failing, count(*)::int as on_address
      from probe join home using (subject_id)
     where probe.round_id = ${roundId}
     group by home.address, probe.scheduled_at
    having count(*) filter (where probe.outcome = 'failed') >= ${SHARED_SITES_MIN}
       and 2 * count(*) filter (where probe.outcome = 'failed') >= count(*)
     order by home.address, probe.scheduled_at`.execute(db);
  return result.rows.map((row) => ({
    address: row.address,
    scheduledAt: new Date(row.scheduled_at).toISOString(),
    failing: row.failing,
    onAddress: row.on_address,
  }));
}

/** For every site on those addresses: how many of its failed visits fell into a shared outage. */
export async function sharedFailures(
  db: InspectionDb,
  roundId: number,
  slots: readonly OutageSlot[],
): Promise<Map<number, { address: string; count: number }>> {
  const found = new Map<number, { address: string; count: number }>();
  for (const address of new Set(slots.map((slot) => slot.address))) {
    const times = slots.filter((slot) => slot.address === address).map((slot) => slot.scheduledAt);
    const result = await sql<{ subject_id: number; count: number }>`
      with home as (
        select subject_id, max(address) as address from probe where round_id = ${roundId} and address is not null group by subject_id
      )
      select probe.subject_id, count(*)::int as count
        from probe join home using (subject_id)
       where probe.round_id = ${roundId} and home.address = ${address} and probe.outcome = 'failed'
         and probe.scheduled_at in (select value::timestamptz from json_array_elements_text(${JSON.stringify(times)}::json))
       group by probe.subject_id`.execute(db);
    for (const row of result.rows) found.set(row.subject_id, { address, count: row.count });
  }
  return found;
}
