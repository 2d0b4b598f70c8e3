import { describe, expect, it } from 'vitest';
import { addWorkdays, countWorkdaysOrWeekdays, isWorkday } from './workday.ts';

describe('workdays', () => {
  it.each([
    ['2020-09-17', true, 'an ordinary Thursday'],
    ['2020-09-19', false, 'an ordinary Saturday'],
    ['2020-09-27', true, 'a Sunday worked for National Day (调休)'],
    ['2020-10-05', false, 'inside the National Day holiday'],
  ])('%s is %s: %s', (date, expected) => {
    expect(isWorkday(date)).toBe(expected);
  });

  it.each([
    ['2020-09-07', 5, '2020-09-14'],
    ['2020-09-25', 5, '2020-10-09'],
    ['2026-02-13', 3, '2026-02-25'],
  ])('%s plus %i working days is %s', (date, count, expected) => {
    // 09-27, 09-28, 09-29, 09-30 are worked, then the holiday until 10-08.
    expect(addWorkdays(date, count)).toBe(expected);
  });

  it('refuses a year whose holidays are not known', () => {
    expect(() => isWorkday('2035-01-01')).toThrow('2035');
  });

  it.each([
    ['2026-02-13', 3, '2026-02-25', false, 'over the Spring Festival, 02-14 is worked'],
    ['2026-12-30', 1, '2026-12-31', false, 'the last known day'],
    [
      '2026-12-31',
      1,
      '2027-01-01',
      true,
      'the holidays of 2027 are not announced: Monday to Friday',
    ],
    ['2035-01-05', 1, '2035-01-08', true, 'a weekend is none'],
  ])(
    'our own clocks: %s plus %i is %s, provisional %s (%s)',
    (date, count, expected, provisional) => {
      expect(countWorkdaysOrWeekdays(date, count)).toEqual({ date: expected, provisional });
    },
  );
});
