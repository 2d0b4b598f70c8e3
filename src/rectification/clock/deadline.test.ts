import { describe, expect, it } from 'vitest';
import { workdaysBefore } from '../../domain/workday.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import {
  acknowledgeChaserOn,
  type ChaserName,
  chasersOf,
  deadlineAfter,
  dueChaser,
  escalationOn,
} from './deadline.ts';

const POLICY = { chaseBefore: [5, 1], chaseAfter: [1, 3, 5], escalateAfter: 10 };

describe('deadlines in working days', () => {
  it.each<[string, CalendarDate, number, CalendarDate, boolean]>([
    ['a plain week', '2026-03-02', 5, '2026-03-09', false],
    ['over the spring festival, its make-up days counted', '2026-02-13', 3, '2026-02-25', false],
    ['over the national holidays', '2026-09-29', 3, '2026-10-09', false],
    ['into a year without a calendar', '2026-12-28', 5, '2027-01-04', true],
    ['to the last day that is known', '2026-12-30', 1, '2026-12-31', false],
  ])('%s', (_what, on, workdays, deadline, provisional) => {
    expect(deadlineAfter(on, workdays)).toEqual({ on: deadline, provisional, setOn: on });
  });

  it('are counted backwards over holidays too', () => {
    expect(workdaysBefore('2026-10-09', 2)).toBe('2026-09-30');
    expect(workdaysBefore('2026-10-11', 1)).toBe('2026-10-10');
  });
});

describe('reminders of a deadline', () => {
  const deadline = { on: '2026-04-21', setOn: '2026-03-30' };

  it('stand before and after it, the earliest first', () => {
    expect(chasersOf(deadline, POLICY).map(({ what, on }) => [on, what])).toEqual([
      ['2026-04-14', 'before:5'],
      ['2026-04-20', 'before:1'],
      ['2026-04-22', 'after:1'],
      ['2026-04-24', 'after:3'],
      ['2026-04-28', 'after:5'],
    ]);
    expect(escalationOn(deadline.on, POLICY)).toBe('2026-05-08');
  });

  it.each<[CalendarDate, ChaserName | null]>([
    ['2026-04-13', null],
    ['2026-04-14', 'before:5'],
    ['2026-04-19', 'before:5'],
    ['2026-04-21', 'before:1'],
    ['2026-04-27', 'after:3'],
    ['2027-01-01', 'after:5'],
  ])('on %s the latest that is due is %s', (today, what) => {
    expect(dueChaser(deadline, POLICY, today)?.what ?? null).toBe(what);
  });

  it('whose day is over when the deadline is set are not sent', () => {
    const short = { on: '2026-03-16', setOn: '2026-03-09' };
    expect(chasersOf(short, POLICY)[0]).toEqual({ what: 'before:1', on: '2026-03-13' });
  });

  it('of a notice that nobody acknowledged comes after the days for it', () => {
    expect(acknowledgeChaserOn('2026-03-30', { acknowledgeWorkdays: 3 })).toBe('2026-04-03');
  });
});
