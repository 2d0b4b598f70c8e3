import { hostname } from 'node:os';
import { z } from 'zod';
import type { JobDefinition } from '../../jobs/job.ts';
import { log, withLogFields } from '../../lib/node/log.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { inspectionDb } from '../inspection-db.ts';
import type { InspectionDeps } from '../inspection-deps.ts';
import { isClosed } from '../round.ts';
import { gatherAccounts } from './account-task.ts';
import { judgeSubjects } from './judge-task.ts';
import type { RoundContext, RoundContexts } from './round-context.ts';
import { gatherSite } from './site-task.ts';
import { SURVEY_EXPIRES_SECONDS, surveyRoundSite } from './survey-task.ts';
import {
  failTask,
  finishTask,
  openTask,
  Postponed,
  postponeTask,
  TASK_KINDS,
  type TaskKind,
} from './task.repository.ts';
import { doVisits } from './visit-task.ts';

const WORKER = `${hostname()}:${process.pid}`;

const TaskName = z.object({ roundId: z.number().int(), key: z.string() });
type TaskName = z.infer<typeof TaskName>;

interface TaskWork {
  /** Tasks of this kind that one process has in hand. */
  readonly atOnce: number;
  readonly expireSeconds: number;
  do(context: RoundContext, payload: unknown, signal: AbortSignal): Promise<void>;
}

/**
 * How each kind of round work is done. Sites: enough at once to keep a core busy while some answer slowly, few enough to stay
 * flat in memory. Whole sites take hours, and each holds its addresses in memory.
 */
const WORK: Readonly<Record<TaskKind, TaskWork>> = {
  visit: { atOnce: 2, expireSeconds: 3_600, do: doVisits },
  site: { atOnce: 12, expireSeconds: 1_800, do: gatherSite },
  survey: { atOnce: 4, expireSeconds: SURVEY_EXPIRES_SECONDS, do: surveyRoundSite },
  account: { atOnce: 2, expireSeconds: 1_800, do: gatherAccounts },
  judge: { atOnce: 2, expireSeconds: 600, do: judgeSubjects },
};

export const queueName = (kind: TaskKind): string => `round-${kind}`;

/** When the rest of a task is to be done, or null when it is done. */
async function postponedUntil(work: () => Promise<void>): Promise<Instant | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof Postponed) return error.until;
    throw error;
  }
}

/** Round work as jobs, for any process that opened `contexts`. A task that is done already is left alone. */
export function roundJobs(
  deps: InspectionDeps,
  contexts: RoundContexts,
): Record<TaskKind, JobDefinition<TaskName>> {
  const db = inspectionDb(deps.store);
  const define = (kind: TaskKind): JobDefinition<TaskName> => ({
    name: queueName(kind),
    payload: TaskName,
    atOnce: WORK[kind].atOnce,
    expireSeconds: WORK[kind].expireSeconds,
    run: ({ roundId, key }, { signal }) =>
      withLogFields({ job: `${queueName(kind)} ${key}` }, async () => {
        const context = await contexts.of(roundId);
        const patient = inspectionDb(context.deps.store);
        const payload = await openTask(patient, roundId, kind, key);
        // Of a paused round nothing more is begun, by any worker; what is open is sent again when it goes on.
        if (payload === null || isClosed(context.round.state) || context.round.paused) return;
        const until = await postponedUntil(() => WORK[kind].do(context, payload, signal));
        signal.throwIfAborted();
        if (until !== null) {
          await postponeTask(patient, roundId, kind, { key, until });
          log.info('按网站要求的时段推迟', { round: context.round.period, task: key, until });
          return;
        }
        await finishTask(patient, roundId, kind, { key, worker: WORKER });
        log.debug('任务做完', { round: context.round.period });
      }),
    gaveUp: ({ roundId, key }, failure) => failTask(db, roundId, kind, { key, failure }),
  });
  return Object.fromEntries(TASK_KINDS.map((kind) => [kind, define(kind)])) as Record<
    TaskKind,
    JobDefinition<TaskName>
  >;
}
