import { describe, expect, it } from 'vitest';
import type { SectionView } from '../../domain/site-facts.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { newest, REACHABILITY, sections, visits } from '../../testing/facts/site-views.ts';
import { columnStaleShould } from './column-stale.should.ts';

const DEFAULTS = {
  ...REACHABILITY,
  count: 10,
  interpretationMonths: 12,
  disclosureMonths: 12,
  dataMonths: 12,
  interactionMonths: 12,
  noticePolicyMonths: 12,
  unknownMonths: 12,
  confidenceMin: 50,
};
const judge = (views: readonly SectionView[], more: Partial<typeof DEFAULTS> = {}) =>
  columnStaleShould.judge(factSet({ 'site.visits': visits(), 'site.sections': views }), {
    ...DEFAULTS,
    ...more,
  });
const of = (
  count: number,
  kind: SectionView['kind'],
  date = '2019-09-16',
  more: Partial<SectionView> = {},
) => sections(count, { kind, newest: newest(date), ...more });

describe('site.veto.column-stale.should', () => {
  it.each<[string, readonly SectionView[], string]>([
    ['ten stale', of(10, 'disclosure'), 'breached'],
    ['nine stale', of(9, 'disclosure'), 'met'],
    [
      'nine stale, one not seen',
      [...of(9, 'data'), ...sections(1, { kind: 'data', content: 'unobserved' })],
      'undetermined',
    ],
    [
      'eight stale, one not seen',
      [...of(8, 'data'), ...sections(1, { kind: 'data', content: 'unobserved' })],
      'met',
    ],
    ['the day twelve months before', of(10, 'disclosure', '2019-09-17'), 'met'],
    [
      'lists of unknown kind, however unsure',
      of(10, 'list', '2019-09-16', { confidence: 10 }),
      'breached',
    ],
    [
      'a guess of another kind accuses nobody',
      of(10, 'data', '2019-09-16', { confidence: 10 }),
      'undetermined',
    ],
    ['second-level policy files', of(10, 'policy', '2019-09-16', { level: 2 }), 'breached'],
    ['first-level policy files are key, never both', of(10, 'policy'), 'met'],
    ['news is key, never both', of(10, 'news'), 'met'],
    [
      'service, single, channel, external are not due',
      (['service', 'page', 'channel', 'external'] as const).flatMap((kind) => of(5, kind)),
      'met',
    ],
    [
      'blank ones are another sub-rule’s',
      sections(12, { kind: 'data', content: 'blank', newest: null }),
      'met',
    ],
    [
      'kinds add up',
      (['interpretation', 'disclosure', 'data', 'interaction', 'list'] as const).flatMap((kind) =>
        of(2, kind),
      ),
      'breached',
    ],
  ])('%s', (_name, views, status) => {
    expect(judge(views)).toHaveProperty('status', status);
  });

  it.each([
    ['interpretation', 'interpretationMonths'],
    ['disclosure', 'disclosureMonths'],
    ['data', 'dataMonths'],
    ['interaction', 'interactionMonths'],
    ['list', 'unknownMonths'],
  ] as const)('the period of %s is the parameter %s', (kind, name) => {
    const views = of(10, kind, '2020-03-16');
    expect(judge(views).status).toBe('met');
    expect(judge(views, { [name]: 6 }).status).toBe('breached');
  });
});
