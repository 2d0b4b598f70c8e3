import { describe, expect, it } from 'vitest';
import type { CrawlRequest, FetchedPage } from '../../domain/crawl.ts';
import * as behave from '../../testing/servers/behaviours.ts';
import { type Handler, startServer } from '../../testing/servers/start-server.ts';
import { impatient, TEST_NOW, testFetcher } from '../../testing/servers/test-fetcher.ts';
import { type CrawlBudget, type CrawlCounts, crawlSite } from './crawl-site.ts';

const PAGE = '<html><body><a href="/">某某市人民政府</a></body></html>';
const BUDGET: CrawlBudget = { requests: 100, bytes: 50_000_000, milliseconds: 5000 };

type Want = Partial<CrawlRequest> & { readonly path: string };
interface Walked {
  readonly pages: readonly FetchedPage[];
  readonly counts: CrawlCounts;
  readonly asked: readonly string[];
}

/** Walks a server with a reader that wants `links[path]` after it has read a path. */
async function walk(
  handler: Handler,
  links: Readonly<Record<string, readonly Want[]>>,
  budget: Partial<CrawlBudget> = {},
): Promise<Walked> {
  await using server = await startServer(handler);
  await using fetcher = testFetcher();
  const toRequest = ({ path, ...more }: Want): CrawlRequest => ({
    url: new URL(path, server.url).href,
    role: 'section',
    name: path,
    ownerUrl: null,
    level: 1,
    priority: 1,
    ...more,
  });
  const pages: FetchedPage[] = [];
  const counts = await crawlSite({
    reader: {
      start: () => [toRequest({ path: '/', role: 'home', priority: 0 })],
      read: (page) => (links[new URL(page.request.url).pathname] ?? []).map(toRequest),
    },
    fetcher: impatient(fetcher, 400),
    budget: { ...BUDGET, ...budget },
    signal: new AbortController().signal,
    now: () => TEST_NOW,
    onPage: (page) => pages.push(page),
  });
  return { pages, counts, asked: server.seen.map((request) => request.url) };
}

const numbered = (count: number): Want[] =>
  Array.from({ length: count }, (_, n) => ({ path: `/p${n}` }));

describe('the walk through a site', () => {
  it('goes the most important way first', async () => {
    const links = {
      '/': [
        { path: '/last', priority: 9 },
        ...numbered(8).map((want) => ({ ...want, priority: 5 })),
        { path: '/first', priority: 1 },
      ],
    };
    const { asked } = await walk(behave.answer(200, PAGE), links);
    expect(asked[0]).toBe('/');
    expect(asked[1]).toBe('/first');
    expect(asked.at(-1)).toBe('/last');
  });

  it('asks nothing twice, whatever its fragment', async () => {
    const links = {
      '/': [{ path: '/a' }, { path: '/a#top' }, { path: '/a' }],
      '/a': [{ path: '/a' }, { path: '/', role: 'home' as const }],
    };
    const { asked, counts } = await walk(behave.answer(200, PAGE), links);
    expect(asked).toEqual(['/', '/a']);
    expect(counts).toMatchObject({ pages: 2, hitLimits: [] });
  });

  it('a page serves two roles when the reader says so', async () => {
    const { pages } = await walk(behave.answer(200, PAGE), {
      '/': [{ path: '/a' }, { path: '/a', role: 'board' }],
    });
    expect(pages.map((page) => page.request.role).sort()).toEqual(['board', 'home', 'section']);
  });

  it('a redirect’s target is known', async () => {
    const handler = behave.routes({
      '/': behave.answer(200, PAGE),
      '/a': behave.redirect('/b'),
      '/b': behave.answer(200, PAGE),
    });
    const { asked } = await walk(handler, { '/': [{ path: '/a' }], '/a': [{ path: '/b' }] });
    expect(asked).toEqual(['/', '/a', '/b']);
  });

  it.each<[string, Partial<CrawlBudget>, string]>([
    ['requests', { requests: 3 }, '3 次请求'],
    ['bytes', { bytes: 1 }, 'MB'],
    ['time', { milliseconds: 0 }, '秒'],
  ])(
    'beyond the budget of %s pages are refused with the reason, none is lost',
    async (_name, budget, words) => {
      const { pages, counts, asked } = await walk(
        behave.answer(200, PAGE),
        { '/': numbered(10) },
        budget,
      );
      const refused = pages.filter((page) => page.outcome === 'refused');
      expect(asked.length).toBeLessThanOrEqual(3);
      expect(counts.pages).toBe(asked.length);
      expect(pages.length).toBe(11);
      expect(refused.length).toBe(pages.length - asked.length);
      expect(refused.every((page) => page.reason?.includes(words))).toBe(true);
      expect(counts.hitLimits.join()).toContain(words);
    },
  );

  it('a reader that wants everything is cut, and told', async () => {
    const { counts, pages } = await walk(
      behave.answer(200, PAGE),
      { '/': numbered(2100) },
      { requests: 2 },
    );
    expect(counts.hitLimits.join()).toContain('2000');
    expect(pages.length).toBeLessThanOrEqual(2001);
  });

  it('an abort ends the walk', async () => {
    await using server = await startServer(behave.hang);
    await using fetcher = testFetcher();
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 30);
    const home: CrawlRequest = {
      url: server.url,
      role: 'home',
      name: '',
      ownerUrl: null,
      level: 0,
      priority: 0,
    };
    const input = {
      reader: { start: () => [home], read: () => [] },
      fetcher,
      budget: BUDGET,
      signal: abort.signal,
      now: () => TEST_NOW,
      onPage: () => undefined,
    };
    await expect(crawlSite(input)).rejects.toThrow();
  });
});

