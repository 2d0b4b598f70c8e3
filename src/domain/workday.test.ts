import { describe, expect, it } from 'vitest';
import { addWorkdays, isWorkday } from './workday.ts';

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
});
