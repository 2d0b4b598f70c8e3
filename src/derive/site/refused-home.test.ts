import { describe, expect, test } from 'vitest';
import { type Answer, crawl, HOME, html } from './test-sites.ts';

const reasonOf = (fact: { readonly state: string; readonly reason?: string }): string =>
  fact.state === 'unobserved' ? (fact.reason ?? '') : fact.state;

describe('a home page that only says why there is none', () => {
  test.each<[string, Record<string, Answer>, RegExp]>([
    ['maintenance', { '/': html('某县人民政府', '<p>网站正在升级维护，请稍后访问。</p>') }, /维护/],
    [
      'a program error',
      { '/': html('', '<h1>HTTP Status 500 – Internal Server Error</h1>') },
      /500/,
    ],
    ['only for some', { '/': html('提示', '<p>本网站仅限中国大陆境内用户访问</p>') }, /境内/],
    [
      'said in a box',
      { '/': '<script>alert("网站正在升级维护");history.back();</script>' },
      /维护/,
    ],
    [
      'refused behind an entry page',
      {
        '/': '<html><head><meta http-equiv="refresh" content="0;url=/index.html"></head></html>',
        '/index.html': { status: 403, outcome: 'refused' },
      },
      /403/,
    ],
  ])('nothing was seen of the site: %s', (_name, pages, reason) => {
    const byPath = Object.fromEntries(
      Object.entries(pages).map(([path, answer]) => [new URL(path, HOME).pathname, answer]),
    );
    const { home, sections, channels, services, footer, tags, marks, pageTags } = crawl(byPath);
    for (const fact of [home, sections, channels, services, footer, tags, marks, pageTags])
      expect(reasonOf(fact)).toMatch(reason);
  });
  test('an application that draws itself has no foot that was seen', () => {
    const shell = '<body><div id="app"></div><script src="/app.js"></script></body>';
    const { home, footer } = crawl({ '/': `<title>某县人民政府</title>${shell}` });
    expect([home.state, footer.state]).toEqual(['unobserved', 'unobserved']);
  });
  test('a home page that carries a notice of maintenance is one', () => {
    const menu = '<a href="/xwdt/">新闻动态</a><a href="/zwgk/">政务公开</a>';
    const items = [1, 2, 3].map(
      (day) =>
        `<li><a href="/xwdt/${day}.html">全县第${day}次项目建设推进会召开</a><span>2020-09-1${day}</span></li>`,
    );
    const body = `${menu}<p>网站正在升级维护，部分栏目暂停更新。</p><ul class="list">${items.join('')}</ul>`;
    expect(crawl({ '/': html('某县人民政府', body) }).home.state).toBe('observed');
  });
});
