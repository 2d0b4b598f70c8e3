import { describe, expect, it } from 'vitest';
import { monthAfter, monthWeeks, readMonth } from './month-weeks.ts';

describe('a month as weeks', () => {
  it.each([
    // A month that begins on a Sunday, one that is four whole weeks, a leap February, one of six weeks.
    ['2026-11', 6, [null, null, null, null, null, null, '2026-11-01'], '2026-11-30'],
    ['2027-02', 4, ['2027-02-01', '2027-02-02'], '2027-02-28'],
    ['2028-02', 5, [null, '2028-02-01'], '2028-02-29'],
  ])('%s', (month, weeks, firstWeek, last) => {
    const found = monthWeeks(month);
    expect(found).toHaveLength(weeks);
    expect(found[0]!.slice(0, firstWeek.length)).toEqual(firstWeek);
    expect(found.flat().findLast((day) => day !== null)).toBe(last);
    expect(found.every((week) => week.length === 7)).toBe(true);
  });

  it('goes over the year’s end, and takes no nonsense from an address', () => {
    expect([monthAfter('2026-12', 1), monthAfter('2027-01', -1)]).toEqual(['2027-01', '2026-12']);
    expect(
      ['2026-13', '2026-1', "2026-01'", undefined].map((each) => readMonth(each, 'x')),
    ).toEqual(['x', 'x', 'x', 'x']);
    expect(readMonth('2026-01', 'x')).toBe('2026-01');
  });
});
