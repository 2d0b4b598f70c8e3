import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '../../lib/node/log.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { type InspectionDb, inRoundTransaction, inspectionDb } from '../inspection-db.ts';
import type { InspectionDeps } from '../inspection-deps.ts';
import { requireRoundById } from '../round.repository.ts';
import { isClosed, type Round, stateWords } from '../round.ts';
import {
  assertNotRunning,
  beatRun,
  deleteRun,
  insertRun,
  updateRunMemory,
} from './round-run.repository.ts';

/** How often a run says that it lives, and looks whether it was paused. */
const BEAT_MS = 2_000;

export interface HoldOptions {
  readonly startedBy: string;
  /** Whether the server runs it, and is to run it on after a restart. */
  readonly inServer: boolean;
  readonly signal: AbortSignal;
  /** The round is taken: what is refused is refused before this. */
  readonly onHeld?: () => void;
}

/**
 * Does `work` on a round that nobody else works on meanwhile, in whatever process. Its signal aborts when the given one does, when
 * the round is paused, or when this process was silent for so long that another took the round.
 * Throws {@link UserError} `round.running`, `round.closed`; when paused, `round.paused`.
 */
export async function holdRound<T>(
  deps: Pick<InspectionDeps, 'store' | 'progress'>,
  round: Round,
  options: HoldOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const runId = randomUUID();
  await takeRound(deps, round, runId, options);
  options.onHeld?.();
  const db = inspectionDb(deps.store);
  const stop = new AbortController();
  const ended = new AbortController();
  const beating = beat(db, { deps, round, runId, stop, ended: ended.signal });
  try {
    const result = await work(AbortSignal.any([options.signal, stop.signal]));
    await updateRunMemory(db, round.id, { in_server: false });
    return result;
  } catch (error) {
    if (!options.signal.aborted && !stop.signal.aborted)
      await remember(db, round.id, error instanceof Error ? error.message : String(error));
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    ended.abort();
    await beating;
    // A database that is away forgets the run by itself.
    await deleteRun(db, round.id, runId).catch((error: unknown) =>
      log.warn('批次的运行记录没有删掉，稍后自动失效', { error }),
    );
  }
}

async function takeRound(
  deps: Pick<InspectionDeps, 'store'>,
  round: Round,
  runId: string,
  { startedBy, inServer }: HoldOptions,
): Promise<void> {
  await inRoundTransaction(deps.store, round.period, async (trx) => {
    const { state } = await requireRoundById(trx, round.id);
    if (isClosed(state))
      throw new UserError(
        'round.closed',
        `批次 ${round.period} ${stateWords(state)}，不能再运行。`,
        { family: 'state' },
      );
    await assertNotRunning(trx, deps.store.kind, round);
    await insertRun(trx, round.id, { runId, startedBy });
    await updateRunMemory(trx, round.id, { paused: false, in_server: inServer, run_failure: null });
  });
}

async function remember(db: InspectionDb, roundId: number, failure: string): Promise<void> {
  await updateRunMemory(db, roundId, { run_failure: failure }).catch((error: unknown) =>
    log.warn('批次为什么停下没有记上', { error }),
  );
}

async function beat(
  db: InspectionDb,
  run: {
    readonly deps: Pick<InspectionDeps, 'progress'>;
    readonly round: Round;
    readonly runId: string;
    readonly stop: AbortController;
    readonly ended: AbortSignal;
  },
): Promise<void> {
  const { round, runId, stop, ended } = run;
  const onPaused = run.deps.progress.onPaused(round.period, () => stop.abort(pausedError(round)));
  while (!ended.aborted) {
    await sleep(BEAT_MS, undefined, { signal: ended }).catch(() => undefined);
    if (ended.aborted) break;
    const latest = run.deps.progress.latest(round.period);
    const seen = await beatRun(db, round.id, runId, latest).catch((error: unknown) => {
      log.warn('批次的运行记录没有更新', { error });
      return undefined;
    });
    if (seen === null) stop.abort(takenError(round));
    else if (seen?.paused) stop.abort(pausedError(round));
  }
  onPaused();
}

const pausedError = ({ period }: Round): UserError =>
  new UserError(
    'round.paused',
    `批次 ${period} 已暂停；做完的都已保存，继续运行（或再运行同一条命令）会接着做。`,
    { family: 'state' },
  );

const takenError = ({ period }: Round): UserError =>
  new UserError('round.taken', `批次 ${period} 已由另一个进程接着运行。`, { family: 'state' });