describe('one page', () => {
  const only = async (
    handler: Handler,
  ): Promise<{ page: FetchedPage; asked: readonly string[] }> => {
    const { pages, asked } = await walk(handler, {});
    return { page: pages[0]!, asked };
  };

  it.each<[string, Handler, Partial<FetchedPage>, number]>([
    ['a page', behave.answer(200, PAGE), { outcome: 'ok', status: 200 }, 1],
    [
      '404',
      behave.answer(404, PAGE),
      { outcome: 'http-error', errorClass: 'http4xx', reason: '返回 404' },
      1,
    ],
    ['500 for good', behave.answer(500, PAGE), { outcome: 'http-error', errorClass: 'http5xx' }, 3],
    [
      '503 in passing',
      behave.inTurn(behave.answer(503), behave.answer(200, PAGE)),
      { outcome: 'ok' },
      2,
    ],
    [
      'a reset in passing',
      behave.inTurn(behave.reset, behave.answer(200, PAGE)),
      { outcome: 'ok' },
      2,
    ],
    ['resets for good', behave.reset, { outcome: 'failed', errorClass: 'reset', status: null }, 3],
    [
      'a redirect loop',
      behave.redirect('/'),
      { outcome: 'failed', errorClass: 'redirect-loop' },
      1,
    ],
    [
      'a redirect inside',
      behave.redirect('http://10.0.0.1/'),
      { outcome: 'refused', errorClass: 'forbidden-address' },
      1,
    ],
    ['401', behave.answer(401), { outcome: 'blocked' }, 1],
    ['403', behave.answer(403), { outcome: 'blocked' }, 1],
    ['429', behave.answer(429), { outcome: 'blocked' }, 1],
    ['521', behave.answer(521), { outcome: 'blocked' }, 1],
    ['a script-only page', behave.answer(200, behave.SCRIPT_ONLY_PAGE), { outcome: 'blocked' }, 1],
    ['a body without end', behave.endless(), { outcome: 'ok', truncated: true }, 1],
    [
      'a pdf',
      behave.endless('application/pdf'),
      { outcome: 'ok', truncated: false, snapshot: null },
      1,
    ],
  ])('%s', async (_name, handler, expected, requests) => {
    const { page, asked } = await only(handler);
    expect(page).toMatchObject(expected);
    expect(asked).toHaveLength(requests);
  });

  it('the cookie of a refusal is sent back once', async () => {
    const opened = await only(behave.cookieGate(PAGE));
    expect(opened).toMatchObject({ page: { outcome: 'ok', status: 200 } });
    expect(opened.asked).toHaveLength(2);
    const shut = await only(behave.answer(412, '', { 'set-cookie': 'a=1' }));
    expect(shut).toMatchObject({ page: { outcome: 'blocked', status: 412 } });
    expect(shut.asked).toHaveLength(2);
  });

  it('a body is cut at 3 MB and named by its hash', async () => {
    const { page } = await only(behave.endless());
    expect(page.body.byteLength).toBe(3 * 1024 * 1024);
    expect(page.snapshot).toMatch(/^[0-9a-f]{64}$/);
  });
});

it('hands every response on the way to the archive: redirects, failed tries, the page last, as received', async () => {
  let tries = 0;
  const { pages } = await walk((request, response) => {
    if (request.url === '/') return behave.redirect('/a')(request, response);
    tries += 1;
    response.writeHead(tries < 2 ? 503 : 200, tries < 2 ? 'Busy Now' : 'Fine', {
      'Content-Type': 'text/html',
      'X-Twice': ['1', '2'],
    });
    response.end(PAGE);
  }, {});
  const received = pages[0]!.received ?? [];
  expect(received.map(({ status, url }) => [status, new URL(url).pathname])).toEqual([
    [302, '/'],
    [503, '/a'],
    [302, '/'],
    [200, '/a'],
  ]);
  const last = received.at(-1)!;
  expect(last).toMatchObject({
    method: 'GET',
    address: '127.0.0.1',
    httpVersion: '1.1',
    statusMessage: 'Fine',
    receivedAt: TEST_NOW,
    cut: null,
  });
  expect(last.body).toBe(pages[0]!.body);
  expect(last.rawHeaders.filter((_, index) => index % 2 === 0)).toEqual(
    expect.arrayContaining(['Content-Type', 'X-Twice', 'X-Twice']),
  );
});
