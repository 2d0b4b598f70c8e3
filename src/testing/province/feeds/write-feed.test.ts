import { parseFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../documents/workbook.ts';
import { shanghaiDate } from '../../../lib/pure/dates.ts';
import { planFeed } from '../plan/plan-feed.ts';
import { drawFrom } from '../sites/draw.ts';
import type { FeedKind, FeedPlan } from './feed-plan.ts';
import { writeFeed } from './write-feed.ts';

const TODAY = '2020-09-17';

const feedOf = (kind: FeedKind, seed: number, mayFail = false): FeedPlan =>
  planFeed(drawFrom(seed, 'feed'), {
    kind,
    title: '清溪发布 & <号>',
    token: `t${seed}`,
    newest: '2020-09-03',
    alive: seed % 2 === 0,
    mayFail,
    today: TODAY,
  });

const SEEDS = Array.from({ length: 60 }, (_, at) => at + 1);

/** Days on which its entries were published, as an independent reader finds them; a missing zone is China's. */
function daysOf(feed: FeedPlan): string[] {
  const parsed = parseFeed(decodeText(writeFeed(feed).body));
  const day = (text: string | undefined): string[] => {
    if (text === undefined) return [];
    const zoned = /(?:Z|[+-]\d{2}:?\d{2}|GMT)$/.test(text)
      ? text
      : `${text.replace(' ', 'T')}+08:00`;
    return [shanghaiDate(zoned)];
  };
  if (parsed.format === 'rss')
    return (parsed.feed.items ?? []).flatMap((item) => day(item.pubDate));
  if (parsed.format === 'atom')
    return (parsed.feed.entries ?? []).flatMap((entry) => day(entry.published ?? entry.updated));
  return parsed.format === 'json'
    ? (parsed.feed.items ?? []).flatMap((item) => day(item.date_published))
    : [];
}

describe.each(['rss', 'atom', 'jsonfeed'] as const)('%s', (kind) => {
  it('shows exactly its newest day to an independent reader, whatever the dialect', () => {
    const newest = SEEDS.map((seed) =>
      daysOf(feedOf(kind, seed))
        .filter((day) => day <= TODAY)
        .sort()
        .at(-1),
    );
    expect(new Set(newest)).toEqual(new Set(['2020-09-03']));
  });

  it('lists all its items', () => {
    const counts = SEEDS.map((seed) => {
      const feed = feedOf(kind, seed);
      const all = feed.posts.length + Number(feed.pinned !== null) + Number(feed.future !== null);
      return daysOf(feed).length - all;
    });
    expect(new Set(counts)).toEqual(new Set([0]));
  });

  it('names no problem and no rule', () => {
    const texts = SEEDS.map((seed) => decodeText(writeFeed(feedOf(kind, seed, true)).body));
    expect(
      texts.filter((text) =>
        /stale|breach|veto|problem|trap|seed|healthy|无更新|互动回应/iu.test(text),
      ),
    ).toEqual([]);
  });
});

describe('dialects', () => {
  const all = SEEDS.flatMap((seed) =>
    (['rss', 'atom', 'jsonfeed'] as const).map((kind) => feedOf(kind, seed, true)),
  );
  it.each<[string, (feed: FeedPlan) => boolean]>([
    ['GBK', (feed) => feed.charset === 'gbk'],
    ['no zone', (feed) => feed.dateStyle === 'bare'],
    ['UTC', (feed) => feed.dateStyle === 'utc'],
    ['only updated', (feed) => feed.onlyUpdated],
    ['a tombstone', (feed) => feed.removed !== null],
    ['an item of the future', (feed) => feed.future !== null],
    ['an old item on top', (feed) => feed.pinned !== null],
    ['no such page', (feed) => feed.fault === 'missing'],
    ['a broken gateway', (feed) => feed.fault === 'broken'],
    ['a login page', (feed) => feed.fault === 'login'],
    ['no items', (feed) => feed.fault === 'empty'],
  ])('%s occurs', (_name, has) => {
    expect(all.filter(has).length).toBeGreaterThan(0);
  });
});
