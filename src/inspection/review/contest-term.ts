import { sql } from 'kysely';
import { addWorkdaysOrWeekdays } from '../../domain/workday.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { InspectionDb } from '../inspection-db.ts';
import type { Contest } from './contest.repository.ts';

/**
 * What the letter by which a unit was shown a finding means for an objection of this day: whether it is late, and by when it is to be
 * answered. Without a letter nobody was given days: it is in time, and nothing is due.
 */
export async function contestTerm(
  db: InspectionDb,
  findingId: number,
  today: CalendarDate,
): Promise<Pick<Contest, 'isLate' | 'answerDueOn'>> {
  const { rows } = await sql<{ deadlineOn: CalendarDate; answerWorkdays: number }>`
    select l.deadline_on as "deadlineOn", l.answer_workdays as "answerWorkdays"
      from contest_letter_finding f join contest_letter l on l.id = f.letter_id
     where f.finding_id = ${findingId}`.execute(db);
  const letter = rows[0];
  if (letter === undefined) return { isLate: false, answerDueOn: null };
  return {
    isLate: today > letter.deadlineOn,
    answerDueOn: addWorkdaysOrWeekdays(today, letter.answerWorkdays),
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
