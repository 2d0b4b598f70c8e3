import { endOfQuiet, minutesOfQuiet, type QuietHours } from '../../domain/quiet-hours.ts';
import type { Site } from '../../domain/subject.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { quietHoursOf } from '../../registry/index.ts';
import type { RoundContext } from './round-context.ts';
import { Postponed } from './task.repository.ts';

/** Windows are given in minutes: this often is soon enough. */
const LOOK_EVERY_MS = 20_000;

/** Throws {@link Postponed} inside the hours in which the unit wishes its site to be left alone; returns the hours. */
export async function leaveAlone(
  { deps, round, now }: Pick<RoundContext, 'deps' | 'round' | 'now'>,
  { id }: Pick<Site, 'id'>,
): Promise<readonly QuietHours[]> {
  if (round.clock !== 'live') return [];
  const windows = (await quietHoursOf(deps.store.db, [id])).get(id) ?? [];
  const until = endOfQuiet(windows, now());
  if (until > now()) throw new Postponed(until);
  return windows;
}

/** Does long work until quiet hours begin: then it is stopped by its signal, and {@link Postponed} is thrown. */
export async function untilQuiet<T>(
  windows: readonly QuietHours[],
  now: () => Instant,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (windows.length === 0) return work(signal);
  const quiet = new AbortController();
  const look = setInterval(() => {
    if (minutesOfQuiet(windows, now()) > 0) quiet.abort(new Postponed(endOfQuiet(windows, now())));
  }, LOOK_EVERY_MS);
  try {
    return await work(AbortSignal.any([signal, quiet.signal]));
  } catch (error) {
    // However the work said that it was stopped.
    if (!signal.aborted) quiet.signal.throwIfAborted();
    throw error;
  } finally {
    clearInterval(look);
  }
}
