import { describe, expect, it } from 'vitest';
import { unobserved } from '../../domain/fact.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { home, newest, REACHABILITY, visits } from '../../testing/facts/site-views.ts';
import { homeStale } from './home-stale.ts';

type Values = Parameters<typeof factSet>[0];
const DEFAULTS = { ...REACHABILITY, days: 14 };
const SEEN = { 'site.visits': visits() };
const STALE = home({ newest: newest('2020-08-01') });
const entry = (date: string | null, secondLevelUnknown = 0) =>
  home({
    kind: 'navigation',
    newest: null,
    secondLevelNewest: date === null ? null : newest(date),
    secondLevelUnknown,
  });

describe('site.veto.home-stale', () => {
  it.each<[string, Values, string]>([
    ['13 days before', { ...SEEN, 'site.home': home({ newest: newest('2020-09-04') }) }, 'met'],
    [
      'the 14th day before',
      { ...SEEN, 'site.home': home({ newest: newest('2020-09-03') }) },
      'met',
    ],
    [
      'the 15th day before',
      { ...SEEN, 'site.home': home({ newest: newest('2020-09-02') }) },
      'breached',
    ],
    [
      'the monitoring day itself',
      { ...SEEN, 'site.home': home({ newest: newest('2020-09-17') }) },
      'met',
    ],
    [
      'old, but one item without a date',
      { ...SEEN, 'site.home': home({ newest: newest('2020-08-01'), undatedCount: 1 }) },
      'undetermined',
    ],
    ['fresh, whatever has no date', { ...SEEN, 'site.home': home({ undatedCount: 30 }) }, 'met'],
    [
      'month and day alone prove nothing',
      { ...SEEN, 'site.home': home({ newest: newest('09-16', { yearUnknown: true }) }) },
      'undetermined',
    ],
    [
      'the day after the monitoring day is no update',
      {
        ...SEEN,
        'site.home': home({
          newest: newest('2020-09-18'),
          recent: [newest('2020-09-18'), newest('2020-08-25')],
        }),
      },
      'breached',
    ],
    [
      'a far future date above a fresh one',
      {
        ...SEEN,
        'site.home': home({
          newest: newest('2030-01-01'),
          recent: [newest('2030-01-01'), newest('2020-09-10')],
        }),
      },
      'met',
    ],
    [
      'only future dates',
      {
        ...SEEN,
        'site.home': home({ newest: newest('2030-01-01'), recent: [newest('2030-01-01')] }),
      },
      'undetermined',
    ],
    [
      'a future date, and one item without a date',
      {
        ...SEEN,
        'site.home': home({
          newest: newest('2030-01-01'),
          recent: [newest('2020-08-25')],
          undatedCount: 1,
        }),
      },
      'undetermined',
    ],
    [
      'only an entry, second level in the future, home old',
      {
        ...SEEN,
        'site.home': { ...entry('2030-01-01'), newest: newest('2020-08-01') },
      },
      'undetermined',
    ],
    [
      'only an entry, second level in the future, home fresh',
      {
        ...SEEN,
        'site.home': { ...entry('2030-01-01'), newest: newest('2020-09-10') },
      },
      'met',
    ],
    [
      'no dated item at all',
      { ...SEEN, 'site.home': home({ newest: null, itemCount: 0 }) },
      'undetermined',
    ],
    ['only an entry, second level fresh', { ...SEEN, 'site.home': entry('2020-09-10') }, 'met'],
    [
      'only an entry, second level stale',
      { ...SEEN, 'site.home': entry('2020-08-10') },
      'breached',
    ],
    [
      'only an entry, second level not all seen',
      { ...SEEN, 'site.home': entry('2020-08-10', 1) },
      'undetermined',
    ],
    [
      'a page of content does not look below',
      {
        ...SEEN,
        'site.home': home({
          newest: newest('2020-08-10'),
          secondLevelNewest: newest('2020-09-16'),
        }),
      },
      'breached',
    ],
    ['home page not seen', { ...SEEN, 'site.home': unobserved('被拦截（412）') }, 'undetermined'],
    ['home page not gathered', SEEN, 'undetermined'],
    ['site unreachable', { 'site.visits': visits(7), 'site.home': STALE }, 'notApplicable'],
    ['visits not known, page seen', { 'site.home': STALE }, 'breached'],
    ['nothing', {}, 'undetermined'],
  ])('%s', (_name, values, status) => {
    expect(homeStale.judge(factSet(values), DEFAULTS)).toHaveProperty('status', status);
  });

  it('without a monitoring time nothing can be told', () => {
    const facts = factSet({ 'site.home': STALE }, null);
    expect(homeStale.judge(facts, DEFAULTS)).toMatchObject({ missing: ['round.monitoredAt'] });
  });

  it('the evidence is the newest item', () => {
    const judgement = homeStale.judge(factSet({ ...SEEN, 'site.home': STALE }), DEFAULTS);
    expect(judgement).toMatchObject({
      occurrences: 1,
      evidence: [
        {
          factId: '7:site.home',
          locator: 'http://www.a.gov.cn/a',
          excerpt: expect.stringContaining('2020-08-01'),
        },
      ],
    });
  });

  it('the ruleset says when a site was not there', () => {
    const values = { 'site.visits': visits(8), 'site.home': STALE };
    expect(homeStale.judge(factSet(values), DEFAULTS).status).toBe('notApplicable');
    const lenient = { ...DEFAULTS, failPercent: 10 };
    expect(homeStale.judge(factSet(values), lenient).status).toBe('breached');
  });

  it('says when the neighbours failed too', () => {
    const worst = { failing: 4, onAddress: 5, scheduledAt: '2020-09-12T04:00:00.000Z' };
    const outage = { address: '59.231.9.1', sharedFailures: 8, worst };
    const facts = factSet({
      'site.visits': visits(8),
      'site.sharedOutage': outage,
      'site.home': unobserved('超时'),
    });
    expect(homeStale.judge(facts, DEFAULTS)).toMatchObject({
      reason: expect.stringContaining('共同原因'),
    });
  });
});
