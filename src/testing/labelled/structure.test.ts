import { expect, it } from 'vitest';
import { measureSet, measureText } from './measure.ts';
import { STRUCTURE_SETS } from './structure-sets.ts';

it.each(STRUCTURE_SETS)('$set.title', ({ set, precision, recall }) => {
  const measure = measureSet(set);
  console.info(measureText(measure));
  expect(measure.precision).toBeGreaterThanOrEqual(precision);
  expect(measure.recall).toBeGreaterThanOrEqual(recall);
});

it('labels are of the standard, and no case stands twice in its set', () => {
  for (const { set } of STRUCTURE_SETS) {
    const names = set.judge().map(({ of }) => of);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(30);
  }
});
