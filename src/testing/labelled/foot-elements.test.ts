import { describe, expect, it } from 'vitest';
import { markReadings } from '../../derive/guideline/mark-readings.ts';
import { readPage } from '../../derive/page/read-page.ts';
import { MARK_NAMES } from '../../domain/facts/guideline-facts.ts';
import { FOOT_CASES, type FootCase } from './foot-elements.ts';

function readings({ html }: FootCase) {
  const bytes = new TextEncoder().encode(`<html><meta charset="utf-8"><body>${html}</body></html>`);
  const { footer } = readPage({ bytes, url: 'http://www.a.gov.cn/', today: '2020-09-17' });
  return markReadings(footer, footer.byScript);
}

describe('labelled feet', () => {
  it.each(FOOT_CASES.map((each) => [each.name, each] as const))('%s', (_name, foot) => {
    const read = readings(foot);
    const states = Object.fromEntries(MARK_NAMES.map((name) => [name, read[name].state]));
    const labels = Object.fromEntries(
      MARK_NAMES.map((name) => [name, foot.labels[name] ?? 'missing']),
    );
    expect(states).toEqual(labels);
  });
});
