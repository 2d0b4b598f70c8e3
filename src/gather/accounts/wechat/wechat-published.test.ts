import { describe, expect, it } from 'vitest';
import { Secret } from '../../../lib/pure/secret.ts';
import { wechatHandler } from '../../../testing/platforms/wechat/serve-wechat.ts';
import { WechatSimulator } from '../../../testing/platforms/wechat/simulate-wechat.ts';
import type { WechatPlan, WechatPost } from '../../../testing/platforms/wechat/wechat-plan.ts';
import { ACCOUNT, post } from '../../../testing/platforms/wechat/wechat-plans.ts';
import { type Handler, startServer } from '../../../testing/servers/start-server.ts';
import { testFetcher } from '../../../testing/servers/test-fetcher.ts';
import { type GatherWechatInput, gatherWechat } from './gather-wechat.ts';

async function gather(handler: Handler, more: Partial<GatherWechatInput> = {}) {
  await using server = await startServer(handler);
  await using fetcher = testFetcher();
  const gathered = await gatherWechat({
    baseUrl: server.url,
    credential: { mode: 'secret', appId: 'wx1', appSecret: new Secret(ACCOUNT.appSecret) },
    monitoredAt: '2020-09-17T15:59:59.999Z',
    fetcher,
    staleWindowDays: 14,
    pause: async () => {},
    ...more,
  });
  const asked = server.seen.map(({ url }) => url.split('?')[0]!.split('/').at(-1)!);
  return { ...gathered, count: (path: string) => asked.filter((each) => each === path).length };
}

const gatherPlan = (more: Partial<WechatPlan>, input: Partial<GatherWechatInput> = {}) =>
  gather(wechatHandler(new WechatSimulator([{ ...ACCOUNT, ...more }])), input);

const QUIET = { quiet: true, counted: false };
const OLD = post('2020-08-20');
const SILENT = { completeFrom: '2020-09-03', completeTo: '2020-09-16' };
const UNPROVED = { completeFrom: null, completeTo: null };

describe('silence is proved only by statistics and list together', () => {
  it.each<[string, Partial<WechatPlan>, object]>([
    ['both answered', {}, SILENT],
    ['no list', { withheld: ['freepublish'] }, UNPROVED],
    ['no statistics', { withheld: ['getarticletotaldetail'] }, UNPROVED],
    ['late statistics', { isDelayed: true }, UNPROVED],
  ])('%s', async (_name, more, value) => {
    const { published } = await gatherPlan({ posts: [OLD], ...more });
    expect(published).toMatchObject({ state: 'observed', value });
  });
});

describe('what was taken back', () => {
  const takenBack = post('2020-09-12', { ...QUIET, deleted: true });
  it.each(['is_deleted', 'is_delete'] as const)(
    'in the window, spelled %s: no newest item, and no silence either',
    async (deletedField) => {
      const { published } = await gatherPlan({ posts: [takenBack, OLD], deletedField });
      expect(published).toMatchObject({
        value: {
          ...UNPROVED,
          newest: { publishedOn: '2020-08-20' },
          withdrawn: { publishedOn: '2020-09-12' },
        },
      });
    },
  );

  it('before the window it changes nothing', async () => {
    const earlier = post('2020-08-30', { ...QUIET, deleted: true });
    const { published } = await gatherPlan({ posts: [earlier, OLD] });
    expect(published).toMatchObject({
      value: {
        ...SILENT,
        newest: { publishedOn: '2020-08-20' },
        withdrawn: { title: '公告 2020-08-30' },
      },
    });
  });

  it('beside a living item of the window it changes nothing', async () => {
    const { published } = await gatherPlan({ posts: [takenBack, post('2020-09-05'), OLD] });
    expect(published).toMatchObject({
      value: { ...SILENT, newest: { publishedOn: '2020-09-05' } },
    });
  });

  /** The simulator, but for one page of the list. */
  const listing = (item: readonly object[], total = item.length): Handler => {
    const served = wechatHandler(new WechatSimulator([{ ...ACCOUNT, posts: [OLD] }]));
    return (request, response) => {
      if (request.url?.includes('freepublish/batchget'))
        response.end(JSON.stringify({ total_count: total, item_count: item.length, item }));
      else served(request, response);
    };
  };
  /** 2020-09-12 in Shanghai. */
  const SECONDS = 1_599_900_000;

  it.each<[string, object, object]>([
    ['as a number', { is_delete: 1 }, UNPROVED],
    ['not at all', {}, { newest: { publishedOn: '2020-09-12', title: '甲' } }],
    ['as zero', { is_deleted: 0 }, { newest: { publishedOn: '2020-09-12' } }],
  ])('deleted is told %s', async (_name, mark, value) => {
    const news = { title: '甲', url: 'http://mp/1', ...mark };
    const item = { article_id: 'a', content: { news_item: [news] }, update_time: SECONDS };
    const { published } = await gather(listing([item]));
    expect(published).toMatchObject({ value });
  });

  it('of a publication of two articles one deleted leaves the other', async () => {
    const news_item = [
      { title: '甲', is_deleted: true },
      { title: '乙', is_deleted: false },
    ];
    const item = { article_id: 'a', content: { news_item }, update_time: SECONDS };
    const { published } = await gather(listing([item]));
    expect(published).toMatchObject({
      value: { newest: { title: '乙' }, withdrawn: { title: '甲' } },
    });
  });

  it.each<[string, readonly object[], number | undefined]>([
    ['an item without a date', [{ article_id: 'a', content: { news_item: [{}] } }], undefined],
    ['a date beyond all dates', [{ article_id: 'a', update_time: 9e15 }], undefined],
    ['fewer items than it counts', [], 40],
  ])('a list with %s proves no silence', async (_name, items, total) => {
    const { published } = await gather(listing(items, total ?? items.length));
    expect(published).toMatchObject({
      value: { ...UNPROVED, newest: { publishedOn: '2020-08-20' } },
    });
  });
});

