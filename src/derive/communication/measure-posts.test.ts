import { describe, expect, it } from 'vitest';
import { NO_COUNTS } from '../../domain/account-sources.ts';
import { lastWhole } from './index-periods.ts';
import { type CountedPost, type CountedSource, measurePosts } from './measure-posts.ts';

/** Nobody counted who follows. */
const NOBODY = { start: null, end: null };
const WEEK = { from: '2026-11-15', to: '2026-11-21', days: 7 };

const post = (change: Partial<CountedPost>): CountedPost => ({
  ...NO_COUNTS,
  ...{ itemId: '1_1', publishedOn: '2026-11-16', original: null },
  ...change,
});
const source = (posts: readonly CountedPost[], change: Partial<CountedSource> = {}) => ({
  ...{ kind: 'wechat' as const, completeFrom: '2026-11-01', completeTo: '2026-11-21' },
  posts,
  ...change,
});

describe('measures of a period', () => {
  it.each<[string, Parameters<typeof measurePosts>[2], unknown, unknown]>([
    ['at both ends', { start: 900, end: 1000 }, 1000, 100],
    ['fewer than before', { start: 1000, end: 900 }, 900, 0],
    ['at the end only', { start: null, end: 900 }, 900, /没有 2026-11-14 前后三天的粉丝数/],
    ['at the start only', { start: 900, end: null }, /没有 2026-11-21/, /没有 2026-11-21/],
  ])('followers counted %s, whatever the sources show of posts', (_name, counts, all, fresh) => {
    const { followers, newFollowers, posts } = measurePosts(null, WEEK, counts);
    const expected = (what: unknown) =>
      what instanceof RegExp
        ? { value: null, missing: expect.stringMatching(what) }
        : { value: what, missing: null };
    expect([followers, newFollowers]).toEqual([expected(all), expected(fresh)]);
    expect(posts?.value).toBeNull();
  });

  it('are sums, headlines and peaks of what was published in it', () => {
    const measured = measurePosts(
      source([
        post({ itemId: '1_1', reads: 100, likes: 3 }),
        post({ itemId: '1_2', reads: 40, likes: 5 }),
        post({ itemId: '2_1', reads: 900, likes: 90, publishedOn: '2026-11-22' }),
      ]),
      WEEK,
      NOBODY,
    );
    expect(measured).toMatchObject({
      posts: { value: 2 },
      reads: { value: 140 },
      headlineReads: { value: 100 },
      maxReads: { value: 100 },
      maxLikes: { value: 5 },
      originalPosts: { value: null },
      shares: { value: null, missing: '2 条里有 2 条没有转发数' },
    });
  });

  it('of a week that is seen whole and empty are zeros', () => {
    const { posts, reads, maxReads, originalPosts } = measurePosts(source([]), WEEK, NOBODY);
    expect([posts, reads, maxReads, originalPosts].map((each) => each?.value)).toEqual([
      0, 0, 0, 0,
    ]);
  });

  it.each<[string, CountedSource | null, string]>([
    ['no source', null, '没有信源'],
    ['nothing is complete', source([], { completeFrom: null, completeTo: null }), '看不全'],
    ['complete from later', source([], { completeFrom: '2026-11-17' }), '7 天里的 5 天'],
    ['complete to earlier', source([], { completeTo: '2026-11-10' }), '7 天里的 0 天'],
  ])('%s: no number, and why', (_name, given, words) => {
    const { posts, reads } = measurePosts(given, WEEK, NOBODY);
    expect([posts?.value, reads?.missing]).toEqual([null, expect.stringContaining(words)]);
  });

  it('other platforms have no headline', () => {
    expect(
      measurePosts(source([post({})], { kind: 'weibo' }), WEEK, NOBODY).headlineReads?.value,
    ).toBeNull();
  });
});

it.each([
  ['week', '2026-11-29', { from: '2026-11-22', to: '2026-11-28', days: 7 }],
  ['week', '2026-11-28', { from: '2026-11-15', to: '2026-11-21', days: 7 }],
  ['month', '2026-03-31', { from: '2026-02-01', to: '2026-02-28', days: 30 }],
  ['year', '2026-01-01', { from: '2025-01-01', to: '2025-12-31', days: 365 }],
] as const)('the last whole %s before %s', (period, today, expected) => {
  expect(lastWhole(period, today)).toEqual(expected);
});
