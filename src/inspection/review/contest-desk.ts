import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { InspectionDb } from '../inspection-db.ts';
import type { Contest } from './contest.repository.ts';

/** A contest (申辩) that has just come. */
export interface LodgedContest {
  readonly id: number;
  readonly findingId: number;
  readonly period: string;
  readonly unit: string;
  readonly isLate: boolean;
  readonly answerDueOn: CalendarDate;
  /** The day was counted in a year whose calendar is not published (暂定). */
  readonly provisional: boolean;
}

/** What contests ask of the office beyond the inspection: its days to answer, and who is told. `main` brings it. */
export interface ContestDesk {
  /** Working days to answer a contest that came before its letter; letters have their own. */
  readonly answerWorkdays: number;
  /** Tells who answers, in the transaction that makes it true. */
  readonly tellLodged: (trx: InspectionDb, contest: LodgedContest, at: Instant) => Promise<void>;
  /** Tells the units what they were answered, in the transaction that makes it true. */
  readonly tellAnswered: (
    trx: InspectionDb,
    contests: readonly Contest[],
    at: Instant,
  ) => Promise<void>;
}
