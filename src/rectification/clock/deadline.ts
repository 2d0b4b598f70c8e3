import {
  addWorkdaysOrWeekdays,
  countWorkdaysOrWeekdays,
  workdaysBefore,
} from '../../domain/workday.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { RectificationPolicy } from '../policy.ts';

/** The last day on which something is in time. `provisional` (暂定): it was counted in a year whose calendar is not published. */
export interface Deadline {
  readonly on: CalendarDate;
  readonly provisional: boolean;
  /** The day on which it was set: what reminds of it comes later. */
  readonly setOn: CalendarDate;
}

/** A deadline some working days after the day on which it is set. */
export function deadlineAfter(setOn: CalendarDate, workdays: number): Deadline {
  const { date: on, provisional } = countWorkdaysOrWeekdays(setOn, workdays);
  return { on, provisional, setOn };
}

/** A deadline that a person named. */
export const deadlineOn = (on: CalendarDate, setOn: CalendarDate): Deadline => ({
  on,
  provisional: false,
  setOn,
});

/** A reminder of a deadline by its name: `before:5`, `after:1`; or `ack`, that nobody acknowledged the notice. */
export type ChaserName = `before:${number}` | `after:${number}` | 'ack';

export interface DueChaser {
  readonly what: ChaserName;
  readonly on: CalendarDate;
}

/** Every reminder of a deadline with its day, the earliest first. Days on or before the setting of the deadline need none: it told the unit. */
export function chasersOf(
  { on, setOn }: Pick<Deadline, 'on' | 'setOn'>,
  { chaseBefore, chaseAfter }: Pick<RectificationPolicy, 'chaseBefore' | 'chaseAfter'>,
): DueChaser[] {
  const before = chaseBefore.map(
    (days): DueChaser => ({
      what: `before:${days}`,
      on: workdaysBefore(on, days),
    }),
  );
  const after = chaseAfter.map(
    (days): DueChaser => ({
      what: `after:${days}`,
      on: addWorkdaysOrWeekdays(on, days),
    }),
  );
  return [...before, ...after]
    .filter((chaser) => chaser.on > setOn)
    .sort((a, b) => (a.on < b.on ? -1 : 1));
}

/** What is to be sent of a deadline today: the latest that is due. Those that a stopped machine missed before it are not made up for. */
export function dueChaser(
  deadline: Pick<Deadline, 'on' | 'setOn'>,
  policy: Pick<RectificationPolicy, 'chaseBefore' | 'chaseAfter'>,
  today: CalendarDate,
): DueChaser | null {
  return chasersOf(deadline, policy).findLast(({ on }) => on <= today) ?? null;
}

/** The first day of the reminder that a notice was not acknowledged. */
export const acknowledgeChaserOn = (
  noticedOn: CalendarDate,
  { acknowledgeWorkdays }: Pick<RectificationPolicy, 'acknowledgeWorkdays'>,
): CalendarDate => addWorkdaysOrWeekdays(noticedOn, acknowledgeWorkdays + 1);

/** The day on which an overdue case goes to the supervisor. */
export const escalationOn = (
  deadline: CalendarDate,
  { escalateAfter }: Pick<RectificationPolicy, 'escalateAfter'>,
): CalendarDate => addWorkdaysOrWeekdays(deadline, escalateAfter);

/** The latest day that an extension may ask for. */
export const extensionLimit = (
  deadline: CalendarDate,
  { maxExtensionWorkdays }: Pick<RectificationPolicy, 'maxExtensionWorkdays'>,
): CalendarDate => addWorkdaysOrWeekdays(deadline, maxExtensionWorkdays);
