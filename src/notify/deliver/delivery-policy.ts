import { endOfQuiet, type QuietHours } from '../../domain/quiet-hours.ts';
import { addWorkdaysOrWeekdays } from '../../domain/workday.ts';
import { addDays, type Instant, shanghaiDate, startOfDay } from '../../lib/pure/dates.ts';

/** When a channel is silent. */
export interface Silence extends QuietHours {
  readonly workdaysOnly: boolean;
}

/** Longest holiday and its weekends; a calendar that never has a working day is not waited for. */
const HELD_DAYS_MAX = 20;
/** What is not urgent waits a little for its like, so that one mail tells of all. */
const GATHER_MS = 5 * 60_000;

/** Until when a notice is held back: urgent ones never, others over quiet hours and days without work. */
export function heldUntil(silence: Silence, at: Instant, urgent: boolean): Instant {
  return urgent ? at : endOfSilence(silence, later(at, GATHER_MS));
}

/** The first instant at or after `at` at which a channel may be used for what is not urgent. */
export function endOfSilence({ workdaysOnly, from, to }: Silence, at: Instant): Instant {
  let instant = endOfQuiet([{ from, to }], at);
  for (let days = 0; workdaysOnly && days < HELD_DAYS_MAX; days += 1) {
    const day = shanghaiDate(instant);
    if (addWorkdaysOrWeekdays(addDays(day, -1), 1) === day) break;
    instant = endOfQuiet([{ from, to }], startOfDay(addDays(day, 1)));
  }
  return instant;
}

export const later = (at: Instant, ms: number): Instant =>
  new Date(Date.parse(at) + ms).toISOString();

/** Minutes between the tries of one message that its receiver puts off: together two and a half days. */
const BACK_OFF_MINUTES = [1, 5, 15, 30, 60, 120, 240, 360, 720, 720, 720, 720];
const MINUTE_MS = 60_000;

/** When a message that was put off for the `tries`-th time is tried again; null = no more. */
export function nextTry(tries: number, at: Instant): Instant | null {
  const minutes = BACK_OFF_MINUTES[tries - 1];
  return minutes === undefined ? null : later(at, minutes * MINUTE_MS);
}

/** A channel by which nothing goes is tried again after so long. */
export const CHANNEL_PAUSE_MS = 5 * MINUTE_MS;
/** While a channel is out of order its messages wait, but not for ever: then a person decides. */
export const WAITING_DAYS_MAX = 7;
