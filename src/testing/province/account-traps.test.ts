import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFetcher, type Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import type { DouyinPlan, DouyinWork } from '../platforms/douyin/douyin-plan.ts';
import type { WechatPlan, WechatPost } from '../platforms/wechat/wechat-plan.ts';
import type { WeiboPlan, WeiboPost } from '../platforms/weibo/weibo-plan.ts';
import type { FeedPlan } from './feeds/feed-plan.ts';
import { judgeAccount } from './judge-account.ts';
import { DOUYIN_HOST, WEIBO_HOST } from './plan/plan-own-list.ts';
import { WECHAT_HOST } from './plan/plan-wechat.ts';
import type { PlannedAccount, SightPlan, SourcePlan } from './plan/province-plan.ts';
import { serveProvince } from './serve-province.ts';

/** The monitoring day; the window begins on 2020-09-03. */
const DAY = '2020-09-17';
const [OLD, FRESH] = ['2020-08-01', '2020-09-10'];
const RULE = 'media.veto.stale.two-weeks';

/** Numbers that make what one account has unlike what others have. */
let count = 0;
const next = (): string => {
  count += 1;
  return String(count).padStart(4, '0');
};

const post = (on: string, more: Partial<WeiboPost> = {}): WeiboPost => ({
  ...{ text: '公告', on, time: '10:00', repost: false, pinned: false, deleted: false },
  ...{ secret: false, ...more },
});
const weibo = (posts: readonly WeiboPost[], more: Partial<WeiboPlan> = {}): SourcePlan => {
  const id = next();
  return {
    kind: 'weibo',
    weibo: {
      ...{ baseUrl: `http://${WEIBO_HOST}`, uid: `265627${id}`, name: '号' },
      ...{ accessToken: `weibo-${id}`, token: 'good', posts, callsPerHour: null },
      ...{ granted: true, reviewed: true, busyOnce: false, banned: false, ...more },
    },
  };
};
const work = (on: string, more: Partial<DouyinWork> = {}): DouyinWork => ({
  ...{ title: '公告', on, time: '10:00', pinned: false, reviewed: true, ...more },
});
const douyin = (works: readonly DouyinWork[], more: Partial<DouyinPlan> = {}): SourcePlan => {
  const id = next();
  return {
    kind: 'douyin',
    douyin: {
      ...{ baseUrl: `http://${DOUYIN_HOST}`, clientKey: 'ck', openId: `open-${id}` },
      ...{ accessToken: `act.${id}`, refreshToken: `rft.${id}`, accessAgeDays: 1 },
      ...{ refreshAgeDays: 1, renewalsLeft: 5, mayRenew: true, works, callsPerDay: null },
      ...{ busyOnce: false, refusal: null, ...more },
    },
  };
};
const article = (on: string, more: Partial<WechatPost> = {}): WechatPost => ({
  ...{ title: '公告', on, time: '10:00', quiet: false, counted: true, deleted: false, ...more },
});
const wechat = (posts: readonly WechatPost[], more: Partial<WechatPlan> = {}): SourcePlan => {
  const id = next();
  return {
    kind: 'wechat',
    wechat: {
      ...{ baseUrl: `http://${WECHAT_HOST}`, appId: `wx${id}`, appSecret: `secret${id}` },
      ...{ today: DAY, posts, spanDays: 31, isDelayed: false, withheld: [], menu: true },
      ...{ autoReply: false, comments: false, tokenCalls: null, busyOnce: false, frozen: false },
      ...more,
    },
  };
};
/** A bridge: what it shows stands still where it lost its login. */
const bridge = (on: string, fault: FeedPlan['fault'] = null, pinned?: string): SourcePlan => ({
  kind: 'feed',
  feed: {
    ...{ kind: 'rss', url: `http://feeds.province.test/${next()}.xml`, title: '号' },
    ...{ posts: [{ title: '公告', on, time: '10:00' }], dateStyle: 'offset', charset: 'utf8' },
    pinned: pinned === undefined ? null : { title: '置顶', on: pinned, time: '10:00' },
    ...{ removed: null, future: null, onlyUpdated: false, touchedOn: DAY, fault },
  },
});
const looked = (on: string, newest: string): SightPlan => ({
  ...{ observedAt: `${on} 18:30`, newest, ways: '评论', testedAt: '', repliedAt: '', image: '' },
});

type Status = 'breached' | 'undetermined' | 'met';
type Trap = readonly [string, readonly SourcePlan[], readonly SightPlan[], Status];

