import { expect, it } from 'vitest';
import { formatPoints } from './format-points.ts';

it.each([
  [0, '0'],
  [10_000, '100'],
  [8_550, '85.5'],
  [9_333, '93.33'],
  [5, '0.05'],
  [-25, '-0.25'],
])('%i centipoints are %s', (centipoints, words) => {
  expect(formatPoints(centipoints)).toBe(words);
});
