import { sql } from 'kysely';
import { countWorkdaysOrWeekdays } from '../../domain/workday.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { InspectionDb } from '../inspection-db.ts';

export interface ContestTerm {
  readonly isLate: boolean;
  readonly answerDueOn: CalendarDate;
  /** The day was counted in a year whose calendar is not published (暂定). */
  readonly provisional: boolean;
}

/**
 * What holds for an objection of this day: whether it comes after the days of the letter by which the unit was shown the finding, and by
 * when it is to be answered: by the letter's own count, before any letter by the office's. Before its letter nothing is late.
 */
export async function contestTerm(
  db: InspectionDb,
  findingId: number,
  given: { readonly today: CalendarDate; readonly answerWorkdays: number },
): Promise<ContestTerm> {
  const { rows } = await sql<{ deadlineOn: CalendarDate; answerWorkdays: number }>`
    select l.deadline_on as "deadlineOn", l.answer_workdays as "answerWorkdays"
      from contest_letter_finding f join contest_letter l on l.id = f.letter_id
     where f.finding_id = ${findingId}`.execute(db);
  const letter = rows[0];
  const answer = countWorkdaysOrWeekdays(
    given.today,
    letter?.answerWorkdays ?? given.answerWorkdays,
  );
  return {
    isLate: letter !== undefined && given.today > letter.deadlineOn,
    answerDueOn: answer.date,
    provisional: answer.provisional,
  };
}

/** Letters of a round whose days are not over, and the last of these days; null = none. */
export async function runningContests(
  db: InspectionDb,
  roundId: number,
  today: CalendarDate,
): Promise<{ readonly letters: number; readonly until: CalendarDate } | null> {
  const { rows } = await sql<{ letters: number; until: CalendarDate | null }>`
    select count(*)::int as letters, max(deadline_on) as until from contest_letter
     where round_id = ${roundId} and closed_on is null and deadline_on >= ${today}::date`.execute(
    db,
  );
  const { letters, until } = rows[0]!;
  return until === null ? null : { letters, until };
}

/** Ends a round's letters whose days are not over, with the reason of whoever decided so; returns them. */
export async function endContestsEarly(
  db: InspectionDb,
  roundId: number,
  given: { readonly today: CalendarDate; readonly reason: string },
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    update contest_letter set closed_on = ${given.today}::date, outcome = 'early', reason = ${given.reason}
     where round_id = ${roundId} and closed_on is null and deadline_on >= ${given.today}::date
    returning id`.execute(db);
  return rows.map(({ id }) => id);
}
