import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { WalkedPageWithBody } from '../../domain/walk.ts';
import * as behave from '../../testing/servers/behaviours.ts';
import { type Handler, startServer } from '../../testing/servers/start-server.ts';
import { impatient, TEST_NOW, testFetcher } from '../../testing/servers/test-fetcher.ts';
import { type WalkInput, walkSite } from './walk-site.ts';
import type { WalkResult } from './walk-tally.ts';

const page = (body: string): Handler => behave.answer(200, `<html><body>${body}</body></html>`);
const link = (...paths: readonly string[]): string =>
  paths.map((path) => `<a href="${path}">${path}</a>`).join('\n');

interface Walked {
  readonly result: WalkResult;
  readonly pages: readonly WalkedPageWithBody[];
  /** `200 page /a` in the order of addresses. */
  readonly lines: readonly string[];
  readonly seen: readonly string[];
}

async function walk(
  handler: Handler,
  more: Partial<WalkInput> = {},
  patienceMs = 2_000,
): Promise<Walked> {
  await using server = await startServer(handler);
  await using fetcher = testFetcher();
  const pages: WalkedPageWithBody[] = [];
  const result = await walkSite({
    homeUrl: `${server.url}/`,
    fetcher: patienceMs === 2_000 ? fetcher : impatient(fetcher, patienceMs),
    signal: new AbortController().signal,
    now: () => TEST_NOW,
    onPage: (walked) => {
      pages.push(walked);
    },
    ...more,
  });
  const path = (url: string): string => url.replace(server.url, '');
  const lines = pages.map(({ status, outcome, url }) => `${status} ${outcome} ${path(url)}`).sort();
  return { result, pages, lines, seen: server.seen.map(({ method, url }) => `${method} ${url}`) };
}

