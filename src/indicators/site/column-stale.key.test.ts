import { describe, expect, it } from 'vitest';
import { unobserved } from '../../domain/fact.ts';
import type { SectionView } from '../../domain/site-facts.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { newest, REACHABILITY, sections, visits } from '../../testing/facts/site-views.ts';
import { columnStaleKey } from './column-stale.key.ts';

const DEFAULTS = {
  ...REACHABILITY,
  newsDays: 14,
  noticePolicyMonths: 6,
  count: 5,
  confidenceMin: 50,
};
const judge = (views: readonly SectionView[]) =>
  columnStaleKey.judge(factSet({ 'site.visits': visits(), 'site.sections': views }), DEFAULTS);

const stale = (count: number, more: Partial<SectionView> = {}) =>
  sections(count, { newest: newest('2020-08-01'), ...more });
const notice = (count: number, date: string, more: Partial<SectionView> = {}) =>
  sections(count, { kind: 'notice', newest: newest(date), ...more });

describe('site.veto.column-stale.key', () => {
  it.each<[string, readonly SectionView[], string]>([
    ['five stale', stale(5), 'breached'],
    ['four stale', stale(4), 'met'],
    [
      'four stale, one not seen',
      [...stale(4), ...sections(1, { content: 'unobserved', newest: null })],
      'undetermined',
    ],
    [
      'four stale, one written by script',
      [...stale(4), ...sections(1, { content: 'script', newest: null })],
      'undetermined',
    ],
    ['three stale, one not seen', [...stale(3), ...sections(1, { content: 'unobserved' })], 'met'],
    [
      'four stale, one without dates',
      [...stale(4), ...sections(1, { newest: null, undated: true })],
      'undetermined',
    ],
    [
      'four stale, one whose year is unknown',
      [...stale(4), ...sections(1, { newest: newest('01-02', { yearUnknown: true }) })],
      'undetermined',
    ],
    [
      'five stale, ten not seen',
      [...stale(5), ...sections(10, { content: 'unobserved' })],
      'breached',
    ],
    [
      'four stale, one whose newest date lies in the future',
      [...stale(4), ...sections(1, { newest: newest('2020-09-18') })],
      'undetermined',
    ],
    ['news on the 14th day before', sections(5, { newest: newest('2020-09-03') }), 'met'],
    ['news on the 15th day before', sections(5, { newest: newest('2020-09-02') }), 'breached'],
    ['news on any level', stale(5, { level: 3 }), 'breached'],
    ['notices of six months ago', notice(5, '2020-03-17'), 'met'],
    ['notices of six months and a day ago', notice(5, '2020-03-16'), 'breached'],
    ['policy files are held like notices', notice(5, '2020-03-16', { kind: 'policy' }), 'breached'],
    ['notices on the second level are not key', notice(5, '2018-01-01', { level: 2 }), 'met'],
    [
      'policy files on the second level are not key',
      notice(5, '2018-01-01', { kind: 'policy', level: 2 }),
      'met',
    ],
    ['kinds add up', [...stale(3), ...notice(2, '2019-01-01')], 'breached'],
    [
      'blank ones are another sub-rule’s',
      [...stale(4), ...sections(5, { content: 'blank', newest: null })],
      'met',
    ],
    [
      'single pages and queries are nobody’s',
      [...stale(4), ...sections(3, { content: 'single' }), ...sections(3, { content: 'query' })],
      'met',
    ],
    ['other lists are not key', stale(9, { kind: 'disclosure' }), 'met'],
    ['a guess of the kind accuses nobody', stale(5, { confidence: 49 }), 'undetermined'],
    ['sure enough of the kind', stale(5, { confidence: 50 }), 'breached'],
    ['no sections', [], 'met'],
  ])('%s', (_name, views, status) => {
    expect(judge(views)).toHaveProperty('status', status);
  });

  it('counts and shows each section', () => {
    expect(judge(stale(6))).toMatchObject({
      occurrences: 6,
      evidence: expect.arrayContaining([
        expect.objectContaining({
          excerpt: '栏目1：最后更新 2020-08-01“标题”',
          snapshot: 'b'.repeat(64),
        }),
      ]),
    });
  });

  it.each([
    ['unreachable', { 'site.visits': visits(7), 'site.sections': stale(9) }, 'notApplicable'],
    ['sections not seen', { 'site.sections': unobserved('超时') }, 'undetermined'],
    ['nothing', {}, 'undetermined'],
  ] as const)('%s', (_name, values, status) => {
    expect(columnStaleKey.judge(factSet(values), DEFAULTS)).toHaveProperty('status', status);
  });
});
