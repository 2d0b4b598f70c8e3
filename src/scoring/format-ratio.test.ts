import { describe, expect, it } from 'vitest';
import type { PercentStyle } from '../domain/ruleset.ts';
import { formatPassRate, formatRatio } from './format-ratio.ts';

const HUNAN: PercentStyle = {
  decimals: 2,
  rounding: 'half-up',
  zero: '0',
  hundred: '100%',
  nothingChecked: '—',
};

describe('percentages', () => {
  it.each([
    ['sites of the founding document', 3, 594, '99.49%'],
    ['accounts of the founding document', 35, 1738, '97.99%'],
    ['none failing', 0, 594, '100%'],
    ['all failing', 7, 7, '0'],
    ['nothing checked', 0, 0, '—'],
  ])('pass rate: %s', (_name, failing, checked, text) => {
    expect(formatPassRate(failing, checked, HUNAN)).toBe(text);
  });

  it.each([
    ['share of one unit', 9, 35, {}, '25.71%'],
    ['share of another', 17, 35, {}, '48.57%'],
    ['half goes up', 1, 800, {}, '0.13%'],
    ['half is cut', 1, 800, { rounding: 'truncate' }, '0.12%'],
    ['just below half', 124, 99_999, {}, '0.12%'],
    ['two thirds', 2, 3, {}, '66.67%'],
    ['two thirds, cut', 2, 3, { rounding: 'truncate' }, '66.66%'],
    ['zeros at the end are printed', 1, 2, {}, '50.00%'],
    ['one decimal', 1, 16, { decimals: 1 }, '6.3%'],
    ['no decimals', 1, 200, { decimals: 0 }, '1%'],
    ['a carry over the point', 1999, 20_000, { decimals: 1 }, '10.0%'],
    ['nearly all is rounded, and no whole hundred', 19_999, 20_000, {}, '100.00%'],
    ['next to nothing is rounded, and no zero', 1, 100_000, {}, '0.00%'],
    ['nearly all never prints the words of all', 999, 1000, { decimals: 0 }, '99%'],
    ['… nor with decimals', 19_999, 20_000, { hundred: '100.00%' }, '99.99%'],
    ['next to nothing never prints the words of nothing', 1, 100_000, { zero: '0.00%' }, '0.01%'],
    ['… nor where it is cut', 1, 1000, { decimals: 0, rounding: 'truncate', zero: '0%' }, '1%'],
    ['zero has its word', 0, 5, { zero: '0.00%' }, '0.00%'],
    ['a whole hundred has its word', 5, 5, { hundred: '100.00%' }, '100.00%'],
  ] as const)('%s', (_name, part, whole, style, text) => {
    expect(formatRatio(part, whole, { ...HUNAN, ...style })).toBe(text);
  });

  it.each([
    ['more than the whole', 3, 2],
    ['less than nothing', -1, 2],
    ['no integer', 0.5, 2],
  ])('refuses %s', (_name, part, whole) => {
    expect(() => formatRatio(part, whole, HUNAN)).toThrow('不是一个比例');
  });
});