/** What really is silent, by two kinds or by a person: without these, nothing would tell that the traps are met for a reason. */
const SILENT: readonly Trap[] = [
  ['Weibo: own list and bridge', [weibo([post(OLD)]), bridge(OLD)], [], 'breached'],
  [
    'Douyin: own list and a look within the window',
    [douyin([work(OLD)])],
    [looked('2020-09-08', OLD)],
    'breached',
  ],
  ['WeChat: statistics and quiet list', [wechat([article(OLD)])], [], 'breached'],
  ['a bridge, and a person who looked', [bridge(OLD)], [looked('2020-09-16', OLD)], 'breached'],
];
const TRAPS: readonly Trap[] = [
  [
    'expired token: Weibo',
    [weibo([post(FRESH)], { token: 'expired' }), bridge(OLD)],
    [],
    'undetermined',
  ],
  [
    'expired token: Weibo’s was revoked',
    [weibo([post(FRESH)], { token: 'revoked' })],
    [],
    'undetermined',
  ],
  [
    'expired token: Douyin',
    [douyin([work(FRESH)], { accessAgeDays: 40, refreshAgeDays: 40 }), bridge(OLD)],
    [],
    'undetermined',
  ],
  [
    'expired token: WeChat’s secret is frozen',
    [wechat([article(FRESH)], { frozen: true }), bridge(OLD)],
    [],
    'undetermined',
  ],
  [
    'expired token: a person saw the fresh one',
    [weibo([post(FRESH)], { token: 'expired' })],
    [looked('2020-09-12', FRESH)],
    'met',
  ],
  ['banned bridge: login page', [bridge(FRESH, 'login')], [], 'undetermined'],
  ['banned bridge: an empty page', [bridge(FRESH, 'empty')], [], 'undetermined'],
  ['banned bridge: the page is gone', [bridge(FRESH, 'missing')], [], 'undetermined'],
  ['banned bridge: it stands still since it was banned', [bridge(OLD)], [], 'undetermined'],
  [
    'banned bridge beside a silent own list',
    [weibo([post(OLD)]), bridge(FRESH, 'login')],
    [],
    'undetermined',
  ],
  [
    'banned bridge beside a silent own list, and it stands still',
    [douyin([work('2020-08-20')]), bridge(OLD)],
    [],
    'undetermined',
  ],
  [
    'banned account: Weibo says that it is not there',
    [weibo([post(FRESH)], { banned: true }), bridge(OLD)],
    [],
    'undetermined',
  ],
  [
    'banned account: WeChat bars its interfaces',
    [wechat([article(FRESH)], { limited: 48004 }), bridge(OLD)],
    [],
    'undetermined',
  ],
  [
    'quiet posts only',
    [wechat([article(FRESH, { quiet: true, counted: false }), article(OLD)]), bridge(OLD)],
    [],
    'met',
  ],
  [
    'quiet posts only, and the quiet list is withheld',
    [
      wechat([article(FRESH, { quiet: true, counted: false }), article(OLD)], {
        withheld: ['freepublish'],
      }),
      bridge(OLD),
    ],
    [],
    'undetermined',
  ],
  ['mass-sent posts only', [wechat([article(FRESH), article(OLD, { quiet: true })])], [], 'met'],
  [
    'mass-sent posts only, and the statistics are withheld',
    [
      wechat([article(FRESH), article(OLD, { quiet: true })], {
        withheld: ['getarticletotaldetail'],
      }),
    ],
    [],
    'undetermined',
  ],
  [
    'mass-sent posts only, and the statistics are late',
    [wechat([article(OLD)], { isDelayed: true })],
    [],
    'undetermined',
  ],
  [
    'pinned old post: Weibo',
    [weibo([post('2019-01-01', { pinned: true }), post(FRESH)])],
    [],
    'met',
  ],
  [
    'pinned old work: Douyin',
    [douyin([work('2019-01-01', { pinned: true }), work(FRESH)])],
    [],
    'met',
  ],
  ['pinned old item: a bridge', [bridge(FRESH, null, '2019-01-01')], [], 'met'],
  [
    'pinned old post that a person took for the newest',
    [weibo([post('2019-01-01', { pinned: true }), post(FRESH)])],
    [looked('2020-09-17', '2019-01-01')],
    'met',
  ],
  [
    'retroactive deletion: Weibo marks it',
    [weibo([post(FRESH, { deleted: true }), post(OLD)]), bridge(OLD)],
    [],
    'undetermined',
  ],
  [
    'retroactive deletion: WeChat marks it',
    [wechat([article(FRESH, { quiet: true, counted: false, deleted: true }), article(OLD)])],
    [],
    'undetermined',
  ],
  [
    'retroactive deletion without a trace, but a person saw it',
    [douyin([work(OLD)]), bridge(OLD)],
    [looked('2020-09-11', FRESH), looked('2020-09-17', OLD)],
    'met',
  ],
  [
    'retroactive deletion without a trace, but a bridge kept it',
    [weibo([post(OLD)]), bridge(FRESH)],
    [],
    'met',
  ],
];

const accountOf = (
  sources: readonly SourcePlan[],
  sights: readonly SightPlan[],
): PlannedAccount => ({
  ...{
    row: '',
    name: '号',
    printRow: '',
    status: '正常' as PlannedAccount['status'],
    checked: true,
  },
  ...{ rules: [], trapped: false, platform: '', accountId: '', sources, sights, sponsor: '' },
});

describe('traps of accounts, through their platforms’ interfaces', () => {
  let server: Server;
  let fetcher: Fetcher;
  beforeAll(async () => {
    const accounts = [...SILENT, ...TRAPS].map(([, sources, sights]) => accountOf(sources, sights));
    server = serveProvince({
      ...{ units: [], sites: [], accounts, monitoredOn: DAY, platformHost: 'p.province.test' },
      ...{ history: { period: '', subjects: [] }, sampled: false },
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    fetcher = createFetcher({
      ...{ userAgent: 'test', pacePerAddressMs: 0, now: () => new Date().toISOString() },
      resolve: [parseResolveRule(`*.province.test=127.0.0.1:${port}`)],
    });
  });
  afterAll(async () => {
    await fetcher.close();
    server.closeAllConnections();
    server.close();
  });

  const judged = async (sources: readonly SourcePlan[], sights: readonly SightPlan[]) => {
    const { breached, undetermined } = await judgeAccount(accountOf(sources, sights), DAY, fetcher);
    if (breached.includes(RULE)) return 'breached';
    return undetermined.includes(RULE) ? 'undetermined' : 'met';
  };

  it.each(SILENT)('silent: %s', async (_name, sources, sights, status) => {
    expect(await judged(sources, sights)).toBe(status);
  });
  it.each(TRAPS)('no false breach: %s', async (_name, sources, sights, status) => {
    expect(status).not.toBe('breached');
    expect(await judged(sources, sights)).toBe(status);
  });
});
