import type { Clock } from '../jobs/clock/clock.ts';
import { type RepeatedWork, repeatWork } from '../jobs/repeated-work.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { BY_PROGRAM, runChecks } from './checks/run-checks.ts';
import { passClock } from './clock/pass-clock.ts';
import { passContests } from './contest/pass-contests.ts';
import type { RectificationDeps } from './rectification-deps.ts';

/** A day begins; after the monthly upkeep, which is opened at the same time of night. */
const AFTER_MIDNIGHT = { minuteOfDay: 20, windowMinutes: 0 } as const;
/** Somebody waits for what his subject looks like now. */
const CHECKS_EVERY_MS = 20_000;

/** Deadlines of rectification and of objections before publication, as work of the calendar; safe to run twice. */
export const rectificationClock = (deps: RectificationDeps, now: () => Instant): Clock => ({
  ...{ name: 'rectification', words: '整改和申辩的期限：催办、升级、期满', time: AFTER_MIDNIGHT },
  work: async () => {
    await passClock(deps, BY_PROGRAM.name, { at: now() });
    await passContests(deps, BY_PROGRAM.name, { at: now() });
  },
});

/** Does the looks that are asked for, in a serving process. Several may do so on one database. */
export function keepRectification(
  deps: RectificationDeps,
  io: {
    readonly now: () => Instant;
    readonly signal: AbortSignal;
    readonly onError: (error: unknown) => void;
  },
): RepeatedWork {
  const { now, signal, onError } = io;
  return repeatWork({
    everyMs: CHECKS_EVERY_MS,
    work: () => runChecks(deps, { now, signal }),
    onError,
  });
}
