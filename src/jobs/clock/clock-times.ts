import {
  addDays,
  type CalendarDate,
  type Instant,
  shanghaiDate,
  startOfDay,
} from '../../lib/pure/dates.ts';
import { seededRandom } from '../../lib/pure/random.ts';

/** A time of day in Asia/Shanghai, spread over a window after it. */
export interface ClockTime {
  readonly minuteOfDay: number;
  /** Each installation and day has its own moment in it, so that not everybody asks the platforms at once; 0 = on the minute. */
  readonly windowMinutes: number;
}

const MINUTE_MS = 60_000;

/** When a day's work begins; the same in every process that knows the installation's `seed`. */
export function momentOf(day: CalendarDate, time: ClockTime, seed: string): Instant {
  const spread = Math.floor(seededRandom(`${seed} ${day}`)() * time.windowMinutes * MINUTE_MS);
  return new Date(
    Date.parse(startOfDay(day)) + time.minuteOfDay * MINUTE_MS + spread,
  ).toISOString();
}

/** The last day whose moment has come. A window may end after midnight, never a day later. */
export function dueDay(at: Instant, time: ClockTime, seed: string): CalendarDate {
  const today = shanghaiDate(at);
  if (momentOf(today, time, seed) <= at) return today;
  const yesterday = addDays(today, -1);
  return momentOf(yesterday, time, seed) <= at ? yesterday : addDays(today, -2);
}

/** When the work begins next, as of `at`: at once where a day was missed. */
export function nextMoment(
  at: Instant,
  doneFor: CalendarDate | null,
  { time, seed }: { readonly time: ClockTime; readonly seed: string },
): Instant {
  const due = dueDay(at, time, seed);
  return doneFor === null || doneFor < due ? at : momentOf(addDays(due, 1), time, seed);
}
