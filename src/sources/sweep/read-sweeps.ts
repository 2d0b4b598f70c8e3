import { type Acting, assertMay } from '../../domain/acting.ts';
import { readClock } from '../../jobs/clock/clock.repository.ts';
import type { ClockStanding } from '../../jobs/clock/clock.ts';
import type { ClockTime } from '../../jobs/clock/clock-times.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { Store } from '../../store/store.ts';
import { sourcesDb } from '../sources-db.ts';
import { countReserved } from './due-sources.ts';
import { isAlive, newestSweep } from './sweep.repository.ts';
import type { Sweep } from './sweep.ts';
import { SWEEP_CLOCK } from './sweep-runner.ts';

/** What people are told of the sweeps. */
export interface SweepsView {
  /** Null = there was none yet. One that was killed counts as stopped. */
  readonly newest: Sweep | null;
  /** The day's sweep; null = it is switched off. */
  readonly daily: Pick<ClockStanding, 'nextAt' | 'isRunning' | 'problem'> | null;
  /** Sources at names that nobody can own (the sample province): no sweep asks them without resolve rules. */
  readonly simulated: number;
}

/** Throws {@link UserError} `identity.forbidden`. */
export async function readSweeps(
  deps: { readonly store: Store; readonly sweepTime: ClockTime | null },
  acting: Acting,
  at: Instant,
): Promise<SweepsView> {
  assertMay(acting, 'sweep.read');
  const db = sourcesDb(deps.store.db);
  const newest = await newestSweep(db);
  const { sweepTime: time } = deps;
  const daily = time === null ? null : await readClock(deps.store, { name: SWEEP_CLOCK, time }, at);
  return {
    newest:
      newest?.state === 'running' && !isAlive(newest, at)
        ? { ...newest, state: 'stopped' }
        : newest,
    daily: daily && {
      ...{ nextAt: daily.nextAt, isRunning: daily.isRunning, problem: daily.problem },
    },
    simulated: await countReserved(db),
  };
}
