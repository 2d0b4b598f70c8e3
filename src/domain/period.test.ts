import { describe, expect, it } from 'vitest';
import { comparePeriods, parsePeriod } from './period.ts';

describe('parsePeriod', () => {
  it.each([
    ['2020Q3', '2020Q3', '2020年第三季度'],
    ['2020q4', '2020Q4', '2020年第四季度'],
    ['2020H1', '2020H1', '2020年上半年'],
    ['2020-07', '2020-07', '2020年7月'],
    ['2019年第二次', '2019年第二次', '2019年第二次'],
  ])('%s is %s, printed %s', (text, key, label) => {
    expect(parsePeriod(text)).toEqual({ key, label });
  });

  it.each(['', '   ', '2020Q5', '2020H3', '../etc', 'x'.repeat(41)])('refuses %j', (text) => {
    expect(() => parsePeriod(text)).toThrow('无法识别');
  });
});

describe('comparePeriods', () => {
  it.each([
    ['2020Q2', '2020Q3', 'earlier'],
    ['2019Q4', '2020Q1', 'earlier'],
    ['2020Q2', '2020-07', 'earlier'],
    ['2020-06', '2020Q3', 'earlier'],
    // The string order of these is the other way round.
    ['2020H1', '2020-07', 'earlier'],
    ['2020Q2', '2020-09', 'earlier'],
    // Within each other: what ends first, then what is shorter.
    ['2020Q1', '2020H1', 'earlier'],
    ['2020Q2', '2020H1', 'earlier'],
    ['2020-06', '2020Q2', 'earlier'],
    ['2019年第二次', '2020Q1', 'earlier'],
    ['2020年第一次', '2020年第二次', 'earlier'],
    ['2020年第九次', '2020年第10次', 'earlier'],
    ['2020Q3', '2020Q3', 'same'],
    ['2020年第二次', '2020Q1', 'unknown'],
    ['2020年年中', '2020年年末', 'unknown'],
    ['专项检查', '2020Q1', 'unknown'],
  ] as const)('%s is before %s: %s', (a, b, expected) => {
    expect(comparePeriods(a, b)).toBe(expected);
    const turned = {
      earlier: 'later',
      later: 'earlier',
      same: 'same',
      unknown: 'unknown',
    } as const;
    expect(comparePeriods(b, a)).toBe(turned[expected]);
  });
});
