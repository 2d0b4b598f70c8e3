import { describe, expect, it } from 'vitest';
import type { CheckedLink } from '../../derive/links/site-links.ts';
import { RenderPool } from '../../gather/browser/render-pool.ts';
import { browseLinks, LINK_PAGE_LIMITS } from '../../gather/links/browse-link.ts';
import { createFetcher } from '../../lib/node/http/create-fetcher.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import { SITE } from '../../testing/labelled/link-cases.ts';
import { PLAIN_LINKS, startLabelledWorld } from '../../testing/labelled/links.ts';
import { SCRIPTED_LINKS } from '../../testing/labelled/scripted-links.ts';
import { answer } from '../../testing/servers/behaviours.ts';
import { type Handler, startServer } from '../../testing/servers/start-server.ts';
import { TEST_NOW } from '../../testing/servers/test-fetcher.ts';
import { checkLinks, type LinkCheck } from './check-links.ts';

const AGENT = 'Mozilla/5.0 (compatible; Xunjian/0.1; +https://example.invalid/contact)';

async function check(
  homeUrl: string,
  resolve: readonly string[],
  pool: RenderPool | null = null,
): Promise<LinkCheck> {
  const fetcher = createFetcher({
    userAgent: AGENT,
    resolve: resolve.map(parseResolveRule),
    pacePerAddressMs: 0,
    now: () => TEST_NOW,
  });
  try {
    return await checkLinks({
      ...{ homeUrl, fetcher, userAgent: AGENT, now: () => TEST_NOW, atOnce: 16 },
      signal: new AbortController().signal,
      isOwnLineDown: async () => false,
      later: { ruledMs: 20, outsideMs: 20 },
      // Long enough for a machine that is busy with other tests: a look that is cut short is a timeout, not a death.
      lookLimitMs: 8_000,
      ...(pool ? { browser: { look: browseLinks(pool, { fetcher }) } } : {}),
    });
  } finally {
    await fetcher.close();
  }
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const page = (title: string, body: string): Handler =>
  answer(
    200,
    `<title>${title}</title><body>${body}<p>各乡镇，县直各单位，现将有关事项通知如下。</p>`,
    HTML,
  );

async function checkPages(
  pages: Readonly<Record<string, Handler>>,
): Promise<{ check: LinkCheck; of: (path: string) => Record<string, unknown> | undefined }> {
  await using server = await startServer((request, response) => {
    (pages[request.url ?? '/'] ?? answer(404, '没有'))(request, response);
  });
  const found = await check('http://www.x.gov.cn/', [`*.x.gov.cn=127.0.0.1:${server.port}`]);
  const of = (path: string): Record<string, unknown> | undefined => {
    const url = path.startsWith('/') ? `http://www.x.gov.cn${path}` : path;
    const link = found.links.find((each) => each.url === url);
    return (
      link && { class: link.verdict.class, from: new URL(link.from).pathname, text: link.text }
    );
  };
  return { check: found, of };
}

describe('the links of a whole site', () => {
  it('are what the labelled set says, found by walking', async () => {
    await using world = await startLabelledWorld();
    const { links, summary } = await check(`${SITE}/all-links/`, world.resolve);
    const found = new Map(links.map(({ url, verdict }) => [url, verdict]));
    const wrong = PLAIN_LINKS.filter(({ url, truth }) => found.get(url)?.class !== truth).map(
      ({ name, url, truth }) => ({ name, truth, found: found.get(url) }),
    );
    expect(wrong).toEqual([]);
    const isDead = ({ truth }: { truth: string }): boolean => truth === 'dead';
    const urls = new Set(PLAIN_LINKS.filter(isDead).map(({ url }) => url));
    const dead = summary.failing.filter((link) => link.class === 'dead' && urls.has(link.url));
    expect(dead).toHaveLength(urls.size);
    expect(dead.every(({ looks, onHome }) => looks.length >= 2 && onHome)).toBe(true);
  });

  it('are opened in a browser before they are called broken, so many of one host', async () => {
    await using world = await startLabelledWorld();
    const now = (): string => TEST_NOW;
    const pool = new RenderPool({
      ...{ chromiumPath: undefined, userAgent: AGENT, limits: LINK_PAGE_LIMITS, now },
    });
    try {
      const { links } = await check(`${SITE}/scripted-links/`, world.resolve, pool);
      const truths = new Map(SCRIPTED_LINKS.map(({ url, truth }) => [url, truth]));
      const isBrowsed = ({ looks }: CheckedLink): boolean =>
        looks.some(({ kind }) => kind === 'browser');
      const own = links.filter(({ url }) => truths.has(url));
      const browsed = own.filter(isBrowsed);
      expect(browsed.map(({ url, verdict }) => [url, verdict.class])).toEqual(
        browsed.map(({ url }) => [url, truths.get(url)]),
      );
      expect(browsed.length).toBeGreaterThanOrEqual(10);
      // The host's turns are over; what was cleared there is not held against the others: none is dead that opens.
      const left = own.filter((link) => !isBrowsed(link));
      const falsely = left.filter(
        ({ url, verdict }) => verdict.class === 'dead' && truths.get(url) !== 'dead',
      );
      expect(falsely).toEqual([]);
      expect(left.some(({ verdict }) => verdict.reason.includes('浏览器'))).toBe(true);
    } finally {
      await pool.close();
    }
  });

  it('count no style or script, and tell of those that are lost', async () => {
    const head =
      '<link rel="stylesheet" href="/css/lost.css"><link rel="stylesheet" href="/css/a.css"><script src="/js/lost.js"></script><script src="http://cdn.other.invalid/x.js"></script>';
    const { check: found, of } = await checkPages({
      '/': page('首页', `${head}<a href="/a/">甲</a>`),
      '/a/': page('甲', `${head}<a href="/js/lost.js">脚本下载</a>`),
      '/css/a.css': answer(200, 'body{color:red}', { 'content-type': 'text/css' }),
    });
    expect(found.links.map(({ url, use }) => [new URL(url).pathname, use])).toEqual([
      ['/css/lost.css', 'asset'],
      ['/js/lost.js', 'page'],
      ['/a/', 'page'],
    ]);
    expect(of('/css/lost.css')).toMatchObject({ class: 'dead' });
    const { home, otherPages, failing } = found.summary;
    expect([home.dead + otherPages.dead, failing.length]).toEqual([1, 2]);
  });

  it('stand where they come first, breadth first, in the same order every time', async () => {
    const pages = {
      '/': page('首页', '<a href="/b/">乙</a><a href="/a/">甲</a>'),
      '/a/': page('甲', '<a href="/gone.html">失效甲</a>'),
      '/b/': page('乙', '<a href="/gone.html">失效乙</a><img src="/x.png">'),
    };
    const { check: first, of } = await checkPages(pages);
    expect(first.links.map(({ url }) => new URL(url).pathname)).toEqual([
      ...['/b/', '/a/', '/gone.html', '/x.png'],
    ]);
    expect(of('/gone.html')).toEqual({ class: 'dead', from: '/b/', text: '失效乙' });
  });

  it('leave out what is no link to check, and what robots.txt forbids', async () => {
    const { check: found, of } = await checkPages({
      '/robots.txt': answer(200, 'User-agent: *\nDisallow: /inner/', {
        'content-type': 'text/plain',
      }),
      '/': page(
        '首页',
        '<a href="mailto:a@x.gov.cn">邮箱</a><a href="tel:110">电话</a><a href="javascript:void(0)">开</a><a href="#top">顶</a><a href="/inner/a.html">内部</a>',
      ),
    });
    expect(found.links).toHaveLength(1);
    expect(of('/inner/a.html')).toMatchObject({ class: 'unobserved' });
  });

  it('are said to be incomplete where a page is too long to be read to its end', async () => {
    const { check: found } = await checkPages({
      '/': page('首页', `<a href="/a.html">甲</a>${'<!-- 很长的注释 -->'.repeat(400_000)}`),
      '/a.html': page('甲', '<p>正文</p>'),
    });
    expect(found.links.map(({ verdict }) => verdict.class)).toEqual(['ok']);
    expect(found.summary).toMatchObject({ complete: false });
    expect(found.summary.incompleteReason).toMatch(/1 页过长/);
  });

  it('are found wrong by what they promise', async () => {
    const long = '正文说的是别的事情，与链接文字没有一点关系，写得长一些才算一篇文章。'.repeat(6);
    const { of } = await checkPages({
      '/': page(
        '某县人民政府',
        '<a href="/">首页</a><a href="/n/1.html">关于公布农村饮水安全工程名单的通知</a><a href="/n/2.html">关于开展消防安全检查的通知</a><a href="http://jy.x.gov.cn/">某县财政局</a>',
      ),
      '/n/1.html': page('县领导看望运动员', `<h1>县领导看望运动员</h1>${long}`),
      '/n/2.html': page(
        '关于开展消防安全检查的通知',
        `<a href="/index.html">居民医保网上缴费</a>${long}`,
      ),
      '/index.html': page('某县人民政府', '<h2>要闻</h2>'),
    });
    expect(of('/n/1.html')).toMatchObject({ class: 'wrongTarget' });
    expect(of('/n/2.html')).toMatchObject({ class: 'ok' });
    expect(of('/index.html')).toMatchObject({ class: 'wrongTarget', from: '/n/2.html' });
    // The whole host answers as the county's own home page: the portal may carry its bureau's pages.
    expect(of('http://jy.x.gov.cn/')).toMatchObject({ class: 'ok' });
  });

  it('are found wrong by other words than those with which they stand first', async () => {
    const long = '正文说的是本文标题所说的事情，写得长一些才算一篇文章，免得被当作空页面。'.repeat(
      6,
    );
    const title = '县领导调研饮水安全';
    const { of } = await checkPages({
      '/': page('某县人民政府', `<a href="/n/1.html">${title}</a><a href="/n/2.html">公告</a>`),
      '/n/1.html': page(title, `<h1>${title}</h1>${long}`),
      '/n/2.html': page(
        '公告',
        `全文见：<a href="/n/1.html">《烟花爆竹安全管理条例》</a><p>${long}</p>`,
      ),
    });
    expect(of('/n/1.html')).toEqual({
      ...{ class: 'wrongTarget', from: '/n/2.html', text: '《烟花爆竹安全管理条例》' },
    });
  });

  it('are soft 404 where the site shows the same page at any address', async () => {
    const menu = '<ul><li>政务公开</li><li>办事服务</li><li>互动交流</li></ul>'.repeat(3);
    const lost: Handler = answer(200, `<title>某局</title>${menu}<img src="/oops.gif">`, HTML);
    await using server = await startServer((request, response) => {
      const known: Readonly<Record<string, Handler>> = {
        '/': page('某局', `${menu}<a href="/a.html">动态</a><a href="/b.html">公告</a>`),
        '/a.html': answer(
          200,
          `<title>某局</title>${menu}<h1>值班</h1><p>假期照常值班。</p>`,
          HTML,
        ),
      };
      (known[request.url ?? '/'] ?? lost)(request, response);
    });
    const { links } = await check('http://www.x.gov.cn/', [`*.x.gov.cn=127.0.0.1:${server.port}`]);
    const found = Object.fromEntries(
      links.map(({ url, verdict }) => [new URL(url).pathname, verdict.class]),
    );
    expect(found).toEqual({ '/a.html': 'ok', '/b.html': 'soft404', '/oops.gif': 'soft404' });
  });

  it('guessed from a script cannot fail', async () => {
    const { of } = await checkPages({
      '/': page(
        '首页',
        `<a href="javascript:void(0)" onclick="window.open('/gone.html')">查看</a>`,
      ),
    });
    expect(of('/gone.html')).toMatchObject({ class: 'unobserved' });
  });
});
