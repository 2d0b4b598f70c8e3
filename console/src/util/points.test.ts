import { describe, expect, it } from 'vitest';
import { centipointsOf, pointsOrUnverified, pointsText, rangeText } from './points.ts';

describe('points', () => {
  it.each([
    [8_550, '85.5'],
    [10_000, '100'],
    [9_333, '93.33'],
    [5, '0.05'],
  ])('%i centipoints are %s points, and back', (centipoints, text) => {
    expect(pointsText(centipoints)).toBe(text);
    expect(centipointsOf(Number(text))).toBe(centipoints);
  });

  it('a range is said as one only where it is one', () => {
    expect(rangeText({ lowest: 6_000, highest: 6_000 })).toBe('60');
    expect(rangeText({ lowest: 5_250, highest: 6_500 })).toBe('52.5～65');
  });

  it('what nobody has seen is 待核', () => {
    expect([pointsOrUnverified(null), pointsOrUnverified(500)]).toEqual(['待核', '5 分']);
    expect(centipointsOf(null)).toBeNull();
  });
});
