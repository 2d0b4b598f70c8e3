import type { RoundRunner } from '../control/round-runner.ts';
import type { InspectionDeps } from '../inspection-deps.ts';
import type { ContestDesk } from '../review/contest-desk.ts';

/** What the routes of inspection need: the commands' dependencies, and the rounds that this server runs. */
export interface InspectionRouteDeps
  extends Pick<InspectionDeps, 'store' | 'progress' | 'loadRuleset'> {
  readonly runner: RoundRunner;
  readonly contestDesk: ContestDesk;
  /** The clock of what is written; a test gives its own. */
  readonly now?: () => string;
}

export const nowOf = (deps: InspectionRouteDeps): string =>
  deps.now?.() ?? new Date().toISOString();
