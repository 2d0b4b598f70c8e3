import { type CalendarDate, calendarDate } from '../../lib/pure/dates.ts';

const FULL = /(20\d{2})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})(?!\d)\s*日?/gu;

/** Full dates (with year) in a text, in order. Days that do not exist are left out. */
export function findDates(text: string): readonly CalendarDate[] {
  const dates: CalendarDate[] = [];
  for (const [, year, month, day] of text.normalize('NFKC').matchAll(FULL)) {
    const date = calendarDate(Number(year), Number(month), Number(day));
    if (date) dates.push(date);
  }
  return dates;
}
