import { addDays, type CalendarDate } from '../../lib/pure/dates.ts';

/** How often the same came before (屡改屡犯), as it stood when a case was opened. */
export interface RepeatMarks {
  /** Rounds of one kind in a row, this one counted. */
  readonly consecutive: number;
  /** Earlier cases within the policy's days. */
  readonly withinYear: number;
  /** It was closed as mended before. */
  readonly relapsed: boolean;
  /** Since which notice nobody mended it; null when the last time it was. */
  readonly unmendedSince: CalendarDate | null;
  /** An earlier case's reminders were ignored. */
  readonly remindersIgnored: boolean;
}

/** An earlier case of the same subject and rule. */
export interface EarlierCase {
  readonly noticedOn: CalendarDate;
  /** True only of one that was closed as mended. */
  readonly mended: boolean;
  readonly remindersIgnored: boolean;
}

/**
 * The marks of a case noticed on a day. `earlier` oldest first; `rounds`: of the earlier issued rounds of the same kind in which the
 * subject was checked, newest first, whether it was breached there.
 */
export function repeatMarks(
  earlier: readonly EarlierCase[],
  rounds: readonly boolean[],
  noticedOn: CalendarDate,
  { repeatWithinDays }: { readonly repeatWithinDays: number },
): RepeatMarks {
  const firstWithout = rounds.indexOf(false);
  const since = addDays(noticedOn, -repeatWithinDays);
  const lastMended = earlier.findLastIndex(({ mended }) => mended);
  return {
    consecutive: 1 + (firstWithout === -1 ? rounds.length : firstWithout),
    withinYear: earlier.filter((each) => each.noticedOn >= since && each.noticedOn < noticedOn)
      .length,
    relapsed: lastMended !== -1,
    unmendedSince: earlier[lastMended + 1]?.noticedOn ?? null,
    remindersIgnored: earlier.some((each) => each.remindersIgnored),
  };
}

/** Rounds are compared with those of their own kind: a quarter with quarters. */
export function kindOfPeriod(period: string): 'quarter' | 'half' | 'month' | 'other' {
  if (/^\d{4}Q[1-4]$/.test(period)) return 'quarter';
  if (/^\d{4}H[12]$/.test(period)) return 'half';
  return /^\d{4}-\d{2}$/.test(period) ? 'month' : 'other';
}
