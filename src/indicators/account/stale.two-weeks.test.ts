import { describe, expect, it } from 'vitest';
import { unobserved } from '../../domain/fact.ts';
import { feed, sight, sourcePost, sourceView, wechat } from '../../testing/facts/account-views.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { staleTwoWeeks } from './stale.two-weeks.ts';

type Values = Parameters<typeof factSet>[0];
const DEFAULTS = { days: 14, observationDays: 2, weiboOthers: 1, douyinOthers: 1 };
const judge = (values: Values) => staleTwoWeeks.judge(factSet(values), DEFAULTS);
const seen = (newestOn: string | null, observedOn = '2020-09-16'): Values => ({
  'account.observations': [sight({ newestOn, observedAt: `${observedOn}T02:00:00.000Z` })],
});
/** What shows items and proves no silence. */
const brought = (publishedOn: string) =>
  sourceView(publishedOn, { completeFrom: null, completeTo: null });
const on = (platform: string): Values => ({
  'subject.register': { status: 'running', hasService: false, isPortal: false, platform },
});

describe('media.veto.stale.two-weeks', () => {
  it.each<[string, Values, string]>([
    ['feed: the 14th day before', { 'account.feed': feed('2020-09-03') }, 'met'],
    [
      'feed: the 15th day before proves nothing',
      { 'account.feed': feed('2020-09-02') },
      'undetermined',
    ],
    ['feed: empty proves nothing', { 'account.feed': feed(null) }, 'undetermined'],
    ['seen: the 13th day before', seen('2020-09-04'), 'met'],
    ['seen: the 14th day before', seen('2020-09-03'), 'met'],
    ['seen: the 15th day before', seen('2020-09-02'), 'breached'],
    ['seen two days before', seen('2020-09-02', '2020-09-15'), 'breached'],
    ['seen three days before proves no silence', seen('2020-09-02', '2020-09-14'), 'undetermined'],
    ['seen two days after', seen('2020-09-02', '2020-09-19'), 'breached'],
    ['seen three days after', seen('2020-09-02', '2020-09-20'), 'undetermined'],
    ['seen long before, but fresh', seen('2020-09-08', '2020-09-09'), 'met'],
    ['no item at all (无)', seen('none'), 'breached'],
    ['nobody looked at the items', seen(null), 'undetermined'],
    [
      'newest after the monitoring day says nothing of the time before',
      seen('2020-09-18', '2020-09-19'),
      'undetermined',
    ],
    ['newest in the far future', seen('2030-01-01'), 'undetermined'],
    [
      'future newest, but the feed shows an item',
      { ...seen('2020-09-18', '2020-09-19'), 'account.feed': feed('2020-09-10') },
      'met',
    ],
    [
      'several sights: the newest date counts',
      {
        'account.observations': [
          sight({ newestOn: '2020-08-01' }),
          sight({ newestOn: '2020-09-10' }),
        ],
      },
      'met',
    ],
    [
      'seen stale, but the feed is fresh',
      { ...seen('2020-08-01'), 'account.feed': feed('2020-09-10') },
      'met',
    ],
    ['interface complete and silent', { 'account.wechat': wechat('2020-08-20') }, 'breached'],
    ['interface complete, never published', { 'account.wechat': wechat(null) }, 'breached'],
    ['interface complete and fresh', { 'account.wechat': wechat('2020-09-03') }, 'met'],
    [
      'interface never complete',
      { 'account.wechat': wechat('2020-08-20', { completeFrom: null, completeTo: null }) },
      'undetermined',
    ],
    [
      'interface complete from a day too late',
      { 'account.wechat': wechat('2020-08-20', { completeFrom: '2020-09-04' }) },
      'undetermined',
    ],
    [
      'interface complete to a day too early',
      { 'account.wechat': wechat('2020-08-20', { completeTo: '2020-09-15' }) },
      'undetermined',
    ],
    [
      'interface incomplete, a sight proves it',
      { 'account.wechat': wechat('2020-08-20', { completeFrom: null }), ...seen('2020-08-20') },
      'breached',
    ],
    [
      'own timeline complete and silent, nothing else',
      { 'account.weibo': sourceView('2020-08-20') },
      'undetermined',
    ],
    [
      'own timeline, and a feed that shows the same',
      { 'account.weibo': sourceView('2020-08-20'), 'account.feed': feed('2020-08-20') },
      'breached',
    ],
    [
      'own timeline, and a feed that stands still',
      { 'account.weibo': sourceView('2020-08-20'), 'account.feed': feed('2020-07-01') },
      'undetermined',
    ],
    [
      'own timeline, and an empty feed',
      { 'account.weibo': sourceView('2020-08-20'), 'account.feed': feed(null) },
      'undetermined',
    ],
    [
      'own timeline, and what the unit submitted',
      { 'account.weibo': sourceView('2020-08-20'), 'account.submissions': brought('2020-08-20') },
      'breached',
    ],
    [
      'own timeline, and a link to its newest article',
      { 'account.weibo': sourceView('2020-08-20'), 'account.articles': brought('2020-08-20') },
      'undetermined',
    ],
    [
      'own timeline, and a person who looked within the window',
      { 'account.weibo': sourceView('2020-08-20'), ...seen('2020-08-20', '2020-09-08') },
      'breached',
    ],
    [
      'own timeline, and a person who looked before the window',
      { 'account.weibo': sourceView('2020-08-20'), ...seen('2020-08-20', '2020-09-02') },
      'undetermined',
    ],
    [
      'own timeline, and a person who saw less of it',
      { 'account.weibo': sourceView('2020-08-20'), ...seen('2020-08-01', '2020-09-08') },
      'undetermined',
    ],
    ['own works complete and none', { 'account.douyin': sourceView(null) }, 'undetermined'],
    [
      'own works complete and none, and a person saw none',
      { 'account.douyin': sourceView(null), ...seen('none', '2020-09-08') },
      'breached',
    ],
    ['own timeline complete and fresh', { 'account.weibo': sourceView('2020-09-03') }, 'met'],
    [
      'own timeline whose silence a deletion breaks',
      { 'account.weibo': sourceView('2020-08-20', { completeFrom: '2020-09-11' }) },
      'undetermined',
    ],
    [
      'own timeline complete and silent, but an article is fresh',
      {
        'account.weibo': sourceView('2020-08-20'),
        'account.articles': sourceView('2020-09-05', { completeFrom: null, completeTo: null }),
      },
      'met',
    ],
    [
      'articles, feeds and submissions prove no silence',
      {
        'account.articles': sourceView('2020-08-20', { completeFrom: null, completeTo: null }),
        'account.feeds': sourceView(null, { completeFrom: null, completeTo: null }),
        'account.submissions': sourceView('2020-08-20', { completeFrom: null, completeTo: null }),
      },
      'undetermined',
    ],
    ['own timeline refused', { 'account.weibo': unobserved('授权已过期') }, 'undetermined'],
    ['interface refused', { 'account.wechat': unobserved('40125') }, 'undetermined'],
    ['mobile app', { ...seen('none'), ...on('移动客户端') }, 'notApplicable'],
    ['any other platform', { ...seen('none'), ...on('地方融媒号') }, 'breached'],
    ['nothing gathered', {}, 'undetermined'],
  ])('%s', (_name, values, status) => {
    expect(judge(values)).toHaveProperty('status', status);
  });

  it('how many other kinds must agree is the ruleset’s, for each platform', () => {
    const weibo = factSet({ 'account.weibo': sourceView('2020-08-20') });
    const douyin = factSet({ 'account.douyin': sourceView('2020-08-20') });
    const own = { ...DEFAULTS, weiboOthers: 0 };
    expect(staleTwoWeeks.judge(weibo, own)).toMatchObject({ status: 'breached', occurrences: 1 });
    expect(staleTwoWeeks.judge(douyin, own)).toMatchObject({
      status: 'undetermined',
      reason: expect.stringMatching(
        /只有抖音接口完整答复 2020-09-03 至 2020-09-16.*有 0 种（要 1 种）；请检查人员打开账号看一次/,
      ),
    });
    const three = {
      'account.weibo': sourceView('2020-08-20'),
      'account.feed': feed('2020-08-20'),
      'account.feeds': brought('2020-08-20'),
      'account.submissions': brought('2020-08-20'),
    };
    const judged = (weiboOthers: number) =>
      staleTwoWeeks.judge(factSet(three), { ...DEFAULTS, weiboOthers });
    expect(judged(2)).toMatchObject({
      status: 'breached',
      evidence: [
        { excerpt: expect.stringContaining('微博接口完整答复') },
        { excerpt: expect.stringContaining('与微博接口一致') },
        { excerpt: '单位报送最新一条为 2020-08-20，与微博接口一致' },
      ],
    });
    expect(judged(3).status).toBe('undetermined');
  });

  it('dates are those of Shanghai', () => {
    const facts = factSet(seen('2020-09-03'), '2020-09-17T16:30:00.000Z');
    expect(staleTwoWeeks.judge(facts, DEFAULTS).status).toBe('breached');
  });

  it('without a monitoring time nothing can be told', () => {
    expect(staleTwoWeeks.judge(factSet(seen('none'), null), DEFAULTS).status).toBe('undetermined');
  });

  it('says when it was last updated, or that there is nothing', () => {
    expect(judge(seen('2020-08-20'))).toMatchObject({
      note: '最后更新 2020-08-20',
      evidence: [{ locator: 'observations.csv:2' }],
    });
    expect(judge(seen('none'))).toMatchObject({ note: '无动态信息' });
  });

  it('parameters move the window', () => {
    expect(staleTwoWeeks.judge(factSet(seen('2020-09-02')), { ...DEFAULTS, days: 15 }).status).toBe(
      'met',
    );
    const early = factSet(seen('2020-09-02', '2020-09-14'));
    expect(staleTwoWeeks.judge(early, { ...DEFAULTS, observationDays: 3 }).status).toBe('breached');
  });
});

