import { describe, expect, it } from 'vitest';
import type { FactMap } from '../../domain/fact.ts';
import { unobserved } from '../../domain/fact.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { visits } from '../../testing/facts/site-views.ts';
import { unreachable } from './unreachable.ts';

const DEFAULTS = { failPercent: 5, visitsMin: 140, daysMin: 7 };
type Values = Parameters<typeof factSet>[0];
const judge = (values: Values) => unreachable.judge(factSet(values), DEFAULTS);
const notice = (from: string, to: string): FactMap['site.maintenance'] => [
  { from, to, excerpt: '系统维护', url: 'http://a/' },
];
const shared = (sharedFailures: number): FactMap['site.sharedOutage'] => ({
  address: '59.231.9.1',
  sharedFailures,
  worst: { failing: 4, onAddress: 5, scheduledAt: '2020-09-12T04:00:00.000Z' },
});
const NOON_12 = '2020-09-12T04:00:00.000Z';
const onDay12 = (count: number): string[] => Array(count).fill(NOON_12);
const onDay13 = (count: number): string[] => Array(count).fill('2020-09-13T04:00:00.000Z');

describe('site.veto.unreachable', () => {
  it.each<[string, Values, string]>([
    ['no failure', { 'site.visits': visits() }, 'met'],
    ['6 of 140 is below 5 %', { 'site.visits': visits(6) }, 'met'],
    ['7 of 140 is exactly 5 %', { 'site.visits': visits(7) }, 'breached'],
    ['all of them', { 'site.visits': visits(140) }, 'breached'],
    ['140 blocked are answers', { 'site.visits': visits(0, { blocked: 140 }) }, 'met'],
    [
      '7 failures in announced maintenance',
      { 'site.visits': visits(onDay12(7)), 'site.maintenance': notice('2020-09-12', '2020-09-12') },
      'met',
    ],
    [
      '7 failures the day after maintenance',
      { 'site.visits': visits(onDay12(7)), 'site.maintenance': notice('2020-09-10', '2020-09-11') },
      'breached',
    ],
    [
      'what is exempt stays in the base: 6 of 140',
      {
        'site.visits': visits([...onDay12(20), ...onDay13(6)]),
        'site.maintenance': notice('2020-09-12', '2020-09-12'),
      },
      'met',
    ],
    [
      'what is exempt excuses nothing else: 7 of 140',
      {
        'site.visits': visits([...onDay12(20), ...onDay13(7)]),
        'site.maintenance': notice('2020-09-12', '2020-09-12'),
      },
      'breached',
    ],
    [
      'maintenance announced for 30 days',
      { 'site.visits': visits(onDay12(7)), 'site.maintenance': notice('2020-08-14', '2020-09-12') },
      'met',
    ],
    [
      'maintenance announced for 31 days is an outage with a notice',
      { 'site.visits': visits(onDay12(7)), 'site.maintenance': notice('2020-08-13', '2020-09-12') },
      'breached',
    ],
    [
      '7 failures, one shared with the neighbours',
      { 'site.visits': visits(7), 'site.sharedOutage': shared(1) },
      'undetermined',
    ],
    [
      '14 failures, 7 of them shared',
      { 'site.visits': visits(14), 'site.sharedOutage': shared(7) },
      'breached',
    ],
    ['6 failures, all shared', { 'site.visits': visits(6), 'site.sharedOutage': shared(6) }, 'met'],
    [
      '6 failures and one visit of which nobody knows',
      { 'site.visits': visits(6, { own: 1 }) },
      'undetermined',
    ],
    [
      '5 failures and one visit of which nobody knows',
      { 'site.visits': visits(5, { own: 1 }) },
      'met',
    ],
    ['7 visits not made', { 'site.visits': visits(0, { done: 133 }) }, 'undetermined'],
    [
      'fewer scheduled than the rule asks',
      { 'site.visits': visits(0, { scheduled: 20, done: 20 }) },
      'undetermined',
    ],
    ['six days only', { 'site.visits': visits(0, { days: 6 }) }, 'undetermined'],
    ['visits that were not seen', { 'site.visits': unobserved('没有访问') }, 'undetermined'],
    ['nothing', {}, 'undetermined'],
  ])('%s', (_name, values, status) => {
    expect(judge(values)).toHaveProperty('status', status);
  });

  it('counts occurrences and says the share, with the visits as evidence', () => {
    const judgement = judge({ 'site.visits': visits(7) });
    expect(judgement).toMatchObject({ occurrences: 7, note: '应访问 140 次，失败 7 次，占 5.00%' });
    const rows = judgement.status === 'breached' ? judgement.evidence : [];
    expect(rows).toHaveLength(8);
    expect(rows[1]).toMatchObject({ locator: 'probe:2020-09-11T04:00:00.000Z' });
  });

  it('the share is exact where a float is not: 23 of 160 is 14.375 %', () => {
    const judgement = judge({ 'site.visits': visits(23, { scheduled: 160, done: 160 }) });
    expect(judgement).toMatchObject({ note: '应访问 160 次，失败 23 次，占 14.38%' });
  });

  it('names the shared cause', () => {
    const judgement = judge({ 'site.visits': visits(10), 'site.sharedOutage': shared(10) });
    expect(judgement).toMatchObject({
      status: 'undetermined',
      reason: expect.stringContaining('5 家中 4 家'),
      missing: ['site.sharedOutage'],
    });
  });

  it('thresholds are parameters', () => {
    const facts = factSet({ 'site.visits': visits(7) });
    expect(unreachable.judge(facts, { ...DEFAULTS, failPercent: 6 }).status).toBe('met');
  });
});
