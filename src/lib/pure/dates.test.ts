import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  chineseDate,
  daysBetween,
  endOfDay,
  isCalendarDate,
  shanghaiDate,
  shanghaiInstant,
  shanghaiText,
  startOfDay,
} from './dates.ts';

describe('dates', () => {
  it.each([
    ['2020-09-17', true],
    ['2020-02-29', true],
    ['2021-02-29', false],
    ['2020-13-01', false],
    ['2020-9-17', false],
    ['', false],
  ])('isCalendarDate(%s) is %s', (text, expected) => {
    expect(isCalendarDate(text)).toBe(expected);
  });

  it('a day ends one millisecond before the next begins, in Asia/Shanghai', () => {
    expect(endOfDay('2020-09-17')).toBe('2020-09-17T15:59:59.999Z');
    expect(startOfDay('2020-09-18')).toBe('2020-09-17T16:00:00.000Z');
    expect(shanghaiDate(endOfDay('2020-09-17'))).toBe('2020-09-17');
    expect(shanghaiDate(startOfDay('2020-09-18'))).toBe('2020-09-18');
  });

  it.each([
    ['2020-09-17 08:30', '2020-09-17T00:30:00.000Z'],
    ['2020-09-17 8:05:09', '2020-09-17T00:05:09.000Z'],
    ['2020-09-17 24:00', null],
    ['2020-02-30 08:00', null],
    ['昨天', null],
  ])('shanghaiInstant(%s) is %s', (text, expected) => {
    expect(shanghaiInstant(text)).toBe(expected);
  });

  it.each([
    ['2020-03-31', -1, '2020-02-29'],
    ['2021-03-31', -1, '2021-02-28'],
    ['2020-09-17', -12, '2019-09-17'],
    ['2020-01-15', -3, '2019-10-15'],
    ['2020-11-30', 3, '2021-02-28'],
  ])('addMonths(%s, %i) is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });

  it('counts days over a leap day and prints dates as documents do', () => {
    expect(daysBetween('2020-02-28', '2020-03-01')).toBe(2);
    expect(addDays('2020-09-17', -14)).toBe('2020-09-03');
    expect(chineseDate('2020-08-05')).toBe('2020年8月5日');
    expect(shanghaiText('2020-09-17T15:59:00.000Z')).toBe('2020-09-17 23:59');
  });
});
