import { type RepeatedWork, repeatWork } from '../jobs/repeated-work.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { BY_PROGRAM, runChecks } from './checks/run-checks.ts';
import { passClock } from './clock/pass-clock.ts';
import type { RectificationDeps } from './rectification-deps.ts';

/** A day begins: noticed within the hour. */
const CLOCK_EVERY_MS = 3_600_000;
/** Somebody waits for what his subject looks like now. */
const CHECKS_EVERY_MS = 20_000;

/** Keeps the clock and does the looks that are asked for, in a serving process. Several may do so on one database. */
export function keepRectification(
  deps: RectificationDeps,
  io: {
    readonly now: () => Instant;
    readonly signal: AbortSignal;
    readonly onError: (error: unknown) => void;
  },
): RepeatedWork {
  const { now, signal, onError } = io;
  const works = [
    repeatWork({
      everyMs: CLOCK_EVERY_MS,
      work: () => passClock(deps, BY_PROGRAM.name, { at: now() }),
      onError,
    }),
    repeatWork({ everyMs: CHECKS_EVERY_MS, work: () => runChecks(deps, { now, signal }), onError }),
  ];
  return { stop: async () => void (await Promise.all(works.map((work) => work.stop()))) };
}
