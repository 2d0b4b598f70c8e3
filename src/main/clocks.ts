import { assessmentClock, yearlyClock } from '../assessment/index.ts';
import { findErrorClock } from '../finderror/index.ts';
import type { Clock } from '../jobs/clock/clock.ts';
import { upkeepClock } from '../lifecycle/index.ts';
import { rectificationClock } from '../rectification/index.ts';
import { selfCheckClock } from '../selfcheck/index.ts';
import type { SweepRunner } from '../sources/index.ts';
import type { AppDeps } from './app-deps.ts';

/** Everything that the calendar wants of a serving process (定时任务). */
export function clocksOf(
  deps: AppDeps,
  { sweeps }: { readonly sweeps: SweepRunner },
): readonly Clock[] {
  return [
    ...(deps.sweepTime === null ? [] : [sweeps.clock(deps.sweepTime)]),
    upkeepClock(deps, () => new Date().toISOString()),
    rectificationClock(deps, () => new Date().toISOString()),
    assessmentClock(deps, () => new Date().toISOString()),
    yearlyClock(deps, () => new Date().toISOString()),
    selfCheckClock(deps, () => new Date().toISOString()),
    findErrorClock(deps, () => new Date().toISOString()),
  ];
}
