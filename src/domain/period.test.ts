import { describe, expect, it } from 'vitest';
import { parsePeriod } from './period.ts';

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
