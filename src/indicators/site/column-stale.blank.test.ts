import { describe, expect, it } from 'vitest';
import { unobserved } from '../../domain/fact.ts';
import type { SectionView } from '../../domain/site-facts.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { newest, REACHABILITY, sections, visits } from '../../testing/facts/site-views.ts';
import { columnStaleBlank } from './column-stale.blank.ts';

const DEFAULTS = { ...REACHABILITY, count: 5 };
const judge = (views: readonly SectionView[]) =>
  columnStaleBlank.judge(factSet({ 'site.visits': visits(), 'site.sections': views }), DEFAULTS);
const blank = (count: number, more: Partial<SectionView> = {}) =>
  sections(count, { content: 'blank', newest: null, itemCount: 0, ...more });

describe('site.veto.column-stale.blank', () => {
  it.each<[string, readonly SectionView[], string]>([
    ['five blank', blank(5), 'breached'],
    ['four blank', blank(4), 'met'],
    [
      'any kind of list counts',
      (['news', 'data', 'list', 'policy', 'interaction'] as const).flatMap((kind) =>
        blank(1, { kind }),
      ),
      'breached',
    ],
    [
      'four blank, one not seen',
      [...blank(4), ...sections(1, { content: 'unobserved' })],
      'undetermined',
    ],
    ['three blank, one not seen', [...blank(3), ...sections(1, { content: 'unobserved' })], 'met'],
    [
      'what a script draws is not blank',
      [...blank(4), ...sections(9, { content: 'script' })],
      'met',
    ],
    ['a query page is not blank', [...blank(4), ...sections(9, { content: 'query' })], 'met'],
    ['a single page is not blank', [...blank(4), ...sections(9, { content: 'single' })], 'met'],
    [
      'a stale one is not blank',
      [...blank(4), ...sections(9, { newest: newest('2010-01-01') })],
      'met',
    ],
    [
      'links to others and channels do not count',
      [...blank(4), ...blank(3, { kind: 'external' }), ...blank(3, { kind: 'channel' })],
      'met',
    ],
    [
      'single pages and service entries are no lists',
      [...blank(4), ...blank(3, { kind: 'page' }), ...blank(3, { kind: 'service' })],
      'met',
    ],
    [
      'a service entry not seen cannot be the fifth',
      [...blank(4), ...sections(1, { kind: 'service', content: 'unobserved' })],
      'met',
    ],
    ['a dead link is not blank', [...blank(4), ...blank(3, { gone: true })], 'met'],
  ])('%s', (_name, views, status) => {
    expect(judge(views)).toHaveProperty('status', status);
  });

  it.each([
    ['unreachable', { 'site.visits': visits(140), 'site.sections': blank(9) }, 'notApplicable'],
    ['sections not seen', { 'site.sections': unobserved('超时') }, 'undetermined'],
    ['nothing', {}, 'undetermined'],
  ] as const)('%s', (_name, values, status) => {
    expect(columnStaleBlank.judge(factSet(values), DEFAULTS)).toHaveProperty('status', status);
  });
});