describe('a walk over a whole site', () => {
  it('reaches everything once, says what is broken and where it was seen', async () => {
    const { lines, pages, result } = await walk(
      behave.routes({
        '/': page(`${link('/a', '/b#x', '/gone', '/b')}<img src=/l.png><img src=/lost.png>`),
        '/a': page(link('/', '/b', '/c/', 'http://other.example/x')),
        '/b': page('<iframe src=/frame></iframe><form action=/search></form>'),
        '/c/': page(link('../a', '?p=2')),
        '/frame': page('框'),
        '/l.png': behave.answer(200, '\x89PNG\r\n\x1a\n', { 'content-type': 'image/png' }),
      }),
    );
    expect(lines).toEqual([
      '200 file /l.png',
      '200 page /',
      '200 page /a',
      '200 page /b',
      '200 page /c/',
      '200 page /c/?p=2',
      '200 page /frame',
      '404 http-error /gone',
      '404 http-error /lost.png',
    ]);
    const gone = pages.find(({ url }) => url.endsWith('/gone'));
    expect(gone).toMatchObject({ linkText: '/gone', depth: 1, reason: '返回 404' });
    expect(new URL(gone?.from ?? '').pathname).toBe('/');
    expect(result).toMatchObject({ complete: true, hitLimits: [], waiting: 0 });
  });

  it('a redirect is a record, its target another, and nothing is fetched twice', async () => {
    const { lines, seen } = await walk(
      behave.routes({
        '/': page(link('/old', '/older', '/away')),
        '/old': behave.redirect('/new', 301),
        '/older': behave.redirect('/missing'),
        '/away': behave.redirect('http://127.0.0.2:1/'),
        '/new': page(link('/new', '/leaf')),
        '/leaf': page('叶'),
      }),
    );
    expect(lines).toEqual([
      '200 page /',
      '200 page /leaf',
      '200 page /new',
      '200 redirect /old',
      '404 http-error /older',
      'null skipped /away',
    ]);
    expect(seen.filter((line) => line === 'GET /new')).toHaveLength(1);
  });

  it('honours robots.txt when asked to, but always visits the home page', async () => {
    const site = behave.routes({
      '/robots.txt': behave.answer(200, 'User-agent: *\nDisallow: /\nAllow: /open', {
        'content-type': 'text/plain',
      }),
      '/': page(link('/open', '/closed')),
      '/open': page('开'),
      '/closed': page('关'),
    });
    const polite = await walk(site);
    expect(polite.lines).toEqual(['200 page /', '200 page /open']);
    expect(polite.result.skipped).toMatchObject([{ reason: 'robots.txt 不允许', count: 1 }]);
    expect((await walk(site, { honourRobots: false })).lines).toHaveLength(3);
  });

  it('takes addresses from sitemaps, packed ones too', async () => {
    const { lines } = await walk((request, response) => {
      const host = `http://${request.headers.host}`;
      const urls = `<urlset><url><loc>${host}/orphan?a=1&amp;b=2</loc></url></urlset>`;
      behave.routes({
        '/robots.txt': behave.answer(200, `Sitemap: ${host}/map.xml`),
        '/map.xml': behave.answer(
          200,
          `<sitemapindex><sitemap><loc>${host}/m.gz</loc></sitemap></sitemapindex>`,
        ),
        '/m.gz': behave.answer(200, gzipSync(urls), { 'content-type': 'application/gzip' }),
        '/': page('首页'),
        '/orphan': page('无人链接'),
      })(request, response);
    });
    expect(lines).toEqual(['200 page /', '200 page /orphan?a=1&b=2']);
  });

  it('looks at attachments: type, size, whether they open', async () => {
    const pdf = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(50_000, 'x')]);
    const { pages, lines } = await walk(
      behave.routes({
        '/': page(link('/a.pdf', '/b.pdf', '/c.doc', '/d.zip', '/down?id=1')),
        '/a.pdf': behave.answer(200, pdf, {
          'content-type': 'application/pdf',
          'content-length': String(pdf.length),
        }),
        '/b.pdf': page('您访问的文件不存在'),
        '/c.doc': behave.answer(200, Buffer.from('d0cf11e0a1b11ae1', 'hex'), {
          'content-type': 'text/html',
        }),
        '/d.zip': behave.answer(200, '', {
          'content-type': 'application/zip',
          'content-length': '0',
        }),
        '/down': behave.answer(200, pdf, { 'content-type': 'text/html' }),
      }),
    );
    const look = (path: string): unknown => pages.find(({ url }) => url.endsWith(path))?.file;
    expect(lines.filter((line) => line.includes('file'))).toHaveLength(5);
    expect(look('/a.pdf')).toEqual({ signature: 'pdf', opens: true, bytes: pdf.length });
    expect(look('/b.pdf')).toMatchObject({ signature: 'html', opens: false });
    expect(look('/c.doc')).toMatchObject({ signature: 'ole', opens: true });
    expect(look('/d.zip')).toMatchObject({ opens: false, bytes: 0 });
    expect(look('/down?id=1')).toMatchObject({ signature: 'pdf', opens: null });
  });

  it('asks only for what changed, and follows the links of what did not', async () => {
    const earlierPages = new Map<string, WalkedPageWithBody>();
    const site: Handler = (request, response) => {
      if (request.headers['if-none-match'] === '"1"') {
        response.writeHead(304);
        response.end();
        return;
      }
      behave.routes({
        '/': behave.answer(200, link('/a'), { etag: '"1"' }),
        '/a': behave.answer(200, '甲', { etag: '"2"' }),
      })(request, response);
    };
    await using server = await startServer(site);
    await using fetcher = testFetcher();
    const round = async (): Promise<string[]> => {
      const seen: string[] = [];
      await walkSite({
        homeUrl: server.url,
        fetcher,
        signal: new AbortController().signal,
        now: () => TEST_NOW,
        earlier: async (url) => earlierPages.get(url) ?? null,
        onPage: (walked) => {
          seen.push(`${walked.outcome} ${new URL(walked.url).pathname}`);
          earlierPages.set(walked.url, walked);
        },
      });
      return seen;
    };
    expect(await round()).toEqual(['page /', 'page /a']);
    expect(await round()).toEqual(['unchanged /', 'page /a']);
  });

  it('comes back when a busy server said so', async () => {
    const busy = behave.answer(503, '', { 'retry-after': '0' });
    const { lines } = await walk(
      behave.routes({ '/': page(link('/a')), '/a': behave.inTurn(busy, page('好了')) }),
    );
    expect(lines).toEqual(['200 page /', '200 page /a']);
    const never = await walk(behave.routes({ '/': busy }));
    expect(never.lines).toEqual(['503 http-error /']);
  });
});

