import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import type { Clock } from '../../jobs/clock/clock.ts';
import type { ClockTime } from '../../jobs/clock/clock-times.ts';
import { log } from '../../lib/node/log.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { beginSweep } from './sweep.repository.ts';
import type { Sweep } from './sweep.ts';
import { openSweepFetchers, type SweepFetchers } from './sweep-fetchers.ts';
import { runSweep, type SweepDeps, type SweepOptions } from './sweep-sources.ts';

/** The clock's name in the database. */
export const SWEEP_CLOCK = 'account-sweep';
/** How the program itself signs what it does by the calendar. */
const BY_CALENDAR = '系统（定时）';

export interface SweepRunnerDeps extends SweepDeps {
  readonly userAgent: string;
}

export interface SweepRunnerOptions {
  readonly now?: () => Instant;
  /** What goes by what a sweep saw; runs after each that was not stopped. */
  readonly afterwards?: () => Promise<unknown>;
  /** Where hosts are found, for a simulated outside. Without rules only public names are asked. */
  readonly resolve?: readonly string[];
}

/** The sweeps of a serving process: the day's, and those that people ask for; one at a time over all processes. */
export class SweepRunner {
  readonly #deps: SweepRunnerDeps;
  readonly #now: () => Instant;
  readonly #afterwards: () => Promise<unknown>;
  readonly #resolve: readonly string[];
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(deps: SweepRunnerDeps, options: SweepRunnerOptions = {}) {
    this.#deps = deps;
    this.#now = options.now ?? (() => new Date().toISOString());
    this.#afterwards = options.afterwards ?? (async () => undefined);
    this.#resolve = options.resolve ?? [];
  }

  /** Begins a sweep in the background, and returns it as it begins. Throws {@link UserError} `sweep.running`. */
  async begin(acting: Acting): Promise<Sweep> {
    assertMay(acting, 'sweep.run');
    const { sweep, ended } = await this.#start(nameOf(acting), this.#stopping.signal);
    // Nobody waits for it: what fails is in the log, and the row says that it does not go on.
    this.#running = ended.then(
      () => undefined,
      (error: unknown) => log.error('巡看没有看完，下一次会接着看', { error }),
    );
    return sweep;
  }

  /** The ways out of this server's sweeps; close them when done. */
  openFetchers(): SweepFetchers {
    const { userAgent } = this.#deps;
    return openSweepFetchers({ userAgent, resolve: this.#resolve, now: this.#now });
  }

  /** The day's sweep. */
  clock(time: ClockTime): Clock {
    return {
      ...{ name: SWEEP_CLOCK, words: '巡看账号', time },
      work: async (signal) => (await this.#start(BY_CALENDAR, signal)).ended,
    };
  }

  /** Resolves when nothing runs any more; what was under way is gone on with by the next sweep. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #start(
    by: string,
    signal: AbortSignal,
  ): Promise<{ readonly sweep: Sweep; readonly ended: Promise<void> }> {
    const fetchers = this.openFetchers();
    const options: SweepOptions = {
      ...{ by, platform: null, limit: null, now: this.#now, signal },
      ...{ isPublicOnly: this.#resolve.length === 0, onProgress: () => undefined },
      fetcherOf: (kind) => fetchers.fetcherOf(kind),
    };
    try {
      const sweep = await beginSweep(this.#deps.store, { ...options, now: this.#now() });
      return { sweep, ended: this.#finish(sweep, options).finally(() => fetchers.close()) };
    } catch (error) {
      await fetchers.close();
      throw error;
    }
  }

  async #finish(sweep: Sweep, options: SweepOptions): Promise<void> {
    const { state } = await runSweep(this.#deps, sweep, options);
    if (state === 'done') await this.#afterwards();
  }
}
