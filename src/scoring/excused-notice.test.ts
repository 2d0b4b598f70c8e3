import { expect, it } from 'vitest';
import type { FactMap } from '../domain/fact.ts';
import { INDICATORS } from '../indicators/index.generated.ts';
import { factSet } from '../testing/facts/build-facts.ts';
import { transport } from '../testing/facts/guideline-views.ts';
import { excusedNotice } from './excused-notice.ts';

const indicator = (name: string) => INDICATORS.find(({ id }) => id === `site.notice.${name}`)!;
const breach = (...instants: string[]) => {
  const evidence = instants.map((capturedAt) => ({
    ...{ factId: '1:x', snapshot: null, locator: 'www.a.gov.cn', excerpt: '打不开', capturedAt },
  }));
  const [first, ...rest] = evidence;
  return {
    status: 'breached',
    occurrences: evidence.length,
    evidence: [first!, ...rest],
  } as const;
};
const announced = (from: string, to: string): FactMap['site.maintenance'] => [
  { from, to, excerpt: '本网站将停机维护', url: 'http://www.a.gov.cn/1' },
];
/** 07:30 of 13 September in Shanghai. */
const SEEN = '2020-09-12T23:30:00.000Z';
const LATER = '2020-09-15T04:00:00.000Z';
const outage = (scheduledAt: string) => ({
  'site.sharedOutage': {
    ...{ address: '10.0.0.1', sharedFailures: 3 },
    worst: { failing: 30, onAddress: 40, scheduledAt },
  },
});

it.each([
  ['nothing announced', 'https', {}, [SEEN], 'breached'],
  [
    'in the window, by the day of Shanghai',
    'https',
    { 'site.maintenance': announced('2020-09-13', '2020-09-13') },
    [SEEN],
    'notApplicable',
  ],
  [
    'the day after',
    'https',
    { 'site.maintenance': announced('2020-09-10', '2020-09-12') },
    [SEEN],
    'breached',
  ],
  [
    'one of two places seen after the window',
    'ads',
    { 'site.maintenance': announced('2020-09-13', '2020-09-14') },
    [SEEN, LATER],
    'breached',
  ],
  [
    'each of two places in a window of its own',
    'ads',
    {
      'site.maintenance': [
        ...announced('2020-09-13', '2020-09-13'),
        ...announced('2020-09-15', '2020-09-16'),
      ],
    },
    [SEEN, LATER],
    'notApplicable',
  ],
  [
    'a window of 31 days is an outage with a notice',
    'https',
    { 'site.maintenance': announced('2020-08-14', '2020-09-13') },
    [SEEN],
    'breached',
  ],
  ['the neighbours failed that day', 'https', outage(SEEN), [SEEN], 'notApplicable'],
  ['the neighbours failed on another day', 'https', outage(LATER), [SEEN], 'breached'],
  ['an advertisement on a page that was read that day', 'ads', outage(SEEN), [SEEN], 'breached'],
])('%s: %s', (_name, name, facts, instants, status) => {
  const given = factSet({ 'site.transport': transport(), ...facts });
  const said = excusedNotice(indicator(name), given, breach(...instants));
  expect(said.status).toBe(status);
  if (said.status === 'notApplicable') expect(said.reason).toContain('不作提示');
});

it('what is met or undetermined stays so', () => {
  const given = factSet({ 'site.maintenance': announced('2020-09-13', '2020-09-13') });
  const unsure = { status: 'undetermined', reason: '没看全', missing: [] } as const;
  for (const judgement of [{ status: 'met' } as const, unsure])
    expect(excusedNotice(indicator('https'), given, judgement)).toBe(judgement);
});
