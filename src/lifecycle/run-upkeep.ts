import type { Clock } from '../jobs/clock/clock.ts';
import type { Instant } from '../lib/pure/dates.ts';
import type { LifecycleDeps } from './lifecycle-policy.ts';
import { chaseDuties } from './upkeep/chase-duties.ts';
import { type OpenedDuties, openDuties } from './upkeep/open-duties.ts';

/** How the program itself signs what it does by the calendar. */
const BY_CALENDAR = '系统（定时）';
/** A month begins, or a day. */
const AFTER_MIDNIGHT = { minuteOfDay: 10, windowMinutes: 0 } as const;

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

/** The upkeep as work of the calendar: months that were missed are opened together, and what was run is not run again. */
export const upkeepClock = (deps: LifecycleDeps, now: () => Instant): Clock => ({
  ...{ name: 'upkeep', words: '每月维护：建立和催办', time: AFTER_MIDNIGHT },
  work: () => runUpkeep(deps, { at: now() }),
});
