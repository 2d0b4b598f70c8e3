import { describe, expect, it } from 'vitest';
import { measureSet, measureText } from '../labelled/measure.ts';
import { judgeMadeWeb } from './judge-made-web.ts';

describe('five hundred planted accounts', () => {
  // The seeds were not looked at while the rules were made.
  it.each(['autumn', 'winter'])('of seed %s: 95 % found, 2 % wrong at the most', async (seed) => {
    const cases = await judgeMadeWeb(seed, 500);
    const measure = measureSet({ id: 'accounts', title: `系统外账号 ${seed}`, judge: () => cases });
    console.log(measureText(measure));
    expect(cases.filter(({ expected }) => expected === 'unknown')).toHaveLength(500);
    expect(measure.recall).toBeGreaterThanOrEqual(0.95);
    expect(measure.precision).toBeGreaterThanOrEqual(0.98);
  });
});
