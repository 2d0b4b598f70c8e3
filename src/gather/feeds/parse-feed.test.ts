import { describe, expect, it } from 'vitest';
import { type FeedEntry, parseFeed } from './parse-feed.ts';

const ON = '2020-09-17T02:00:00.000Z';
const RFC822 = 'Thu, 17 Sep 2020 10:00:00 +0800';
const ISO = '2020-09-17T10:00:00+08:00';
const ITEM = `<item><title>标题</title><link>http://a.cn/1</link><pubDate>${RFC822}</pubDate></item>`;

function entriesOf(text: string): readonly FeedEntry[] {
  const parsed = parseFeed(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.entries;
}
const rss = (items: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>频道</title><pubDate>${RFC822}</pubDate>${items}</channel></rss>`;
const atom = (inner: string): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><updated>${ISO}</updated><entry><title>标题</title><link href="http://a.cn/1"/>${inner}</entry></feed>`;
const json = (item: object): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    items: [{ title: '标题', url: 'http://a.cn/1', ...item }],
  });

describe('dialects', () => {
  it.each([
    ['RSS 2.0', rss(ITEM)],
    ['RSS with a BOM and blank lines', `\uFEFF\n\n${rss(ITEM)}`],
    ['RSS without its outer element', `<channel>${ITEM}</channel>`],
    ['RSS with CDATA', rss(ITEM.replace('标题', '<![CDATA[标题]]>'))],
    ['RSS with dc:date', rss(ITEM.replace(/<pubDate>.*<\/pubDate>/, `<dc:date>${ISO}</dc:date>`))],
    [
      'RSS with atom:link before its link',
      rss(ITEM.replace('<link>', '<atom:link href="http://a.cn/self" rel="self"/><link>')),
    ],
    ['RDF', `<rdf:RDF><channel/>${ITEM}</rdf:RDF>`],
    ['Atom', atom(`<published>${ISO}</published>`)],
    [
      'Atom with an edit after publication',
      atom(`<updated>2020-09-18T00:00:00Z</updated><published>${ISO}</published>`),
    ],
    ['Atom with only updated', atom(`<updated>${ISO}</updated>`)],
    [
      'Atom with several links',
      atom(`<link rel="alternate" href="http://a.cn/1"/><published>${ISO}</published>`).replace(
        '<link href="http://a.cn/1"/>',
        '<link rel="self" href="http://a.cn/s"/>',
      ),
    ],
    [
      'Atom with a prefix',
      `<atom:feed xmlns:atom="x"><atom:entry><atom:title>标题</atom:title><atom:link href="http://a.cn/1"/><atom:updated>${ISO}</atom:updated></atom:entry></atom:feed>`,
    ],
    ['JSON Feed', json({ date_published: ISO })],
    ['JSON Feed with only date_modified', json({ date_modified: ISO })],
    ['JSON with seconds', json({ date_published: 1600308000 })],
    [
      'a bare JSON array',
      JSON.stringify([{ title: '标题', url: 'http://a.cn/1', date_published: ISO }]),
    ],
  ])('%s', (_name, text) => {
    expect(entriesOf(text)).toEqual([
      { id: 'http://a.cn/1', title: '标题', url: 'http://a.cn/1', at: ON, deleted: false },
    ]);
  });

  it('the date of the channel is nobody’s item', () => {
    expect(entriesOf(rss(''))).toEqual([]);
    expect(entriesOf(rss('<item><title>无日期</title></item>'))[0]?.at).toBeNull();
  });

  it('an entry without a link is known by its id', () => {
    expect(entriesOf(rss('<item><guid>urn:1</guid></item>'))[0]?.url).toBe('urn:1');
  });

  it.each([
    ['RSS', rss(ITEM.replace('<item>', '<item><guid isPermaLink="false">g1</guid>'))],
    ['Atom', atom(`<id>g1</id><published>${ISO}</published>`)],
    ['RDF', `<rdf:RDF><channel/>${ITEM.replace('<item>', '<item rdf:about="g1">')}</rdf:RDF>`],
    ['JSON Feed', json({ id: 'g1', date_published: ISO })],
  ])('ids: %s', (_name, text) => {
    expect(entriesOf(text)[0]).toMatchObject({ id: 'g1', url: 'http://a.cn/1', at: ON });
  });

  it.each([
    ['the beginning of Unix time', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['the beginning of the calendar', '0001-01-01T00:00:00Z'],
    ['a year before any platform', '2009-08-13T00:00:00Z'],
    ['no number of seconds', '0'],
    ['a year of five digits', '20200-09-17'],
    ['a thirty-first of February', '31 Feb 2020 10:00:00 +0800'],
  ])('an absurd date is none: %s', (_name, date) => {
    const item = ITEM.replace(RFC822, date);
    expect(entriesOf(rss(item))[0]?.at).toBeNull();
  });
});

describe('deleted items', () => {
  it.each([
    [
      'Atom tombstone (RFC 6721)',
      `<feed xmlns:at="x"><at:deleted-entry ref="1" when="${ISO}"/></feed>`,
    ],
    ['an element', rss(ITEM.replace('</item>', '<deleted>true</deleted></item>'))],
    [
      'an element with a prefix',
      rss(ITEM.replace('</item>', '<x:isDeleted>1</x:isDeleted></item>')),
    ],
    ['an attribute', rss(ITEM.replace('<item>', '<item deleted="true">'))],
    ['a status', rss(ITEM.replace('</item>', '<status>deleted</status></item>'))],
    ['JSON', json({ is_deleted: true })],
    ['JSON extension', json({ _xj: { deleted: 1 } })],
    ['JSON with a line of its own', json({ _deleted: true })],
  ])('marked by %s', (_name, text) => {
    expect(entriesOf(text).map((entry) => entry.deleted)).toEqual([true]);
  });

  it.each([
    ['false', rss(ITEM.replace('</item>', '<deleted>false</deleted></item>'))],
    ['0', json({ is_deleted: 0 })],
    ['null', json({ deleted: null })],
    ['another word', rss(ITEM.replace('</item>', '<undeleted>true</undeleted></item>'))],
    ['another status', json({ status: 'published' })],
  ])('not by %s', (_name, text) => {
    expect(entriesOf(text).map((entry) => entry.deleted)).toEqual([false]);
  });
});

describe('what is no feed', () => {
  const BOMB =
    '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>';
  it.each([
    ['nothing', ' \n', '为空'],
    ['a page', '<!DOCTYPE html><html><body>404</body></html>', '网页'],
    ['words', 'not found', '不是 RSS'],
    ['other XML', '<sitemap><url/></sitemap>', '不是 RSS'],
    ['an entity bomb', BOMB, '实体'],
    [
      'an entity that reads a file',
      '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
      '实体',
    ],
    ['broken JSON', '{"items":[', 'JSON'],
    ['JSON without items', '{"errcode":40001}', 'items'],
    ['JSON whose items are none', '{"items":"x"}', 'items'],
    ['elements nested without end', rss(`<item><title>${'<a>'.repeat(300_000)}`), '嵌套过深'],
  ])('%s', (_name, text, words) => {
    const parsed = parseFeed(text);
    expect(parsed).toMatchObject({ ok: false, reason: expect.stringContaining(words) });
  });

  it('items that are none are passed over', () => {
    expect(entriesOf('{"items":[null,1,"x",{"title":"有"}]}').map((entry) => entry.title)).toEqual([
      '有',
    ]);
  });

  it('reads so many entries and no more, each cut at a length', () => {
    const entries = entriesOf(rss(ITEM.replace('标题', '长'.repeat(5000)).repeat(2500)));
    expect(entries).toHaveLength(2000);
    expect(entries[0]?.title).toHaveLength(500);
  });

  it('no cut halves a character', () => {
    const long = `长${'😀'.repeat(400)}`;
    const feeds = [
      rss(`<item><title>${long}</title><guid>${long}</guid></item>`),
      JSON.stringify({ items: [{ content_text: `${'长'.repeat(59)}😀`, id: long }] }),
      JSON.stringify({ items: [{ title: long, url: long }] }),
    ];
    for (const { title, url } of feeds.flatMap((text) => entriesOf(text))) {
      expect([title.isWellFormed(), url.isWellFormed()]).toEqual([true, true]);
    }
    expect(entriesOf(feeds[1]!)).toMatchObject([{ title: '长'.repeat(59) }]);
  });

  it('entities that XML itself knows are read, others stay as they stand', () => {
    const [entry] = entriesOf(rss(ITEM.replace('标题', '甲&amp;乙&lt;丙&#20013;')));
    expect(entry?.title).toBe('甲&乙<丙中');
  });
});
