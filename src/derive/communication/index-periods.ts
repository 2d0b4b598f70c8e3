import { addDays, addMonths, type CalendarDate } from '../../lib/pure/dates.ts';
import type { Period } from './measure-posts.ts';

export const INDEX_PERIODS = ['week', 'month', 'year'] as const;
export type IndexPeriod = (typeof INDEX_PERIODS)[number];

const SUNDAY = 0;
const WEEK_DAYS = 7;
/** As the published formulas count, whichever month or year it is. */
const MONTH_DAYS = 30;
const YEAR_DAYS = 365;

/** The last whole week (Sunday to Saturday), calendar month or year before a day (analytics-methods §1.1, conventions). */
export function lastWhole(period: IndexPeriod, today: CalendarDate): Period {
  if (period === 'week') {
    const weekday = new Date(`${today}T00:00:00.000Z`).getUTCDay();
    const from = addDays(today, -(weekday - SUNDAY) - WEEK_DAYS);
    return { from, to: addDays(from, WEEK_DAYS - 1), days: WEEK_DAYS };
  }
  const start = period === 'month' ? `${today.slice(0, 7)}-01` : `${today.slice(0, 4)}-01-01`;
  const from = addMonths(start, period === 'month' ? -1 : -12);
  const to = addDays(start, -1);
  const days = period === 'month' ? MONTH_DAYS : YEAR_DAYS;
  return { from, to, days };
}
