import type { JobQueue } from '../../jobs/job-queue.ts';
import { runJobs } from '../../jobs/job-runner.ts';
import type { InspectionDeps } from '../inspection-deps.ts';
import { RoundContexts, type WorkIo } from './round-context.ts';
import { roundJobs } from './round-jobs.ts';

/** A process at work: its jobs run while `meanwhile` does. */
export interface RoundWorker {
  /** With a store that waits for a database that went away. */
  readonly deps: InspectionDeps;
  readonly queue: JobQueue;
  readonly jobs: ReturnType<typeof roundJobs>;
  /** Aborted when this process stops. */
  readonly signal: AbortSignal;
}

/** Works on the queue's round jobs until `meanwhile` ends or the signal aborts; what is in hand then is handed back. */
export async function workOnRounds(
  deps: InspectionDeps,
  io: WorkIo,
  meanwhile: (worker: RoundWorker) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([io.signal, stop.signal]);
  const contexts = new RoundContexts(deps, { ...io, signal });
  const jobs = roundJobs(deps, contexts);
  const definitions = Object.values(jobs);
  deps.jobs.onError = (error) => io.note(`任务队列：${error.message}`);
  const queue = await deps.jobs.open(definitions);
  const working = runJobs({ queue, definitions, signal, note: io.note });
  try {
    await Promise.race([
      meanwhile({ deps: contexts.deps, queue, jobs, signal }),
      // Never ends before it is told to, unless by a defect: then that is what is thrown.
      working.then(() => signal.throwIfAborted()),
    ]);
  } finally {
    stop.abort();
    await working;
    await contexts.close();
  }
}