describe('within the quotas', () => {
  const many = (count: number, newest: 'first' | 'last'): readonly WechatPost[] => {
    const old = Array.from({ length: count - 1 }, () => post('2020-01-05', QUIET));
    const fresh = post('2020-09-14', QUIET);
    return newest === 'first' ? [fresh, ...old] : [...old, fresh];
  };

  it.each(['first', 'last'] as const)(
    'a list of 1,000 takes 25 pages, newest items %s, and is not whole',
    async (where) => {
      const { published, count } = await gatherPlan({ posts: many(1000, where) });
      expect(count('batchget')).toBe(25);
      expect(published).toMatchObject({
        value: { ...UNPROVED, newest: { publishedOn: '2020-09-14' } },
      });
    },
  );

  it('a list of 500 is read whole', async () => {
    const { published, count } = await gatherPlan({ posts: many(500, 'last') });
    expect(count('batchget')).toBe(25);
    expect(published).toMatchObject({ value: SILENT });
  });

  it('the days that statistics take at once are learned, and remembered by the next visit', async () => {
    const plan = { spanDays: 3, posts: [post('2020-09-10')] };
    const first = await gatherPlan(plan);
    expect(first.standing.capabilities.statistics).toMatchObject({ spanDays: 2 });
    const next = await gatherPlan(plan, { capabilities: first.standing.capabilities });
    expect(next.count('getarticletotaldetail')).toBe(7);
    expect(next.count('getarticletotaldetail')).toBeLessThan(first.count('getarticletotaldetail'));
    expect(next.published).toMatchObject({ value: SILENT });
  });

  it('a sweep that knows the last publication does not search for it', async () => {
    const { count } = await gatherPlan({ posts: [OLD] }, { looksBack: false });
    expect(count('getarticletotaldetail')).toBe(1);
  });
});

describe('comments', () => {
  const reply = { content: '已转办', at: '2020-09-11 09:00' };
  const posts = [
    post('2020-09-10', {
      comments: [
        { content: '何时修路', at: '2020-09-10 12:00', reply },
        { content: '谢谢', at: '2020-09-12 12:00' },
      ],
    }),
    post('2020-09-01'),
  ];

  it('are told with their answers and times, nobody’s openid among them', async () => {
    const { comments } = await gatherPlan({ posts });
    expect(comments).toEqual({
      state: 'observed',
      value: {
        articles: 1,
        from: '2020-09-10',
        to: '2020-09-10',
        total: 2,
        read: 2,
        answered: 1,
        comments: [
          { writtenAt: '2020-09-12T04:00:00.000Z', answeredAt: null, excerpt: '谢谢' },
          {
            writtenAt: '2020-09-10T04:00:00.000Z',
            answeredAt: '2020-09-11T01:00:00.000Z',
            excerpt: '何时修路',
          },
        ],
      },
    });
  });

  it('are read in two pages at the most; the platform’s count tells the rest', async () => {
    const long = Array.from({ length: 120 }, (_, index) => ({
      content: `第 ${index} 条`,
      at: '2020-09-10 12:00',
    }));
    const { comments, count } = await gatherPlan({
      posts: [post('2020-09-10', { comments: long })],
    });
    expect(count('list')).toBe(2);
    expect(comments).toMatchObject({ value: { total: 120, read: 98, answered: 0 } });
    expect(comments.state === 'observed' && comments.value.comments.length).toBe(50);
  });

  it.each<[string, Partial<WechatPlan>, object]>([
    ['without the right: there are none', { posts, comments: false }, { state: 'absent' }],
    ['without an article: not seen', { posts: [] }, { state: 'unobserved' }],
    [
      'refused for today: not seen, with what to do',
      { posts, perDay: { '/cgi-bin/comment/list': 0 } },
      { state: 'unobserved', reason: expect.stringMatching(/次数已用完；次日零点自动恢复/) },
    ],
  ])('%s', async (_name, more, expected) => {
    const { comments } = await gatherPlan(more);
    expect(comments).toMatchObject(expected);
  });
});
