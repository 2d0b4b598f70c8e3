import { sql } from 'kysely';
import type { Instant } from '../../lib/pure/dates.ts';
import type { InspectionDb } from '../inspection-db.ts';

/** Round work by kind, in the order in which a round does it. */
export const TASK_KINDS = ['visit', 'site', 'survey', 'account', 'judge'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** A piece of round work. `payload` is JSON that the kind understands. */
export interface NewTask {
  readonly key: string;
  readonly payload: object;
  /** Not before this instant. */
  readonly startAfter: Instant | null;
}

/** Thrown by a task of which the rest is to be done later: a site's quiet hours (不希望被访问的时段). Nothing has failed. */
export class Postponed extends Error {
  readonly until: Instant;
  constructor(until: Instant) {
    super(`推迟到 ${until}`);
    this.name = 'Postponed';
    this.until = until;
  }
}

/** The task stays open, and is not begun again before `until`. */
export async function postponeTask(
  db: InspectionDb,
  roundId: number,
  kind: TaskKind,
  { key, until }: { readonly key: string; readonly until: Instant },
): Promise<void> {
  await db
    .updateTable('round_task')
    .set({ start_after: until })
    .where('round_id', '=', roundId)
    .where('kind', '=', kind)
    .where('key', '=', key)
    .execute();
}

const INSERT_BATCH = 1_000;

/** Adds tasks; those that are there already stay as they are. */
export async function insertTasks(
  db: InspectionDb,
  roundId: number,
  kind: TaskKind,
  tasks: readonly NewTask[],
): Promise<void> {
  for (let start = 0; start < tasks.length; start += INSERT_BATCH) {
    await db
      .insertInto('round_task')
      .values(
        tasks.slice(start, start + INSERT_BATCH).map(({ key, payload, startAfter }) => ({
          round_id: roundId,
          kind,
          key,
          payload: JSON.stringify(payload),
          start_after: startAfter,
          done_at: null,
          done_by: null,
          failure: null,
        })),
      )
      .onConflict((conflict) => conflict.columns(['round_id', 'kind', 'key']).doNothing())
      .execute();
  }
}

/** Forgets that tasks were given up: they are tried again. */
export async function reopenTasks(
  db: InspectionDb,
  roundId: number,
  kind: TaskKind,
): Promise<void> {
  await db
    .updateTable('round_task')
    .set({ failure: null })
    .where('round_id', '=', roundId)
    .where('kind', '=', kind)
    .where('failure', 'is not', null)
    .execute();
}

/** Forgets all tasks of a kind, done or not. */
export async function clearTasks(db: InspectionDb, roundId: number, kind: TaskKind): Promise<void> {
  await db
    .deleteFrom('round_task')
    .where('round_id', '=', roundId)
    .where('kind', '=', kind)
    .execute();
}

/** What is neither done nor given up, in the order in which it is to be done. */
export async function listOpenTasks(
  db: InspectionDb,
  roundId: number,
  kind: TaskKind,
): Promise<{ key: string; startAfter: string | null }[]> {
  const rows = await db
    .selectFrom('round_task')
    .select(['key', 'start_after'])
    .where('round_id', '=', roundId)
    .where('kind', '=', kind)
    .where('done_at', 'is', null)
    .where('failure', 'is', null)
    .orderBy('key')
    .execute();
  return rows.map(({ key, start_after }) => ({ key, startAfter: start_after }));
}

/** The payload of a task that is still to be done, else null. */
export async function openTask(
  db: InspectionDb,
  roundId: number,
  kind: TaskKind,
  key: string,
): Promise<unknown> {
  const row = await db
    .selectFrom('round_task')
    .select('payload')
    .where('round_id', '=', roundId)
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  return row?.payload ?? null;
}

export async function finishTask(
  db: InspectionDb,
  roundId: number,
  kind: TaskKind,
  { key, worker }: { readonly key: string; readonly worker: string },
): Promise<void> {
  const done_at = sql<string>`clock_timestamp()`;
  await endTask(db, roundId, kind, key, { done_at, done_by: worker });
}

/** The task was given up for this run; `failure` is for people. */
export async function failTask(
  db: InspectionDb,
  roundId: number,
  kind: TaskKind,
  { key, failure }: { readonly key: string; readonly failure: string },
): Promise<void> {
  await endTask(db, roundId, kind, key, { failure });
}

async function endTask(
  db: InspectionDb,
  roundId: number,
  kind: TaskKind,
  key: string,
  change: { failure: string } | { done_at: ReturnType<typeof sql<string>>; done_by: string },
): Promise<void> {
  await db
    .updateTable('round_task')
    .set(change)
    .where('round_id', '=', roundId)
    .where('kind', '=', kind)
    .where('key', '=', key)
    .execute();
}

export interface TaskCounts {
  readonly open: number;
  readonly failed: number;
  /** One of the failures. */
  readonly failure: string | null;
}

export async function countTasks(
  db: InspectionDb,
  roundId: number,
  kind: TaskKind,
): Promise<TaskCounts> {
  const row = await db
    .selectFrom('round_task')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('failure', 'is', null).as('open'),
      eb.fn.countAll<number>().filterWhere('failure', 'is not', null).as('failed'),
      eb.fn.min('failure').as('failure'),
    ])
    .where('round_id', '=', roundId)
    .where('kind', '=', kind)
    .where('done_at', 'is', null)
    .executeTakeFirstOrThrow();
  return { open: Number(row.open), failed: Number(row.failed), failure: row.failure };
}

/** Tasks that are done, and all others. */
export async function countByEnd(
  db: InspectionDb,
  roundId: number,
  kind: TaskKind,
): Promise<{ done: number; open: number }> {
  const { done, all } = await db
    .selectFrom('round_task')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('done_at', 'is not', null).as('done'),
      eb.fn.countAll<number>().as('all'),
    ])
    .where('round_id', '=', roundId)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow();
  return { done: Number(done), open: Number(all) - Number(done) };
}
