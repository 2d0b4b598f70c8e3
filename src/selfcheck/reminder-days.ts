import { workdaysBefore } from '../domain/workday.ts';
import { type CalendarDate, daysBetween } from '../lib/pure/dates.ts';

/** Working days before the last one on which a unit is reminded, and days after it; then the list of the self-check speaks. */
const WORKDAYS_BEFORE = [3, 1, 0];
const DAYS_AFTER = [1, 3, 5, 10];
export const LAST_DAY_AFTER = DAYS_AFTER.at(-1)!;

/** Whether somebody is reminded today of what is due on a day. */
export function isReminderDay(dueOn: CalendarDate, today: CalendarDate): boolean {
  const late = daysBetween(dueOn, today);
  return late > 0
    ? DAYS_AFTER.includes(late)
    : WORKDAYS_BEFORE.some((count) => workdaysBefore(dueOn, count) === today);
}
