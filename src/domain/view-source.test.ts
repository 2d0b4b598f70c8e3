import { describe, expect, it } from 'vitest';
import { sourcePost } from '../testing/facts/account-views.ts';
import { SOURCE_POSTS_MAX, type SourceView } from './account-sources.ts';
import { rememberPosts, type SourceItem, viewSource } from './view-source.ts';

const WINDOW = { from: '2020-09-03', to: '2020-09-16' };
const view = (...items: readonly SourceItem[]): SourceView =>
  viewSource({
    kind: 'weibo',
    level: 'A1',
    items,
    monitoredAt: '2020-09-17T15:59:59.999Z',
    complete: WINDOW,
  });
const undated = (itemId: string): SourceItem => ({
  ...sourcePost('2020-09-01', { itemId }),
  publishedOn: null,
});

describe('what a source shows', () => {
  it.each<[string, readonly SourceItem[], string | null]>([
    ['nothing', [], null],
    [
      'the newest by date, not by place',
      [sourcePost('2020-08-01'), sourcePost('2020-09-02')],
      '2020-09-02',
    ],
    [
      'an old pinned item on top is not newest',
      [sourcePost('2020-01-01', { pinned: true }), sourcePost('2020-09-02')],
      '2020-09-02',
    ],
    [
      'a pinned item that is the newest is an update',
      [sourcePost('2020-09-10', { pinned: true }), sourcePost('2020-09-02')],
      '2020-09-10',
    ],
    [
      'a deleted one is not newest',
      [sourcePost('2020-09-10', { deleted: true }), sourcePost('2020-09-02')],
      '2020-09-02',
    ],
    [
      'one of the future is not newest',
      [sourcePost('2020-09-18'), sourcePost('2020-09-17')],
      '2020-09-17',
    ],
    ['one without a date is not newest', [undated('u'), sourcePost('2020-09-02')], '2020-09-02'],
    [
      'a repeated id: its latest date counts',
      [
        undated('x'),
        sourcePost('2020-08-01', { itemId: 'x' }),
        sourcePost('2020-09-10', { itemId: 'x' }),
      ],
      '2020-09-10',
    ],
  ])('%s', (_name, items, newest) => {
    expect(view(...items).newest?.publishedOn ?? null).toBe(newest);
  });

  it('counts what it cannot date and what is still to come, deleted ones never', () => {
    const items = [
      ...[undated('u'), { ...undated('v'), deleted: true }, sourcePost('2020-09-18')],
      ...[sourcePost('2020-09-19', { deleted: true }), sourcePost('2020-09-02')],
    ];
    expect(view(...items)).toMatchObject({ itemCount: 3, futureItems: 1, undatedItems: 1 });
  });

  it('keeps the newest posts, newest first, and says how many there were', () => {
    const days = Array.from({ length: SOURCE_POSTS_MAX + 20 }, (_, at) =>
      sourcePost('2020-08-01', {
        itemId: `p${at}`,
        publishedAt: new Date(1_596_240_000_000 + at * 60_000).toISOString(),
      }),
    );
    const { posts, itemCount } = view(...days);
    expect([posts.length, itemCount]).toEqual([SOURCE_POSTS_MAX, days.length]);
    expect([posts[0]?.itemId, posts.at(-1)?.itemId]).toEqual(['p119', 'p20']);
  });
});

describe('an item that was taken back breaks the silence before it', () => {
  it.each<[string, readonly SourceItem[], string | null]>([
    ['none was', [sourcePost('2020-09-10')], '2020-09-03'],
    ['in the window', [sourcePost('2020-09-10', { deleted: true })], '2020-09-11'],
    ['on the first day', [sourcePost('2020-09-03', { deleted: true })], '2020-09-04'],
    ['before it', [sourcePost('2020-09-02', { deleted: true })], '2020-09-03'],
    ['on the last day: nothing is left', [sourcePost('2020-09-16', { deleted: true })], null],
  ])('%s', (_name, items, from) => {
    const { completeFrom, completeTo } = view(...items);
    expect([completeFrom, completeTo]).toEqual([from, from === null ? null : WINDOW.to]);
  });

  it('also one that was seen before and is gone now', () => {
    const now = view(sourcePost('2020-08-01'));
    const after = rememberPosts(now, [sourcePost('2020-09-10'), sourcePost('2020-08-01')]);
    expect(after).toMatchObject({ completeFrom: '2020-09-11', completeTo: '2020-09-16' });
    expect(after.posts.map(({ itemId, deleted }) => [itemId, deleted])).toEqual([
      ['2020-09-10', true],
      ['2020-08-01', false],
    ]);
    expect(after.newest?.publishedOn).toBe('2020-08-01');
  });

  it.each<[string, SourceView, string]>([
    ['an item that is still shown', view(sourcePost('2020-09-10')), '2020-09-10'],
    ['one of days that were not read', view(), '2020-09-02'],
    [
      'one of a source that never shows everything',
      { ...view(), completeFrom: null, completeTo: null },
      '2020-09-10',
    ],
  ])('but not %s', (_name, now, seen) => {
    expect(rememberPosts(now, [sourcePost(seen)])).toBe(now);
  });

  it('nor one older than the posts that were kept', () => {
    const many = Array.from({ length: SOURCE_POSTS_MAX }, (_, at) =>
      sourcePost('2020-09-10', { itemId: `p${at}` }),
    );
    const now = view(...many);
    expect(rememberPosts(now, [sourcePost('2020-09-10', { itemId: 'cut' })])).toBe(now);
    expect(rememberPosts(now, [sourcePost('2020-09-11', { itemId: 'gone' })]).completeFrom).toBe(
      '2020-09-12',
    );
  });
});
