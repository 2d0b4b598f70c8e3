import chineseDays from 'chinese-days';
import { addDays, type CalendarDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';

/** Years for which the holiday notice is known to the calendar; outside them a deadline would be a guess. */
const FIRST_YEAR = 2004;
const LAST_YEAR = 2026;

const isKnownYear = (date: CalendarDate): boolean => {
  const year = Number(date.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_YEAR;
};

/** Whether `date` is a working day of mainland China, make-up days (调休) counted as working. */
export function isWorkday(date: CalendarDate): boolean {
  if (!isKnownYear(date))
    throw new UserError(
      'workday.year-unknown',
      `没有${Number(date.slice(0, 4))}年的节假日安排，无法计算工作日。`,
    );
  return chineseDays.getDayDetail(date).work;
}

/** The `count`-th working day after `date` (the day itself does not count, 收到次日起算). */
export function addWorkdays(date: CalendarDate, count: number): CalendarDate {
  return stepWorkdays(date, count, isWorkday);
}

/** A deadline of our own clocks; `provisional` when a day was counted in a year whose holidays are not announced yet. */
export interface CountedDate {
  readonly date: CalendarDate;
  readonly provisional: boolean;
}

/**
 * The `count`-th working day after `date` for clocks that have to run on: in a year whose holidays are not announced yet, Monday to
 * Friday count. The day may then be early by the holidays, never by more, and is said to be provisional; nobody is judged by it.
 */
export function countWorkdaysOrWeekdays(date: CalendarDate, count: number): CountedDate {
  let provisional = false;
  const counted = stepWorkdays(date, count, (day) => {
    provisional ||= !isKnownYear(day);
    return isWorkdayOrWeekday(day);
  });
  return { date: counted, provisional };
}

/** The date alone of {@link countWorkdaysOrWeekdays}. */
export function addWorkdaysOrWeekdays(date: CalendarDate, count: number): CalendarDate {
  return countWorkdaysOrWeekdays(date, count).date;
}

/** The `count`-th working day before `date`, which itself does not count; Monday to Friday where no holidays are announced. */
export function workdaysBefore(date: CalendarDate, count: number): CalendarDate {
  return stepWorkdays(date, count, isWorkdayOrWeekday, -1);
}

const isWorkdayOrWeekday = (day: CalendarDate): boolean =>
  isKnownYear(day) ? isWorkday(day) : ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

function stepWorkdays(
  date: CalendarDate,
  count: number,
  counts: (day: CalendarDate) => boolean,
  direction: 1 | -1 = 1,
): CalendarDate {
  let day = date;
  for (let left = count; left > 0; ) {
    day = addDays(day, direction);
    if (counts(day)) left -= 1;
  }
  return day;
}

/** As {@link addWorkdays}; null where the count leads into a year whose holiday notice is not known. */
export function addKnownWorkdays(date: CalendarDate, count: number): CalendarDate | null {
  let day = date;
  for (let left = count; left > 0; ) {
    day = addDays(day, 1);
    if (!isKnownYear(day)) return null;
    if (isWorkday(day)) left -= 1;
  }
  return isKnownYear(day) ? day : null;
}
