import { describe, expect, it } from 'vitest';
import { keyText } from '../../domain/discovered-account.ts';
import { measureSet, measureText } from '../labelled/measure.ts';
import { judgeMadeWeb } from './judge-made-web.ts';
import { makeWeb } from './made-web.ts';

describe('the made web', () => {
  it('shows its accounts to discovery: nearly all found, hardly one wrong', async () => {
    const cases = await judgeMadeWeb('small', 60);
    const measure = measureSet({ id: 'accounts', title: '系统外账号', judge: () => cases });
    console.log(measureText(measure));
    expect(cases.filter(({ expected }) => expected === 'unknown')).toHaveLength(60);
    expect(measure.recall).toBeGreaterThanOrEqual(0.95);
    expect(measure.precision).toBeGreaterThanOrEqual(0.98);
  });

  it('is the same for the same seed, and has every account once', () => {
    const keysOf = () =>
      makeWeb('small', 60).sites.flatMap(({ unregistered, registered }) =>
        [...unregistered, ...registered].map(({ key, name }) => `${keyText(key)} ${name}`),
      );
    const keys = keysOf();
    expect(keysOf()).toEqual(keys);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
