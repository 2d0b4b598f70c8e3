import { type RepeatedWork, repeatWork } from '../jobs/repeated-work.ts';
import type { Instant } from '../lib/pure/dates.ts';
import type { LifecycleDeps } from './lifecycle-policy.ts';
import { chaseDuties } from './upkeep/chase-duties.ts';
import { type OpenedDuties, openDuties } from './upkeep/open-duties.ts';

/** How the program itself signs what it does by the calendar. */
const BY_CALENDAR = '系统（定时）';
/** A month begins, or a day: noticed within the hour. */
const EVERY_MS = 3_600_000;

export interface UpkeepRun extends OpenedDuties {
  readonly told: number;
  readonly ended: number;
}

/** Everything that the calendar wants of the monthly upkeep at an instant; run again it does nothing more. */
export async function runUpkeep(
  deps: LifecycleDeps,
  { at, actor = BY_CALENDAR }: { readonly at: Instant; readonly actor?: string },
): Promise<UpkeepRun> {
  const opened = await openDuties(deps, actor, { at });
  return { ...opened, ...(await chaseDuties(deps, actor, { at })) };
}

/** Keeps the calendar in a serving process. Several may do so on one database. */
export function keepUpkeep(
  deps: LifecycleDeps,
  io: { readonly now: () => Instant; readonly onError: (error: unknown) => void },
): RepeatedWork {
  return repeatWork({
    everyMs: EVERY_MS,
    work: () => runUpkeep(deps, { at: io.now() }),
    onError: io.onError,
  });
}
