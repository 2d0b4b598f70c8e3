import { setTimeout as sleep } from 'node:timers/promises';
import type { JobDefinition } from '../../jobs/job.ts';
import type { JobQueue } from '../../jobs/job-queue.ts';
import { TransientError } from '../../lib/pure/errors.ts';
import type { InspectionDb } from '../inspection-db.ts';
import {
  countTasks,
  insertTasks,
  listOpenTasks,
  type NewTask,
  reopenTasks,
  type TaskKind,
} from './task.repository.ts';

const LOOK_EVERY_MS = 300;
/** A task may be lost between the queue and a worker that died twice: from time to time what is open is put in again. */
const SEND_AGAIN_MS = 60_000;

export interface TaskRun {
  readonly db: InspectionDb;
  readonly queue: JobQueue;
  readonly roundId: number;
  readonly signal: AbortSignal;
  readonly onLook: () => Promise<void>;
}

type TaskJob = JobDefinition<{ roundId: number; key: string }>;

/** Puts the tasks of one kind into the queue and waits until workers have done them all, here or in other processes. */
export async function runTasks(
  run: TaskRun,
  kind: TaskKind,
  job: TaskJob,
  tasks: readonly NewTask[],
): Promise<void> {
  const { db, roundId, signal } = run;
  await insertTasks(db, roundId, kind, tasks);
  let sentAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    signal.throwIfAborted();
    if (performance.now() - sentAt > SEND_AGAIN_MS) {
      await sendOpen(run, kind, job, sentAt < 0);
      sentAt = performance.now();
    }
    const { open, failed, failure } = await countTasks(db, roundId, kind);
    await run.onLook();
    if (open === 0 && failed === 0) return;
    if (open === 0)
      throw new TransientError(
        'round.tasks-failed',
        `有 ${failed} 项工作没有做成，例如：${failure}。其余都已做完并保存；排除原因后用同样的命令会只补这些。`,
      );
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

async function sendOpen(
  { db, queue, roundId }: TaskRun,
  kind: TaskKind,
  job: TaskJob,
  isFirst: boolean,
): Promise<void> {
  // A failure of an earlier run is forgotten; one of this run stays known.
  if (isFirst) await reopenTasks(db, roundId, kind);
  const open = await listOpenTasks(db, roundId, kind);
  await queue.send(
    job,
    open.map(({ key, startAfter }) => ({
      key: `${roundId} ${key}`,
      payload: { roundId, key },
      ...(startAfter === null ? {} : { startAfter }),
    })),
  );
}
