import type { Instant } from '../lib/pure/dates.ts';
import type { InspectionDeps } from './inspection-deps.ts';
import type { openOutside } from './outside.ts';
import type { ProgressMeter } from './progress.ts';
import type { Round } from './round.ts';

/** Work units of one subject over all stages, so that the bar moves evenly: measured costs, rounded. */
export const WORK = { visit: 1, site: 60, account: 10, judge: 1 } as const;

/** What a running round needs beside its dependencies. */
export interface RunIo {
  readonly signal: AbortSignal;
  readonly now: () => Instant;
  readonly note: (message: string) => void;
}

/** What the gathering stages share. */
export interface GatherContext {
  readonly deps: InspectionDeps;
  readonly round: Round;
  readonly outside: ReturnType<typeof openOutside>;
  readonly meter: ProgressMeter;
  readonly io: RunIo;
}
