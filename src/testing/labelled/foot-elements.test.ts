import { describe, expect, it } from 'vitest';
import { MARK_NAMES } from '../../domain/facts/guideline-facts.ts';
import { FOOT_CASES, readFoot } from './foot-elements.ts';

describe('labelled feet', () => {
  it.each(FOOT_CASES.map((each) => [each.name, each] as const))('%s', (_name, foot) => {
    const read = readFoot(foot);
    const states = Object.fromEntries(MARK_NAMES.map((name) => [name, read[name].state]));
    const labels = Object.fromEntries(
      MARK_NAMES.map((name) => [name, foot.labels[name] ?? 'missing']),
    );
    expect(states).toEqual(labels);
  });
});
