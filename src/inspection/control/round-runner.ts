import { setTimeout as sleep } from 'node:timers/promises';
import { type Acting, assertMay } from '../../domain/acting.ts';
import { log } from '../../lib/node/log.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { TransientError, UserError } from '../../lib/pure/errors.ts';
import { inspectionDb } from '../inspection-db.ts';
import type { InspectionDeps } from '../inspection-deps.ts';
import { requireRound } from '../round.repository.ts';
import type { Round } from '../round.ts';
import { runPlannedRound } from '../run-round.ts';
import type { WorkIo } from '../work/round-context.ts';
import { gatherAgain, type RetryInput, resetSubject } from './retry-subject.ts';
import { interruptedPeriods } from './round-run.repository.ts';

/** The name under which the server goes on with what it was doing when it was stopped. */
const SERVER = '巡鉴服务';

/** Together longer than a run that died on another machine is held to live. */
const RESUME_AGAIN_MS = 15_000;
const RESUME_TRIES = 4;

/** What a background run is given: it ends with the server, and says when nothing refuses it any more. */
interface Background extends WorkIo {
  readonly inServer: true;
  readonly onHeld: () => void;
}

/**
 * Rounds run at once. The embedded database is for one process whose rounds pace themselves each for itself: two of them would each
 * be polite, and together not. On PostgreSQL the pace is shared; then this bounds memory.
 */
const RUNS_AT_ONCE = { embedded: 1, postgres: 4 } as const;

/** The rounds that this server runs in its background. Their work may be shared by worker processes. */
export class RoundRunner {
  readonly #deps: InspectionDeps;
  readonly #now: () => Instant;
  readonly #stopping = new AbortController();
  readonly #running = new Map<string, Promise<void>>();

  constructor(deps: InspectionDeps, now: () => Instant = () => new Date().toISOString()) {
    this.#deps = deps;
    this.#now = now;
  }

  /**
   * Runs or resumes a planned round; resolves when it has begun. Throws {@link UserError} `round.running`, `round.busy`, and what
   * `runPlannedRound` refuses.
   */
  async run(acting: Acting, period: string): Promise<Round> {
    assertMay(acting, 'round.run');
    const db = inspectionDb(this.#deps.store);
    const round = await requireRound(db, period);
    await this.#begin(period, (io) => runPlannedRound(this.#deps, acting, round, io));
    return requireRound(db, period);
  }

  /** Throws away what the round knows of one subject; gathers and judges it again, now or when the round goes on. */
  async retry(acting: Acting, input: RetryInput): Promise<{ started: boolean }> {
    const { period } = input;
    this.#assertFree(period);
    const round = await resetSubject(this.#deps, acting, input);
    if (round.state !== 'reviewing') return { started: false };
    await this.#begin(period, (io) => gatherAgain(this.#deps, acting, { round, ...input }, io));
    return { started: true };
  }

  /**
   * Goes on with the rounds that the server was running when it was stopped. What another machine still seems to hold is asked for
   * again later: a process that died there falls silent only after a while.
   */
  async resume(): Promise<void> {
    for (const period of await interruptedPeriods(inspectionDb(this.#deps.store)))
      if (!(await this.#resumed(period))) void this.#resumeLater(period);
  }

  async #resumed(period: string): Promise<boolean> {
    try {
      await this.run(SERVER, period);
      return true;
    } catch (error) {
      log.warn('批次没有自动续跑', { round: period, error });
      return !(error instanceof UserError && error.code === 'round.running');
    }
  }

  async #resumeLater(period: string): Promise<void> {
    const { signal } = this.#stopping;
    for (let tried = 1; tried <= RESUME_TRIES; tried += 1) {
      await sleep(RESUME_AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted || (await this.#resumed(period))) return;
    }
  }

  /** Asks all to stop at a safe point; resolves when they have. The next start goes on. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running.values());
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  #assertFree(period: string): void {
    if (this.#stopping.signal.aborted) throw new TransientError('server.stopping', '服务正在停止');
    if (this.#running.has(period))
      throw new UserError('round.running', `批次 ${period} 正在运行；请等它结束，或先暂停。`, {
        family: 'state',
      });
    if (this.#running.size < RUNS_AT_ONCE[this.#deps.store.kind]) return;
    throw new UserError(
      'round.busy',
      `批次 ${[...this.#running.keys()].join('、')} 正在运行，不能同时再运行一个；请等它结束，或先暂停它。`,
      { family: 'state' },
    );
  }

  #begin(period: string, work: (io: Background) => Promise<unknown>): Promise<void> {
    this.#assertFree(period);
    return new Promise((resolve, reject) => {
      const io: Background = {
        now: this.#now,
        note: (message) => log.info(message, { round: period }),
        signal: this.#stopping.signal,
        inServer: true,
        onHeld: resolve,
      };
      const done = work(io)
        // Once it has begun, why it stopped stands in the round and in the log.
        .then(() => undefined, reject)
        .finally(() => this.#running.delete(period));
      this.#running.set(period, done);
    });
  }
}
