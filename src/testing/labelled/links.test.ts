import { describe, expect, it } from 'vitest';
import { judgeLabelled } from './judge-labelled.ts';
import { LABELLED_LINKS, PLAIN_LINKS } from './links.ts';
import { measureSet, measureText } from './measure.ts';
import { SCRIPTED_LINKS } from './scripted-links.ts';

describe('the labelled links', () => {
  // Each half at a time: a busy machine takes half a minute for one.
  it.each([
    { name: 'that our agents can tell', links: PLAIN_LINKS, atLeast: 150 },
    { name: 'that only a browser can tell', links: SCRIPTED_LINKS, atLeast: 20 },
  ])('$name are judged with no false “dead”, and every dead one found', async (half) => {
    const { links, atLeast } = half;
    const cases = await judgeLabelled(links);
    const measure = measureSet({ id: 'links', title: '链接的类别', judge: () => cases });
    console.log(measureText(measure));
    expect(cases.length).toBe(links.length);
    expect(cases.length).toBeGreaterThanOrEqual(atLeast);
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