describe('what was published in the window and taken back', () => {
  const seenOld = seen('2020-08-20');
  it.each<[string, Values]>([
    [
      'a source shows it, and an inspector saw what is left',
      {
        ...seenOld,
        'account.weibo': sourceView('2020-08-20', {
          posts: [sourcePost('2020-09-10', { deleted: true }), sourcePost('2020-08-20')],
        }),
      },
    ],
    [
      'WeChat shows it, and an inspector saw what is left',
      {
        ...seenOld,
        'account.wechat': wechat('2020-08-20', {
          ...{ completeFrom: null, completeTo: null },
          withdrawn: { title: '标题', url: '', publishedOn: '2020-09-10' },
        }),
      },
    ],
  ])('is left to people: %s', (_name, values) => {
    expect(judge(values)).toMatchObject({
      status: 'undetermined',
      reason: expect.stringContaining('2020-09-10'),
    });
  });

  it('before the window it does not matter', () => {
    const posts = [sourcePost('2020-08-25', { deleted: true }), sourcePost('2020-08-20')];
    expect(judge({ ...seenOld, 'account.weibo': sourceView('2020-08-20', { posts }) }).status).toBe(
      'breached',
    );
  });
});

describe('what an account shows in one way only', () => {
  it.each<[string, Values, string]>([
    [
      'quiet posts only: the list of mass-sent ones is old',
      {
        'account.feed': feed('2020-07-01'),
        'account.wechat': wechat('2020-09-10', { completeFrom: null, completeTo: null }),
      },
      'met',
    ],
    [
      'mass-sent ones only: the quiet list is empty',
      {
        'account.feed': feed('2020-09-10'),
        'account.wechat': wechat(null, { completeFrom: null, completeTo: null }),
      },
      'met',
    ],
    [
      'a pinned old one that somebody took for the newest',
      {
        ...seen('2019-01-01'),
        'account.weibo': sourceView('2020-09-10', {
          posts: [sourcePost('2020-09-10'), sourcePost('2019-01-01', { pinned: true })],
        }),
      },
      'met',
    ],
    [
      'expired token beside a stale feed',
      { 'account.wechat': unobserved('授权已过期'), 'account.feed': feed('2020-07-01') },
      'undetermined',
    ],
    ['a local limit of ten days is kept', { 'account.feed': feed('2020-09-07') }, 'met'],
  ])('%s', (_name, values, status) => {
    expect(judge(values).status).toBe(status);
    const local = staleTwoWeeks.judge(factSet(values), { ...DEFAULTS, days: 10 });
    expect(local.status).toBe(status);
  });

  it('a local limit of ten days breaks on the eleventh', () => {
    const facts = factSet(seen('2020-09-06'));
    expect(staleTwoWeeks.judge(facts, DEFAULTS).status).toBe('met');
    expect(staleTwoWeeks.judge(facts, { ...DEFAULTS, days: 10 }).status).toBe('breached');
  });
});