describe('misbehaving sites end as records', () => {
  it.each<[string, Handler, string]>([
    ['a hanging server', behave.hang, 'null failed'],
    ['a dripping server', behave.drip, 'null failed'],
    ['a dropped line', behave.reset, 'null failed'],
    ['no HTTP at all', behave.garbage, 'null failed'],
    ['a half page', behave.truncated, '200 page'],
    ['a body without end', behave.endless(), '200 page'],
    ['a gzip bomb', behave.gzipBomb(30_000_000), '200 page'],
    ['a cookie wall', behave.cookieGate(link('/')), '200 page'],
    ['a wall without a way in', behave.answer(521, '<script>x</script>'), '521 blocked'],
    ['a redirect to itself', behave.redirect('/'), 'null failed'],
    ['redirects without end', behave.redirectOn, 'null failed'],
    [
      'bytes that are no text',
      behave.answer(200, Buffer.from([0xff, 0x00, 0x80, 0x3c, 0x61])),
      '200 page',
    ],
  ])('%s', async (_name, handler, line) => {
    const { pages, result } = await walk(
      (request, response) =>
        request.url === '/robots.txt' || request.url === '/sitemap.xml'
          ? behave.answer(404)(request, response)
          : handler(request, response),
      { pageBytes: 1_000_000 },
      200,
    );
    expect(pages.map(({ status, outcome }) => `${status} ${outcome}`)).toEqual([line]);
    expect(result.complete).toBe(true);
  });

  it('an endless calendar ends', async () => {
    const { result } = await walk((request, response) => {
      const month = Number(/m=(\d+)/.exec(request.url ?? '')?.[1] ?? 0) + 1;
      const date = new Date(Date.UTC(2020, month, 1)).toISOString().slice(0, 10);
      page(`${month}${link(`/rl?date=${date}&m=${month}`)}`)(request, response);
    });
    expect(result.skipped.map(({ reason }) => reason)).toEqual(['无尽的日历']);
    expect(result.requests).toBeLessThan(100);
  });

  it('a pager without end that shows the same page again and again ends', async () => {
    const { result } = await walk((request, response) => {
      const at = Number(/_(\d+)/.exec(request.url ?? '')?.[1] ?? 0);
      page(`没有更多${link(`/list_${at + 1}.html`).replace(/>.*</, '>下一页<')}`)(
        request,
        response,
      );
    });
    expect(result.skipped.map(({ reason }) => reason)).toEqual(['同一模板的页面内容不断重复']);
    expect(result.requests).toBeLessThan(100);
  });

  it.each([
    [100_000, 100_000, false],
    [250_000, 200_000, true],
  ])('a page of %i links gives %i of them', async (written, read, truncated) => {
    const many = Array.from({ length: written }, (_, at) => `<a href=/l/${at}>`).join('');
    const { pages } = await walk(behave.routes({ '/': page(many) }), { budget: { requests: 5 } });
    const [home] = pages.filter(({ depth }) => depth === 0);
    expect(home).toMatchObject({ truncated });
    expect(home?.links).toHaveLength(read);
  });

  it('nested frames are walked once each', async () => {
    const { lines } = await walk((request, response) => {
      const deep = Math.min(3, (request.url ?? '').length);
      page(`<iframe src="${'/f'.repeat(deep)}"></iframe><iframe src="/"></iframe>`)(
        request,
        response,
      );
    });
    expect(lines.length).toBeLessThan(5);
  });

  it.each<[string, Partial<WalkInput>, RegExp]>([
    ['requests', { budget: { requests: 3 } }, /3 次请求/],
    ['bytes', { budget: { bytes: 100 } }, /MB 的上限/],
    ['time', { budget: { milliseconds: 120 } }, /秒的上限/],
  ])('the budget of %s is kept and recorded', async (_name, more, words) => {
    let next = 0;
    const { result } = await walk((request, response) => {
      if (next > 30) return;
      page(link(`/p${++next}x`, `/p${++next}x`, `/p${++next}x`))(request, response);
    }, more);
    expect(result.complete).toBe(false);
    expect(result.hitLimits.join()).toMatch(words);
    expect(result.waiting).toBeGreaterThan(0);
  });

  it('an abort is thrown', async () => {
    const stop = new AbortController();
    const walking = walk(page(link('/a', '/b')), {
      signal: stop.signal,
      onPage: () => stop.abort(new Error('停')),
    });
    await expect(walking).rejects.toThrow('停');
  });
});
