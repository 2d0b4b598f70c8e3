import { addWorkdaysOrWeekdays } from '../../domain/workday.ts';
import { addDays, addMonths, type CalendarDate, daysBetween } from '../../lib/pure/dates.ts';
import type { LifecyclePolicy } from '../lifecycle-policy.ts';

/** A calendar month of Asia/Shanghai, `2026-11`. */
export type Month = string;

export const monthOf = (date: CalendarDate): Month => date.slice(0, 7);
export const firstOf = (month: Month): CalendarDate => `${month}-01`;
const nextMonth = (month: Month): Month => monthOf(addMonths(firstOf(month), 1));

/** Months made up for at once; an installation that stood still for longer begins anew, and says so. */
export const CAUGHT_UP_MAX = 12;

/** The months whose duties are to be made on a day: those after the last one that was, up to the present one. */
export function monthsToOpen(
  last: Month | null,
  today: CalendarDate,
): { readonly months: readonly Month[]; readonly leftOut: number } {
  const present = monthOf(today);
  if (last === null) return { months: [present], leftOut: 0 };
  const months: Month[] = [];
  for (let month = nextMonth(last); month <= present; month = nextMonth(month)) months.push(month);
  const leftOut = Math.max(0, months.length - CAUGHT_UP_MAX);
  return { months: months.slice(leftOut), leftOut };
}

/** Working days that somebody has at least, however late the duty was made. */
const GRACE_WORKDAYS = 5;

/** Until when a month's duty is to be confirmed: the day that is set, later where it was made late. */
export function dueOn(
  month: Month,
  madeOn: CalendarDate,
  { dueDay }: Pick<LifecyclePolicy, 'dueDay'>,
): CalendarDate {
  const set = `${month}-${String(dueDay).padStart(2, '0')}`;
  if (madeOn === firstOf(month)) return set;
  const fair = addWorkdaysOrWeekdays(madeOn, GRACE_WORKDAYS);
  return fair > set ? fair : set;
}

/** A reminder: which one it is, and whom it tells. */
export interface Chaser {
  /** `opened`, `before`, `due`, or `overdue-3` for the third after the due day. */
  readonly name: string;
  readonly audiences: readonly ('sponsor' | 'manager')[];
}

/** Reminders after the due day; from then on the overdue list speaks. */
const OVERDUE_CHASERS_MAX = 10;

/** Days after the due day on which the last reminder goes. */
export const chasedDays = ({ chaseEveryDays }: Pick<LifecyclePolicy, 'chaseEveryDays'>): number =>
  OVERDUE_CHASERS_MAX * chaseEveryDays;

/**
 * The reminder that an open duty wants on a day, or null. Only the newest: after a standstill nobody gets five at once. Managers hear of
 * it once it is overdue.
 */
export function chaserOn(
  duty: { readonly dueOn: CalendarDate },
  today: CalendarDate,
  policy: Pick<LifecyclePolicy, 'chaseDaysBefore' | 'chaseEveryDays'>,
): Chaser {
  const late = daysBetween(duty.dueOn, today);
  if (late > 0) {
    const nth = Math.min(Math.ceil(late / policy.chaseEveryDays), OVERDUE_CHASERS_MAX);
    return { name: `overdue-${nth}`, audiences: ['sponsor', 'manager'] };
  }
  if (late === 0) return { name: 'due', audiences: ['sponsor'] };
  if (today >= addDays(duty.dueOn, -policy.chaseDaysBefore))
    return { name: 'before', audiences: ['sponsor'] };
  return { name: 'opened', audiences: ['sponsor'] };
}

/** A reminder in words. */
export function chaserWords(
  chaser: string,
  { month, dueOn: due }: { readonly month: Month; readonly dueOn: CalendarDate },
): string {
  const what = `${monthWords(month)}的每月维护确认`;
  if (chaser === 'opened') return `${what}已开始，请在 ${due} 前核对并确认。`;
  if (chaser === 'before') return `${what}将在 ${due} 到期，还没有确认。`;
  if (chaser === 'due') return `${what}今天（${due}）到期，还没有确认。`;
  const nth = chaser.replace('overdue-', '');
  return `${what}已于 ${due} 到期，仍没有确认（第 ${nth} 次催办）。`;
}

export const monthWords = (month: Month): string =>
  `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`;
