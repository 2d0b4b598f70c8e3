import { brotliCompressSync, gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as behave from '../testing/servers/behaviours.ts';
import { type Handler, startServer } from '../testing/servers/start-server.ts';
import { impatient, TEST_NOW, testFetcher } from '../testing/servers/test-fetcher.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { PagePool } from './pages/page-pool.ts';
import { surveySite } from './survey-site.ts';

const MB = 1024 * 1024;
let opened: TemporaryStore;

beforeAll(async () => {
  opened = await temporaryStore();
});
afterAll(() => opened.remove());

/** An answer written byte by byte, as no HTTP library would. */
const raw =
  (text: string): Handler =>
  (request) => {
    request.socket.end(text);
  };

const PACKED_BOMB = {
  gzip: gzipSync(Buffer.alloc(200 * MB)),
  br: brotliCompressSync(Buffer.alloc(64 * MB)),
};

/** Path → how the server behaves there, and the record in which it has to end: outcome, status, truncated. */
const PLACES: Readonly<Record<string, readonly [Handler, string]>> = {
  '/gzip-bomb': [
    behave.answer(200, PACKED_BOMB.gzip, { 'content-encoding': 'gzip' }),
    'page 200 cut',
  ],
  '/br-bomb': [behave.answer(200, PACKED_BOMB.br, { 'content-encoding': 'br' }), 'page 200 cut'],
  '/endless': [behave.endless(), 'page 200 cut'],
  '/many-links': [
    behave.answer(
      200,
      Array.from({ length: 100_000 }, (_, at) => `<a href=http://o${at % 50}.test/${at}>`).join(''),
    ),
    'page 200 whole',
  ],
  '/deep': [behave.answer(200, '<div>'.repeat(400_000)), 'page 200 whole'],
  '/attributes': [behave.answer(200, `<a ${'x=y '.repeat(200_000)}>字</a>`), 'page 200 cut'],
  '/chunk-error': [
    raw(
      'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>开\r\nzz\r\nx',
    ),
    'failed null whole',
  ],
  '/http10': [
    raw(
      'HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<title>旧服务器</title><a href=/>首页</a>',
    ),
    'page 200 whole',
  ],
  '/two-lengths': [
    raw('HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde'),
    'failed null whole',
  ],
  '/no-http': [behave.garbage, 'failed null whole'],
  '/drip': [behave.drip, 'failed null whole'],
  '/hang': [behave.hang, 'failed null whole'],
  '/reset': [behave.reset, 'failed null whole'],
  '/half': [behave.truncated, 'page 200 cut'],
  '/wall': [behave.answer(412, behave.SCRIPT_ONLY_PAGE), 'blocked 412 whole'],
  '/cookie': [behave.cookieGate('<title>门里</title><p>进来了</p>'), 'page 200 whole'],
  '/script-wall': [behave.answer(200, behave.SCRIPT_ONLY_PAGE), 'blocked 200 whole'],
  '/loop': [behave.redirect('/loop'), 'failed null whole'],
  '/bad-utf8': [
    behave.answer(200, Buffer.from([0x3c, 0x70, 0x3e, 0xff, 0xfe, 0xe4, 0xbd])),
    'page 200 whole',
  ],
  '/mixed': [
    behave.answer(
      200,
      Buffer.concat([
        Buffer.from('<title>标题</title>'),
        iconv.encode('<p>正文是另一种编码</p>', 'gbk'),
      ]),
    ),
    'page 200 whole',
  ],
  '/pdf-as-page': [behave.answer(200, `%PDF-1.4\n${'x'.repeat(9_000)}`), 'file 200 whole'],
  '/page-as-file': [
    behave.answer(200, '<!DOCTYPE html><html><p>页</p>', {
      'content-type': 'application/octet-stream',
    }),
    'file 200 whole',
  ],
  '/lost.doc': [behave.answer(404), 'http-error 404 whole'],
  '/nul': [behave.answer(200, '<title>甲\0乙</title><a href="/x\0y">\ud800</a>'), 'page 200 whole'],
  '/old-frames': [
    behave.answer(200, '<frameset><frame src="/old-frames"><frame src="/http10"></frameset>'),
    'page 200 whole',
  ],
};

it('everything that a hostile site does ends as a row, and the rest of the site is walked all the same', async () => {
  const links = Object.keys(PLACES).map((path) => `<a href="${path}">${path}</a>`);
  const home = `${links.join('\n')}<a href="http://例子.政务/首页.html">中文域名</a><a href="http://[::bad">坏</a>`;
  await using server = await startServer((request, response) => {
    const path = (request.url ?? '').split('?')[0]!;
    const handler =
      path === '/' ? behave.answer(200, home) : (PLACES[path]?.[0] ?? behave.answer(404));
    handler(request, response);
  });
  await using fetcher = testFetcher();
  await using pages = new PagePool({ threads: 2 });
  const { surveyId, result } = await surveySite(
    {
      store: opened.store,
      archive: null,
      fetcher: impatient(fetcher, 3_000),
      pages,
      now: () => TEST_NOW,
    },
    { homeUrl: server.url, roundId: null, subjectId: null, atOnce: 8, pageBytes: 4 * MB },
    new AbortController().signal,
  );
  const { rows } = await sql<{
    url: string;
    outcome: string;
    status: number | null;
    truncated: boolean;
  }>`
    select u.url, p.outcome, p.status, p.truncated from survey_page p join survey_url u using (survey_id, key)
     where survey_id = ${surveyId}`.execute(opened.store.db);
  const found = Object.fromEntries(
    rows.map(({ url, outcome, status, truncated }) => [
      new URL(url).pathname,
      `${outcome} ${status} ${truncated ? 'cut' : 'whole'}`,
    ]),
  );
  const expected = Object.fromEntries(
    Object.entries(PLACES).map(([path, [, ends]]) => [path, ends]),
  );
  expect(found).toMatchObject({ '/': 'page 200 whole', ...expected });
  expect(result).toMatchObject({ complete: true, waiting: 0 });
});

it('a page that is too much for its thread is a row of its own, and the walk goes on', async () => {
  const many = Array.from(
    { length: 50_000 },
    (_, at) => `<a href="/page-${at}-${'长'.repeat(60)}">`,
  ).join('');
  await using server = await startServer(
    behave.routes({
      '/': behave.answer(200, '<a href=/huge>大</a><a href=/small>小</a>'),
      '/huge': behave.answer(200, many),
      '/small': behave.answer(200, '<title>小</title>'),
    }),
  );
  await using fetcher = testFetcher();
  await using pages = new PagePool({ threads: 1, heapMb: 20 });
  const { surveyId, result } = await surveySite(
    { store: opened.store, archive: null, fetcher, pages, now: () => TEST_NOW },
    { homeUrl: server.url, roundId: null, subjectId: null, atOnce: 1 },
    new AbortController().signal,
  );
  const { rows } = await sql<{
    path: string;
    reason: string | null;
    truncated: boolean;
    title: string;
  }>`
    select regexp_replace(u.url, '^http://[^/]+', '') as path, p.reason, p.truncated, p.title
      from survey_page p join survey_url u using (survey_id, key) where survey_id = ${surveyId}`.execute(
    opened.store.db,
  );
  expect(rows.find(({ path }) => path === '/huge')).toMatchObject({
    truncated: true,
    reason: expect.stringContaining('没有读完'),
  });
  expect(rows.find(({ path }) => path === '/small')).toMatchObject({ title: '小', reason: null });
  expect(result.complete).toBe(true);
});
