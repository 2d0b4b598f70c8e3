import { sql } from 'kysely';
import type { Person } from '../../domain/acting.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { InspectionDb } from '../inspection-db.ts';
import type { ContestState, InspectionTables } from '../tables.ts';

/** What a unit says against a finding before publication (申辩), and what it was answered. */
export interface Contest {
  readonly id: number;
  readonly findingId: number;
  readonly unitId: number | null;
  readonly unit: string;
  readonly by: Person;
  readonly text: string;
  readonly at: Instant;
  readonly state: ContestState;
  readonly answer: string | null;
  readonly answeredBy: Person | null;
  readonly answeredAt: Instant | null;
  /** It came after the unit's days for it. */
  readonly isLate: boolean;
  /** Asia/Shanghai; null only where it came before its letter and before decision 0077. */
  readonly answerDueOn: CalendarDate | null;
}

export async function insertContest(
  db: InspectionDb,
  contest: Pick<
    Contest,
    'findingId' | 'unitId' | 'unit' | 'by' | 'text' | 'at' | 'isLate' | 'answerDueOn'
  >,
): Promise<number> {
  const row = await db
    .insertInto('contest')
    .values({
      finding_id: contest.findingId,
      unit_id: contest.unitId,
      unit: contest.unit,
      made_by: contest.by.name,
      made_by_id: contest.by.userId,
      text: contest.text,
      made_at: contest.at,
      state: 'open',
      answer: null,
      answered_by: null,
      answered_by_id: null,
      answered_at: null,
      late: contest.isLate,
      answer_due_on: contest.answerDueOn,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function findContest(db: InspectionDb, id: number): Promise<Contest | null> {
  const row = await db.selectFrom('contest').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toContest(row) : null;
}

/** Contests of several findings, by finding, oldest first. */
export async function listContestsOf(
  db: InspectionDb,
  findingIds: readonly number[],
): Promise<Map<number, Contest[]>> {
  const found = new Map<number, Contest[]>();
  if (findingIds.length === 0) return found;
  const rows = await db
    .selectFrom('contest')
    .selectAll()
    .where('finding_id', 'in', findingIds)
    .orderBy('id')
    .execute();
  for (const row of rows)
    found.set(row.finding_id, [...(found.get(row.finding_id) ?? []), toContest(row)]);
  return found;
}

export async function updateContest(
  db: InspectionDb,
  id: number,
  answer: { state: 'upheld' | 'dismissed'; note: string; by: Person; at: Instant },
): Promise<void> {
  await db
    .updateTable('contest')
    .set({
      state: answer.state,
      answer: answer.note,
      answered_by: answer.by.name,
      answered_by_id: answer.by.userId,
      answered_at: answer.at,
    })
    .where('id', '=', id)
    .execute();
}

/** Findings of a round with a contest that waits for its answer. */
export async function openContests(
  db: InspectionDb,
  roundId: number,
  limit: number,
): Promise<{ findingId: number; unit: string }[]> {
  const { rows } = await sql<{ findingId: number; unit: string }>`
    select f.id as "findingId", contest.unit
      from contest join finding f on f.id = contest.finding_id
     where f.round_id = ${roundId} and contest.state = 'open'
     order by contest.id limit ${limit}`.execute(db);
  return rows;
}

/** How a finding shows its contests: an open one before all, else the newest. */
export function contestedOf(contests: readonly Contest[]): ContestState | null {
  if (contests.some(({ state }) => state === 'open')) return 'open';
  return contests.at(-1)?.state ?? null;
}

function toContest(row: { [K in keyof InspectionTables['contest']]: unknown }): Contest {
  return {
    id: row.id as number,
    findingId: row.finding_id as number,
    unitId: row.unit_id as number | null,
    unit: row.unit as string,
    by: { name: row.made_by as string, userId: row.made_by_id as number | null },
    text: row.text as string,
    at: new Date(row.made_at as string).toISOString(),
    state: row.state as ContestState,
    answer: row.answer as string | null,
    answeredBy:
      row.answered_by === null
        ? null
        : { name: row.answered_by as string, userId: row.answered_by_id as number | null },
    answeredAt: row.answered_at === null ? null : new Date(row.answered_at as string).toISOString(),
    isLate: row.late as boolean,
    answerDueOn: row.answer_due_on as CalendarDate | null,
  };
}
