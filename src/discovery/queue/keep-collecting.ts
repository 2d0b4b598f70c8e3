import { type RepeatedWork, repeatWork } from '../../jobs/repeated-work.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { type CollectDeps, collectAccounts } from './collect-accounts.ts';

/** How the program itself signs what it does by the calendar. */
const BY_CALENDAR = '系统（定时）';
const EVERY_MS = 600_000;
/** Of one turn: a stop waits for the site under way only. */
const SITES_AT_ONCE = 50;

/** Collects in a serving process what rounds and surveys have seen since. Several may do so on one database. */
export function keepCollecting(
  deps: CollectDeps,
  io: {
    readonly now: () => Instant;
    readonly signal: AbortSignal;
    readonly onError: (error: unknown) => void;
  },
): RepeatedWork {
  const { now, signal } = io;
  return repeatWork({
    everyMs: EVERY_MS,
    work: () => collectAccounts(deps, { actor: BY_CALENDAR, now, signal, sites: SITES_AT_ONCE }),
    onError: (error) => {
      if (!signal.aborted) io.onError(error);
    },
  });
}
