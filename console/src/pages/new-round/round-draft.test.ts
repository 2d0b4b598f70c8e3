import { describe, expect, it } from 'vitest';
import { bodyOf, coverageWords, periodWords, problemsOf, type RoundDraft } from './round-draft.ts';
import { NO_WHOLE_SITES, wholeSitesCost, wholeSitesWords } from './whole-sites.ts';

const census = { mode: 'census', percent: null, seed: null } as const;
const good: RoundDraft = {
  period: '2020Q3',
  label: '',
  from: '2020-07-07',
  to: '2020-09-17',
  monitoredOn: '2020-09-01',
  ruleset: 'hunan-2020',
  sites: census,
  accounts: census,
  wholeSites: NO_WHOLE_SITES,
  clock: 'live',
  resolve: '',
};

describe('problemsOf', () => {
  it('finds nothing wrong with a good draft', () => {
    expect(problemsOf(good, ['2020Q2'])).toEqual({});
  });

  it.each([
    { name: 'no period', change: { period: ' ' }, field: 'period' },
    {
      name: 'a period that exists, in other letters',
      change: { period: '2020q2' },
      field: 'period',
    },
    { name: 'a slash in the period', change: { period: 'a/b' }, field: 'period' },
    { name: 'an end before the start', change: { to: '2020-07-01' }, field: 'from' },
    { name: 'no window', change: { from: '' }, field: 'from' },
    {
      name: 'a monitoring date outside',
      change: { monitoredOn: '2020-09-18' },
      field: 'monitoredOn',
    },
    {
      name: 'a replay that leads nowhere',
      change: { clock: 'replay', resolve: ' \n' },
      field: 'resolve',
    },
    {
      name: 'whole sites of a past period',
      change: {
        ...{ clock: 'replay', resolve: '*=127.0.0.1:1' },
        wholeSites: { sites: 'all', pagesPerSite: 500 },
      },
      field: 'wholeSites',
    },
    {
      name: 'whole sites without a limit',
      change: { wholeSites: { sites: 'all', pagesPerSite: null } },
      field: 'wholeSites',
    },
    { name: 'no ruleset', change: { ruleset: '' }, field: 'ruleset' },
    { name: 'no ratio', change: { sites: { ...census, mode: 'sample' } }, field: 'sites' },
    {
      name: 'a ratio over 100',
      change: { accounts: { mode: 'sample', percent: 101, seed: null } },
      field: 'accounts',
    },
    {
      name: 'a broken seed',
      change: { accounts: { mode: 'sample', percent: 30, seed: 1.5 } },
      field: 'accounts',
    },
  ] as const)('refuses $name', ({ change, field }) => {
    expect(Object.keys(problemsOf({ ...good, ...change } as RoundDraft, ['2020Q2']))).toEqual([
      field,
    ]);
  });

  it.each(['2020-07-07', '2020-09-17'])('takes the edge of the window, %s', (monitoredOn) => {
    expect(problemsOf({ ...good, monitoredOn }, [])).toEqual({});
  });
});

describe('bodyOf', () => {
  it('sends where names lead, a line each, of a replay only', () => {
    const resolve = '*.a.test=127.0.0.1:1\n\n b.test=127.0.0.1 ';
    const lines = ['*.a.test=127.0.0.1:1', 'b.test=127.0.0.1'];
    expect(bodyOf({ ...good, clock: 'replay', resolve })).toMatchObject({ resolve: lines });
    expect(bodyOf({ ...good, resolve })).not.toHaveProperty('resolve');
  });

  it('sends a ratio and its seed, and leaves out what was not typed', () => {
    const accounts = { mode: 'sample', percent: 30, seed: 7 } as const;
    expect(bodyOf({ ...good, accounts })).toEqual({
      period: '2020Q3',
      window: ['2020-07-07', '2020-09-17'],
      at: '2020-09-01',
      ruleset: 'hunan-2020',
      coverage: { sites: { mode: 'census' }, accounts },
      clock: 'live',
    });
    const unseeded = bodyOf({ ...good, label: ' 复查 ', accounts: { ...accounts, seed: null } });
    expect(unseeded).toMatchObject({ label: '复查' });
    expect(unseeded.coverage.accounts).toEqual({ mode: 'sample', percent: 30 });
  });
});

describe('whole sites', () => {
  it('are sent with their limit, and not at all without any', () => {
    const wholeSites = { sites: 'portals', pagesPerSite: 800 } as const;
    expect(bodyOf({ ...good, wholeSites })).toMatchObject({ wholeSites });
    expect(bodyOf(good)).not.toHaveProperty('wholeSites');
  });

  it.each([
    [100, '一个网站走满约要 1 分钟'],
    [5_000, '一个网站走满约要 21 分钟'],
    [50_000, '一个网站走满约要 3 小时'],
  ])('of %i addresses take their time', (pagesPerSite, words) => {
    expect(wholeSitesCost({ sites: 'all', pagesPerSite })).toBe(words);
  });

  it('are named with what they cost', () => {
    expect(wholeSitesWords({ sites: 'none', pagesPerSite: null })).toBe('不做');
    expect(wholeSitesWords({ sites: 'portals', pagesPerSite: 800 })).toBe(
      '门户网站，每站最多 800 个地址',
    );
  });
});

describe('words', () => {
  it.each([
    ['2020q3', '2020年第三季度'],
    ['2020H1', '2020年上半年'],
    ['2020-07', '2020年7月'],
    ['2019年第二次', '2019年第二次'],
  ])('%s is %s', (period, words) => {
    expect(periodWords(period)).toBe(words);
  });

  it('names coverage as the office does', () => {
    expect(coverageWords({ mode: 'census' }, 'sites')).toBe('全覆盖检查');
    expect(coverageWords({ mode: 'census' }, 'accounts')).toBe('普查');
    expect(coverageWords({ mode: 'sample', percent: 30, seed: 7 }, 'sites')).toBe(
      '抽查 30%，种子 7',
    );
  });
});
