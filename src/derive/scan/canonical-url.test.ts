import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/pure/random.ts';
import { canonicalUrl, linkBase, urlKey } from './canonical-url.ts';

const PAGE = 'http://www.x.gov.cn/zwgk/tzgg/index.html?page=2';
const base = linkBase(PAGE)!;

describe('canonicalUrl', () => {
  it.each<[string, string | null]>([
    ['t1.html', 'http://www.x.gov.cn/zwgk/tzgg/t1.html'],
    ['../../a/b.html#top', 'http://www.x.gov.cn/a/b.html'],
    ['?page=3', 'http://www.x.gov.cn/zwgk/tzgg/index.html?page=3'],
    ['//WWW.X.gov.cn:80/A/', 'http://www.x.gov.cn/A/'],
    ['https://www.x.gov.cn:443/', 'https://www.x.gov.cn/'],
    ['http://www.x.gov.cn./a', 'http://www.x.gov.cn/a'],
    ['http://例子.中国/通知.html', 'http://xn--fsqu00a.xn--fiqs8s/%E9%80%9A%E7%9F%A5.html'],
    ['/a%2fb%e4.html', 'http://www.x.gov.cn/a%2Fb%E4.html'],
    ['a.jsp;jsessionid=0A1B?id=1', 'http://www.x.gov.cn/zwgk/tzgg/a.jsp?id=1'],
    ['a.jsp?id=1&JSESSIONID=abc', 'http://www.x.gov.cn/zwgk/tzgg/a.jsp?id=1'],
    ['a.jsp?sid=12&_=1600000000000', 'http://www.x.gov.cn/zwgk/tzgg/a.jsp?sid=12'],
    ['a.jsp?t=1600000000', 'http://www.x.gov.cn/zwgk/tzgg/a.jsp'],
    ['a\n b.html', 'http://www.x.gov.cn/zwgk/tzgg/a%20b.html'],
    ['\\a\\b.html', 'http://www.x.gov.cn/a/b.html'],
    ['#top', null],
    ['', null],
    ['javascript:void(0)', null],
    ['mailto:a@b.cn', null],
    ['http://user:word@x.gov.cn/', null],
    ['http://[bad', null],
    [`/${'a'.repeat(3_000)}`, null],
  ])('%s', (href, expected) => {
    expect(canonicalUrl(href, base)).toBe(expected);
  });

  it('writes Chinese of a query as the page is encoded', () => {
    const gbk = linkBase(PAGE, null, 'gb18030')!;
    expect(canonicalUrl('/s?q=中文', gbk)).toBe('http://www.x.gov.cn/s?q=%D6%D0%CE%C4');
    expect(canonicalUrl('/s?q=中文', base)).toBe('http://www.x.gov.cn/s?q=%E4%B8%AD%E6%96%87');
  });

  it('resolves against <base href>, and against the page where that is no http address', () => {
    expect(canonicalUrl('a', linkBase(PAGE, '/b/c/')!)).toBe('http://www.x.gov.cn/b/c/a');
    expect(canonicalUrl('a', linkBase(PAGE, 'data:,x')!)).toBe('http://www.x.gov.cn/zwgk/tzgg/a');
  });

  it('its short way gives what the URL standard gives', () => {
    const random = seededRandom('urls');
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
    const parts = [
      '/',
      '/',
      '..',
      '.',
      'a',
      'b.html',
      '-',
      '_',
      '?',
      '=',
      '&',
      './',
      '../',
      '//',
      '...',
      't2020',
    ];
    for (let round = 0; round < 20_000; round += 1) {
      const href = Array.from({ length: 1 + Math.floor(random() * 7) }, () => pick(parts)).join('');
      const page = pick([PAGE, 'http://a.cn/', 'http://a.cn:81/x', 'https://a.cn/a/b/c/']);
      const url = URL.parse(href, page);
      // The dot at the end of a host is taken off, which the standard does not do.
      if (url?.hostname.endsWith('.')) continue;
      expect([page, href, canonicalUrl(href, linkBase(page)!)]).toEqual([
        page,
        href,
        url?.hostname ? url.href : null,
      ]);
    }
  });
});

describe('urlKey', () => {
  it('is a safe whole number, another one for another address or seed', () => {
    const keys = new Set<number>();
    for (let page = 0; page < 200_000; page += 1) {
      const key = urlKey(`http://www.x.gov.cn/c${page % 7}/t${page}.html`, 1);
      if (Number.isSafeInteger(key) && key >= 0) keys.add(key);
    }
    expect(keys.size).toBe(200_000);
    expect(urlKey('http://a.cn/', 1)).not.toBe(urlKey('http://a.cn/', 2));
  });
});
