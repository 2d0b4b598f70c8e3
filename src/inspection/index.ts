/** The door of the inspection feature. */

export { PACE_PER_ADDRESS_MS } from '../survey/index.ts';
export { checkSubjectAgain, type SubjectCheck } from './again/check-again.ts';
export { type LookAgain, lookAgain } from './again/look-again.ts';
export { inspectionCommands } from './commands.ts';
export { RoundRunner } from './control/round-runner.ts';
export type { InspectionDeps } from './inspection-deps.ts';
export {
  listPublishable,
  type RoundTransaction,
  withRound,
} from './issue-round.ts';
export { namedPayloads, roundAges } from './named-payloads.ts';
export { isPayloadInScope } from './open-payload.ts';
export { pageCommand } from './page-command.ts';
export { ProgressHub } from './progress.ts';
export { type HomePage, newestHomePages } from './read/newest-home-pages.ts';
export { countOutcome, findRoundBy, readRoundOutcome } from './read/round-outcome.ts';
export {
  type FindingEvidence,
  type RowEvidence,
  type RowReference,
  readEvidence,
} from './read-evidence.ts';
export {
  type FailingSubject,
  type FrozenRound,
  readFrozenRound,
  readReviewedRound,
} from './read-frozen-round.ts';
export type { ContestDesk } from './review/contest-desk.ts';
export { isClosed, type Round, stateWords } from './round.ts';
export { closedRounds } from './rounds/closed-rounds.ts';
export { countStanding } from './rounds/count-standing.ts';
export { registerInspectionRoutes } from './routes/index.ts';
export { listStandingFindings, type StandingFinding } from './standing-findings.ts';
export { siteInspectCommand } from './structure/inspect-command.ts';
export { Postponed } from './work/task.repository.ts';
