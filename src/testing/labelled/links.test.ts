import { describe, expect, it } from 'vitest';
import { judgeLabelled } from './judge-labelled.ts';
import { LABELLED_LINKS } from './links.ts';
import { measureSet, measureText } from './measure.ts';

describe('the labelled links', () => {
  it('are judged with no false “dead” above 1 % and every dead one found', async () => {
    const cases = await judgeLabelled();
    const measure = measureSet({ id: 'links', title: '链接的类别', judge: () => cases });
    console.log(measureText(measure));
    expect(cases.length).toBe(LABELLED_LINKS.length);
    expect(cases.length).toBeGreaterThanOrEqual(150);
    const dead = measure.classes.find(({ label }) => label === 'dead')!;
    expect(dead.recall).toBe(1);
    expect(dead.precision).toBeGreaterThanOrEqual(0.99);
    expect(measure.wrong).toEqual([]);
  });
  it('have names and addresses of their own', () => {
    for (const key of ['name', 'url'] as const)
      expect(new Set(LABELLED_LINKS.map((link) => link[key])).size).toBe(LABELLED_LINKS.length);
  });
});
