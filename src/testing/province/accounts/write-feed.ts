import iconv from 'iconv-lite';
import type { AccountEntry, PostPlan } from '../plan/province-plan.ts';

export interface FeedAnswer {
  readonly contentType: string;
  readonly body: Buffer;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The feed of an account in the dialect that its seed chooses: zones missing, GBK, only `updated`, deleted entries. */
export function writeFeed(account: AccountEntry): FeedAnswer {
  if (account.source === 'jsonfeed') return jsonFeed(account);
  return account.source === 'atom' ? atomFeed(account) : rssFeed(account);
}

/** Office hours, different for every post. */
function clock(account: AccountEntry, index: number): string {
  return `${String(8 + ((account.seed + index * 3) % 10)).padStart(2, '0')}:${String((account.seed + index * 7) % 60).padStart(2, '0')}:00`;
}

function rssFeed(account: AccountEntry): FeedAnswer {
  const dialect = account.seed % 5;
  const items = account.posts
    .filter((post) => !post.deleted)
    .map((post, index) => `<item><title><![CDATA[${post.title}]]></title><link>${linkOf(account, index)}</link><guid isPermaLink="false">${account.accountId}-${index}</guid><pubDate>${rssDate(post.date, clock(account, index), dialect)}</pubDate></item>`);
  const isGbk = dialect === 3;
  const text = `<?xml version="1.0" encoding="${isGbk ? 'GB2312' : 'UTF-8'}"?>\n<rss version="2.0"><channel><title>${escapeXml(account.name)}</title><link>http://feeds.province.test/</link><description>${escapeXml(account.sponsor)}</description>${items.join('\n')}</channel></rss>`;
  return { contentType: isGbk ? 'text/xml' : 'application/rss+xml; charset=utf-8', body: isGbk ? iconv.encode(text, 'gb18030') : Buffer.from(text) };
}

/** RFC 822 in its usual shapes; dialect 2 leaves the zone out, 4 writes ISO. */
function rssDate(date: string, time: string, dialect: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  const day = `${String(at.getUTCDate()).padStart(2, '0')} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  if (dialect === 4) return `${date} ${time}`;
  if (dialect === 2) return `${WEEKDAYS[at.getUTCDay()]}, ${day} ${time}`;
  return `${WEEKDAYS[at.getUTCDay()]}, ${day} ${time} +0800`;
}

function atomFeed(account: AccountEntry): FeedAnswer {
  const onlyUpdated = account.seed % 2 === 0;
  const entries = account.posts.map((post, index) => {
    const at = `${post.date}T${clock(account, index)}+08:00`;
    if (post.deleted) return `<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="tag:${account.accountId},${index}" when="${at}"/>`;
    const published = onlyUpdated ? '' : `<published>${at}</published>`;
    return `<entry><id>tag:${account.accountId},${index}</id><title>${escapeXml(post.title)}</title><link href="${linkOf(account, index)}"/>${published}<updated>${at}</updated></entry>`;
  });
  const text = `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>${escapeXml(account.name)}</title><id>tag:${account.accountId}</id><updated>2026-01-01T00:00:00Z</updated>${entries.join('\n')}</feed>`;
  return { contentType: 'application/atom+xml', body: Buffer.from(text) };
}

function jsonFeed(account: AccountEntry): FeedAnswer {
  const items = account.posts.map((post: PostPlan, index) => ({
    id: `${account.accountId}-${index}`,
    url: linkOf(account, index),
    title: post.title,
    date_published: `${post.date}T${clock(account, index)}+08:00`,
    ...(post.deleted ? { is_deleted: true } : {}),
  }));
  const feed = { version: 'https://jsonfeed.org/version/1.1', title: account.name, items };
  return { contentType: 'application/feed+json', body: Buffer.from(JSON.stringify(feed)) };
}

function linkOf(account: AccountEntry, index: number): string {
  return `http://feeds.province.test/a/${account.sourceKey}${index}.html`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
