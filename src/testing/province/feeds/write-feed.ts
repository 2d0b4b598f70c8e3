import iconv from 'iconv-lite';
import { addDays } from '../../../lib/pure/dates.ts';
import type { DateStyle, FeedPlan, Post } from './feed-plan.ts';

export interface FeedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
] as const;

/** A feed's bytes in the dialect that its plan chooses. */
export function writeFeed(feed: FeedPlan): FeedAnswer {
  if (feed.fault === 'missing') return textAnswer(404, 'text/html', '<h1>404 Not Found</h1>');
  if (feed.fault === 'broken') return textAnswer(502, 'text/html', '<h1>502 Bad Gateway</h1>');
  if (feed.fault === 'login') return textAnswer(200, 'text/html; charset=utf-8', LOGIN);
  const shown = feed.fault === 'empty' ? { ...feed, posts: [], pinned: null, future: null } : feed;
  if (feed.kind === 'rss') return rss(shown);
  return feed.kind === 'atom' ? atom(shown) : jsonFeed(shown);
}

const LOGIN =
  '<!DOCTYPE html><html><head><meta charset="utf-8"><title>登录</title></head><body><form method="post"><p>登录状态已过期，请扫码。</p></form></body></html>';

/** What stands first is not always newest. */
const listed = (feed: FeedPlan): Post[] => [
  ...(feed.pinned ? [feed.pinned] : []),
  ...(feed.future ? [feed.future] : []),
  ...feed.posts,
];

function rss(feed: FeedPlan): FeedAnswer {
  const items = listed(feed).map(
    (post, at) =>
      `<item><title><![CDATA[${post.title}]]></title><link>${linkOf(feed, post, at)}</link><guid isPermaLink="false">${idOf(feed, post, at)}</guid><description>&lt;p&gt;${escapeXml(post.title)}&lt;/p&gt;</description><pubDate>${rfc822(post, feed.dateStyle)}</pubDate></item>`,
  );
  const built = rfc822({ on: feed.touchedOn, time: '21:30' }, 'offset');
  const gbk = feed.charset === 'gbk';
  const text = `<?xml version="1.0" encoding="${gbk ? 'GB2312' : 'UTF-8'}"?>
<rss version="2.0"><channel><title>${escapeXml(feed.title)}</title><link>${feed.url}</link><description>${escapeXml(feed.title)}</description><lastBuildDate>${built}</lastBuildDate>
${items.join('\n')}
</channel></rss>`;
  const body = gbk ? iconv.encode(text, 'gb18030') : Buffer.from(text);
  return {
    status: 200,
    contentType: gbk ? 'text/xml' : 'application/rss+xml; charset=utf-8',
    body,
  };
}

function atom(feed: FeedPlan): FeedAnswer {
  const entries = listed(feed).map((post, at) => {
    const published = rfc3339(post, feed.dateStyle);
    // An old entry that was touched again is no new item, as long as it says when it was published.
    const touched =
      at % 2 === 0 ? rfc3339({ on: feed.touchedOn, time: '20:10' }, 'offset') : published;
    const dates = feed.onlyUpdated
      ? `<updated>${published}</updated>`
      : `<published>${published}</published><updated>${touched}</updated>`;
    return `<entry><id>${idOf(feed, post, at)}</id><title>${escapeXml(post.title)}</title><link rel="alternate" href="${linkOf(feed, post, at)}"/>${dates}</entry>`;
  });
  const { removed } = feed;
  const tombstone = removed
    ? `<at:deleted-entry ref="${idOf(feed, removed, 99)}" when="${rfc3339(removed, 'offset')}"/>\n`
    : '';
  const text = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>${escapeXml(feed.title)}</title><id>${feed.url}</id><updated>${rfc3339({ on: feed.touchedOn, time: '21:30' }, 'offset')}</updated>
${tombstone}${entries.join('\n')}
</feed>`;
  return textAnswer(200, 'application/atom+xml; charset=utf-8', text);
}

function jsonFeed(feed: FeedPlan): FeedAnswer {
  const items = listed(feed).map((post, at) => ({
    id: idOf(feed, post, at),
    url: linkOf(feed, post, at),
    title: post.title,
    content_text: post.title,
    date_published: rfc3339(post, feed.dateStyle),
  }));
  const value = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    feed_url: feed.url,
    items,
  };
  return textAnswer(200, 'application/feed+json; charset=utf-8', JSON.stringify(value));
}

type When = Pick<Post, 'on' | 'time'>;

/** Day and time in UTC: before eight in the morning it is still the day before there. */
function inUtc({ on, time }: When): When {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const shifted = (hour + 16) % 24;
  return {
    on: hour < 8 ? addDays(on, -1) : on,
    time: `${String(shifted).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
  };
}

function rfc3339(when: When, style: DateStyle): string {
  if (style === 'bare') return `${when.on}T${when.time}:00`;
  if (style === 'offset') return `${when.on}T${when.time}:00+08:00`;
  const { on, time } = inUtc(when);
  return `${on}T${time}:00Z`;
}

function rfc822(when: When, style: DateStyle): string {
  if (style === 'bare') return `${when.on} ${when.time}:00`;
  const { on, time } = style === 'utc' ? inUtc(when) : when;
  const day = new Date(`${on}T00:00:00Z`);
  const date = `${on.slice(8)} ${MONTHS[day.getUTCMonth()]} ${on.slice(0, 4)}`;
  return `${WEEKDAYS[day.getUTCDay()]}, ${date} ${time}:00 ${style === 'utc' ? 'GMT' : '+0800'}`;
}

const numberOf = (post: Post, at: number): string =>
  `${post.on.replaceAll('-', '')}${post.time.slice(0, 2)}${at}`;

const idOf = (feed: FeedPlan, post: Post, at: number): string =>
  `${feed.url}#${numberOf(post, at)}`;

const linkOf = (feed: FeedPlan, post: Post, at: number): string =>
  `${new URL(feed.url).origin}/a/${numberOf(post, at)}.html`;

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function textAnswer(status: number, contentType: string, text: string): FeedAnswer {
  return { status, contentType, body: Buffer.from(text) };
}
