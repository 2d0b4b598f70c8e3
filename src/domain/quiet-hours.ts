import { type Instant, shanghaiText } from '../lib/pure/dates.ts';

/** Hours in which a site is left alone, `HH:MM` in Asia/Shanghai; `to` before `from` runs over midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

const DAY_MINUTES = 24 * 60;
const WINDOWS_MAX = 20;

/** Minutes from `at` until no window holds any more; 0 outside of all. Windows that follow one another count as one, a whole day at most. */
export function minutesOfQuiet(windows: readonly QuietHours[], at: Instant): number {
  const now = minutesOf(shanghaiText(at).slice(11));
  let waited = 0;
  for (let round = 0; round <= Math.min(windows.length, WINDOWS_MAX); round += 1) {
    const clock = (now + waited) % DAY_MINUTES;
    const rest = Math.max(0, ...windows.map((window) => restOf(window, clock)));
    if (rest === 0) return waited;
    waited += rest;
    if (waited >= DAY_MINUTES) return DAY_MINUTES;
  }
  return waited;
}

function restOf({ from, to }: QuietHours, clock: number): number {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const length = (end - start + DAY_MINUTES) % DAY_MINUTES;
  const into = (clock - start + DAY_MINUTES) % DAY_MINUTES;
  return into < length ? length - into : 0;
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The instant at which the windows that hold at `at` are over; `at` itself outside of all. */
export function endOfQuiet(windows: readonly QuietHours[], at: Instant): Instant {
  const minutes = minutesOfQuiet(windows, at);
  if (minutes === 0) return at;
  const end = Date.parse(at) + minutes * MINUTE_MS;
  return new Date(end - (end % MINUTE_MS)).toISOString();
}

const MINUTE_MS = 60_000;
/** Visits that wait for the same end are made so far apart: 间隔性访问, not all at once. */
const MOVED_APART_MINUTES = 5;

/**
 * When each visit of a schedule is really due: its own instant, or, inside quiet hours, their end, the visits that wait for it one
 * after the other. A site that is never to be visited keeps its schedule: the standard asks for the visits.
 */
export function movedSchedule(
  schedule: readonly Instant[],
  windows: readonly QuietHours[],
): Instant[] {
  const waiting = new Map<Instant, number>();
  return schedule.map((at) => {
    const end = endOfQuiet(windows, at);
    if (end === at || minutesOfQuiet(windows, at) >= DAY_MINUTES) return at;
    const before = waiting.get(end) ?? 0;
    waiting.set(end, before + 1);
    return new Date(Date.parse(end) + before * MOVED_APART_MINUTES * MINUTE_MS).toISOString();
  });
}
