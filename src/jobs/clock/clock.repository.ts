import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { cutText } from '../../lib/pure/cut-text.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { Store } from '../../store/store.ts';
import type { Clock, ClockStanding } from './clock.ts';
import { dueDay, nextMoment } from './clock-times.ts';

/** A process that says nothing for so long is dead, and another one does its work. */
export const LEASE_MS = 120_000;
/** What failed is tried again after ten minutes, then twenty, forty … */
const RETRY_FIRST_MS = 600_000;
const RETRY_MAX_MS = 6 * 3_600_000;
const PROBLEM_MAX = 500;

interface ClockRow {
  readonly name: string;
  readonly seed: string;
  readonly done_for: CalendarDate | null;
  readonly began_at: Instant | null;
  readonly ended_at: Instant | null;
  readonly held_until: Instant | null;
  readonly retry_at: Instant | null;
  readonly failures: number;
  readonly problem: string;
}

const later = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString();
const iso = (at: string | null): Instant | null => at && new Date(at).toISOString();

/** The seed of a clock that never ran is made now, and is the installation's from then on. */
async function rowOf<Tables>(db: Kysely<Tables>, name: string): Promise<ClockRow> {
  await sql`insert into clock (name, seed) values (${name}, ${randomUUID()}) on conflict do nothing`.execute(
    db,
  );
  const { rows } = await sql<ClockRow>`
    select name, seed, done_for::text as done_for, began_at, ended_at, held_until, retry_at, failures, problem
      from clock where name = ${name}`.execute(db);
  return rows[0]!;
}

/** A day's work in the hands of one process. */
export interface Turn {
  readonly name: string;
  readonly day: CalendarDate;
  readonly holder: string;
}

/** The work that is due and that nobody does; null = nothing to do now. */
export async function claimTurn(
  { db }: Store,
  { name, time }: Pick<Clock, 'name' | 'time'>,
  at: Instant,
): Promise<Turn | null> {
  const { seed } = await rowOf(db, name);
  const turn = { name, day: dueDay(at, time, seed), holder: randomUUID() };
  const { rows } = await sql`
    update clock set held_by = ${turn.holder}, held_until = ${later(at, LEASE_MS)}::timestamptz, began_at = ${at}::timestamptz
     where name = ${name} and (done_for is null or done_for < ${turn.day}::date)
       and (held_until is null or held_until <= ${at}::timestamptz)
       and (retry_at is null or retry_at <= ${at}::timestamptz)
    returning name`.execute(db);
  return rows.length === 0 ? null : turn;
}

/** Tells that the holder lives. */
export async function holdTurn({ db }: Store, { name, holder }: Turn, at: Instant): Promise<void> {
  await sql`update clock set held_until = ${later(at, LEASE_MS)}::timestamptz
             where name = ${name} and held_by = ${holder}`.execute(db);
}

/** How a turn ended: done; let go, for the next process to go on; or failed, with the reason in Chinese. */
export type TurnEnd = 'done' | 'let-go' | { readonly problem: string };

export async function endTurn({ db }: Store, turn: Turn, end: TurnEnd, at: Instant): Promise<void> {
  const mine = sql`name = ${turn.name} and held_by = ${turn.holder}`;
  if (end === 'let-go')
    await sql`update clock set held_by = null, held_until = null where ${mine}`.execute(db);
  else if (end === 'done')
    await sql`
      update clock set held_by = null, held_until = null, done_for = ${turn.day}::date, ended_at = ${at}::timestamptz,
             failures = 0, retry_at = null, problem = '' where ${mine}`.execute(db);
  else
    await sql`
      update clock set held_by = null, held_until = null, ended_at = ${at}::timestamptz, failures = failures + 1,
             problem = ${cutText(end.problem, PROBLEM_MAX)}, retry_at = ${at}::timestamptz
               + least(${RETRY_FIRST_MS} * power(2, least(failures, 20)), ${RETRY_MAX_MS}) * interval '1 millisecond'
       where ${mine}`.execute(db);
}

/** How a clock stands at an instant. */
export async function readClock(
  { db }: Pick<Store, 'db'>,
  { name, time }: Pick<Clock, 'name' | 'time'>,
  at: Instant,
): Promise<ClockStanding> {
  const row = await rowOf(db, name);
  const retryAt = iso(row.retry_at);
  const next = nextMoment(at, row.done_for, { time, seed: row.seed });
  return {
    ...{ name, doneFor: row.done_for, problem: row.problem },
    ...{ beganAt: iso(row.began_at), endedAt: iso(row.ended_at) },
    isRunning: row.held_until !== null && new Date(row.held_until).toISOString() > at,
    nextAt: retryAt !== null && retryAt > next ? retryAt : next,
  };
}
