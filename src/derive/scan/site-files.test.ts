import { describe, expect, it } from 'vitest';
import { lookAtFile } from './look-at-file.ts';
import { leadingDate, newestDate } from './newest-date.ts';
import { parseRobots } from './robots.ts';
import { parseSitemap } from './sitemap.ts';

const X = 'http://www.x.gov.cn';

describe('robots.txt (RFC 9309)', () => {
  const robots = parseRobots(
    '\ufeffuser-agent: other\nDisallow: /\n\nUser-Agent: Xunjian/1.0\nuser-agent: z\nCrawl-delay: 3\nDisallow: /a\nAllow: /a/b\n' +
      'Disallow: /*.php$\nDisallow: /q?*=1 # so\nSitemap: http://www.x.gov.cn/m.xml\n\nUser-agent: *\nDisallow: /star',
    'Xunjian',
  );
  it.each([
    ['/', true],
    ['/a', false],
    ['/ab', false],
    ['/a/b/c', true],
    ['/x/y.php', false],
    ['/x/y.php?z', true],
    ['/q?page=1', false],
    ['/star', true],
  ])('%s: %s', (path, allowed) => {
    expect(robots.allows(X + path)).toBe(allowed);
  });
  it('reads delay and sitemaps', () => {
    expect(robots).toMatchObject({ delaySeconds: 3, sitemaps: [`${X}/m.xml`] });
  });
  it('many stars cost no more than pattern times address', () => {
    const hostile = parseRobots(`User-agent: *\nDisallow: /${'*a'.repeat(200)}b`, 'Xunjian');
    const before = process.cpuUsage();
    expect(hostile.allows(`${X}/${'a'.repeat(2_000)}`)).toBe(true);
    expect(process.cpuUsage(before).user).toBeLessThan(500_000);
  });
});

describe('sitemaps', () => {
  it('pages with their dates, references resolved, nonsense left out', () => {
    const text = `<?xml version="1.0"?><urlset><url><loc> ${X}/a?b=1&amp;c=2 </loc><lastmod>2020-09-01T08:00</lastmod></url>
      <url><loc><![CDATA[${X}/b]]></loc></url><url><loc>ftp://x/</loc></url><url><loc>${X}/never closed`;
    expect(parseSitemap(text).pages).toEqual([
      { url: `${X}/a?b=1&c=2`, changedOn: '2020-09-01' },
      { url: `${X}/b`, changedOn: null },
    ]);
  });
  it('an index, a list, a web page instead', () => {
    expect(parseSitemap(`<sitemapindex><loc>${X}/1.xml</loc>`).sitemaps).toEqual([`${X}/1.xml`]);
    expect(parseSitemap(`${X}/a\r\n${X}/b\nnot an address`).pages).toHaveLength(2);
    expect(parseSitemap('<html><body>404</body></html>').pages).toEqual([]);
  });
});

describe('files by their first bytes', () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text.padEnd(100, ' '), 'latin1');
  it.each<[string, string, boolean | null]>([
    ['a.pdf', '%PDF-1.7', true],
    ['a.pdf', '<!DOCTYPE html><html>', false],
    ['a.pdf', 'whatever', false],
    ['a.docx', 'PK\x03\x04', true],
    ['a.docx', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', true],
    ['a.docx', 'encrypted by somebody', null],
    ['a.xls', '<html><table>', null],
    ['a.zip', 'Rar!\x1a\x07', true],
    ['a.zip', '<html>', false],
    ['a.png', '\xff\xd8\xff\xe0', true],
    ['a.png', '<html>', false],
    ['a.ceb', 'Founder', null],
    ['download', 'PK\x03\x04', null],
  ])('%s beginning with %j opens: %s', (name, head, opens) => {
    expect(lookAtFile(`${X}/${name}`, bytes(head), 100).opens).toBe(opens);
  });
  it('an empty file does not open; one of which nothing came is not known', () => {
    expect(lookAtFile(`${X}/a.pdf`, new Uint8Array(0), 0).opens).toBe(false);
    expect(lookAtFile(`${X}/a.pdf`, new Uint8Array(0), null).opens).toBe(null);
  });
});

describe('dates of a page', () => {
  it.each([
    ['2020年9月17日 2020-08-01', '2020-09-17'],
    ['截至2021年3月1日，2020.09.02发布', '2020-09-02'],
    ['2020-02-30 2019/12/31', '2019-12-31'],
    ['12020-09-17 2020-09-171 2020-09.1', null],
  ])('%s', (text, newest) => {
    expect(newestDate(text, '2020-09-17')).toBe(newest);
  });
  it.each([
    ['2020-09-17 10:30', '2020-09-17'],
    ['2020年9月7日', '2020-09-07'],
    ['发布于2020-09-17', null],
    [undefined, null],
  ])('PubDate %s', (value, date) => {
    expect(leadingDate(value)).toBe(date);
  });
});
