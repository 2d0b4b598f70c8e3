import { workdaysBefore } from '../domain/workday.ts';
import { addDays, type CalendarDate } from '../lib/pure/dates.ts';

/** Working days before the last one on which a unit is reminded, and days after it; then the list of the self-check speaks. */
const WORKDAYS_BEFORE = [3, 1, 0];
const DAYS_AFTER = [1, 3, 5, 10];

/**
 * The day of the latest reminder that has come of what is due on a day; null = none yet. Days on or before `since`, on which the unit was
 * asked, need none. What a stopped machine missed is told by its next pass, but only the latest.
 */
export function reminderDay(
  dueOn: CalendarDate,
  { since, today }: { readonly since: CalendarDate; readonly today: CalendarDate },
): CalendarDate | null {
  const days = [
    ...WORKDAYS_BEFORE.map((count) => workdaysBefore(dueOn, count)),
    ...DAYS_AFTER.map((count) => addDays(dueOn, count)),
  ];
  return (
    days
      .filter((day) => since < day && day <= today)
      .sort()
      .at(-1) ?? null
  );
}
