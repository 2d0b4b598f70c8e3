import { addDays, type CalendarDate, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { addKnownWorkdays, isWorkday } from './workday.ts';

/** Working days for an answer when no ruleset says otherwise (待核的天数，做成参数). */
export const REPLY_WORKDAYS = 5;

/** Where a test question (测试留言) stands. Dates in Asia/Shanghai. */
export interface ReplyClock {
  /** Last day on which an answer is in time; null = the holidays of that time are not known yet. */
  readonly dueOn: CalendarDate | null;
  readonly state: 'waiting' | 'answered' | 'answeredLate' | 'overdue';
  /** Working days that are left, today not counted; 0 when it is over, or when nobody can tell. */
  readonly workdaysLeft: number;
}

/**
 * The working-day clock of one test question: the day of sending does not count (收到次日起算). Beyond the years whose holiday
 * notice is known nobody can count, so nothing is overdue there.
 */
export function replyClock(
  testedAt: Instant,
  repliedAt: Instant | null,
  now: Instant,
  workdays: number = REPLY_WORKDAYS,
): ReplyClock {
  const dueOn = addKnownWorkdays(shanghaiDate(testedAt), workdays);
  const isPast = (day: CalendarDate): boolean => dueOn !== null && day > dueOn;
  if (repliedAt !== null) {
    const state = isPast(shanghaiDate(repliedAt)) ? 'answeredLate' : 'answered';
    return { dueOn, state, workdaysLeft: 0 };
  }
  const today = shanghaiDate(now);
  if (isPast(today)) return { dueOn, state: 'overdue', workdaysLeft: 0 };
  return { dueOn, state: 'waiting', workdaysLeft: dueOn === null ? 0 : workdaysTo(dueOn, today) };
}

/** Bounded by the due day, which is some working days after a question that was sent. */
function workdaysTo(dueOn: CalendarDate, today: CalendarDate): number {
  let count = 0;
  for (let day = addDays(today, 1); day <= dueOn; day = addDays(day, 1))
    if (isWorkday(day)) count += 1;
  return count;
}
