import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SiteLinks } from '../../domain/facts/link-facts.ts';
import { createFetcher, type Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import { Archive } from '../../store/archive/archive.ts';
import { LocalSegments } from '../../store/archive/segment-store.ts';
import { SITE } from '../../testing/labelled/link-cases.ts';
import { startLabelledWorld } from '../../testing/labelled/links.ts';
import * as behave from '../../testing/servers/behaviours.ts';
import { type Handler, startServer } from '../../testing/servers/start-server.ts';
import { TEST_NOW } from '../../testing/servers/test-fetcher.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { checkLinks } from '../links/check-links.ts';
import { type Examined, examineSite } from './examine-site.ts';
import { openSurveyTools, type SurveyTools } from './survey-tools.ts';

const AGENT = 'Mozilla/5.0 (compatible; Xunjian/0.1; +https://example.invalid/contact)';
const now = () => TEST_NOW;
let opened: TemporaryStore;
let archive: Archive;
let tools: SurveyTools;

beforeAll(async () => {
  opened = await temporaryStore();
  const segments = new LocalSegments(join(opened.folder, 'evidence'));
  archive = await Archive.open({ store: opened.store, segments, now });
  tools = await openSurveyTools(opened);
});
afterAll(async () => {
  await tools[Symbol.asyncDispose]();
  await archive.close();
  await opened.remove();
});

const LOOKS = {
  later: { ruledMs: 20, outsideMs: 20 },
  // Long enough for a machine that is busy with other tests: a look that is cut short is a timeout, not a death.
  lookLimitMs: 8_000,
} as const;

const fetcherFor = (resolve: readonly string[]): Fetcher =>
  createFetcher({
    ...{ userAgent: AGENT, resolve: resolve.map(parseResolveRule), pacePerAddressMs: 0, now },
  });

async function examine(
  homeUrl: string,
  resolve: readonly string[],
  { roundId = 1, requests = 5_000, lexicons = tools.lexicons } = {},
): Promise<Examined> {
  const fetcher = fetcherFor(resolve);
  const { store } = opened;
  try {
    return await examineSite(
      {
        ...{ store, archive, fetcher, pages: tools.pages, now, userAgent: AGENT },
        isOwnLineDown: async () => false,
      },
      {
        ...{ homeUrl, roundId, subjectId: 7, lexicons, atOnce: 16, ...LOOKS },
        budget: { requests },
        probeBudget: { requests: 5_000, milliseconds: 120_000 },
      },
      new AbortController().signal,
    );
  } finally {
    await fetcher.close();
  }
}

async function checkInMemory(homeUrl: string, resolve: readonly string[]): Promise<SiteLinks> {
  const fetcher = fetcherFor(resolve);
  const { signal } = new AbortController();
  try {
    const { summary } = await checkLinks({
      ...{ homeUrl, fetcher, userAgent: AGENT, now, atOnce: 16, signal, ...LOOKS },
      isOwnLineDown: async () => false,
    });
    return summary;
  } finally {
    await fetcher.close();
  }
}

/** What is said of each failing link, apart from the looks and their times. */
const said = ({ failing }: SiteLinks) =>
  failing
    .map(({ url, class: found, from, text, onHome }) => ({ url, found, from, text, onHome }))
    .sort((a, b) => (a.url < b.url ? -1 : 1));

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const page = (title: string, body: string, headers = {}): Handler =>
  behave.answer(
    200,
    `<title>${title}</title><body>${body}<p>各乡镇，县直各单位，现将有关事项通知如下。</p>`,
    { ...HTML, ...headers },
  );
const LONG = '正文说的是本文标题所说的事情，写得长一些才算一篇文章，免得被当作空页面。'.repeat(6);

describe('a site that was walked once into the database', () => {
  it('has the links that a walk in memory finds, of the same classes, at the same places', async () => {
    const home = `${SITE}/all-links/`;
    // A world each: some of its faults pass.
    await using one = await startLabelledWorld();
    await using other = await startLabelledWorld();
    const [inMemory, { links }] = await Promise.all([
      checkInMemory(home, one.resolve),
      examine(home, other.resolve),
    ]);
    expect(said(links)).toEqual(said(inMemory));
    expect([links.home, links.otherPages]).toEqual([inMemory.home, inMemory.otherPages]);
    expect(links.failing.length).toBeGreaterThan(100);
  });

  it('holds a link to the words with which it stands on each page', async () => {
    const title = '县领导调研饮水安全';
    const pages: Readonly<Record<string, Handler>> = {
      '/': page('某县人民政府', `<a href="/n/1.html">${title}</a><a href="/n/2.html">公告</a>`),
      '/n/1.html': page(title, `<h1>${title}</h1>${LONG}`),
      '/n/2.html': page('公告', `<a href="/n/1.html">《烟花爆竹安全管理条例》</a><p>${LONG}</p>`),
    };
    await using server = await startServer(behave.routes(pages));
    const resolve = [`*.words.gov.cn=127.0.0.1:${server.port}`];
    const { links } = await examine('http://www.words.gov.cn/', resolve);
    expect(said(links)).toMatchObject([
      {
        url: 'http://www.words.gov.cn/n/1.html',
        found: 'wrongTarget',
        text: '《烟花爆竹安全管理条例》',
      },
    ]);
  });

  it('says the same of pages that did not change, and their originals come along', async () => {
    const lasting =
      (handler: Handler, etag: string): Handler =>
      (request, response) => {
        if (request.headers['if-none-match'] === etag) return behave.answer(304)(request, response);
        return handler(request, response);
      };
    const title = '县领导调研饮水安全';
    const pages: Readonly<Record<string, Handler>> = {
      '/': page('某县人民政府', `<a href="/n/1.html">${title}</a><a href="/n/2.html">公告</a>`),
      '/n/1.html': lasting(
        page(title, `<h1>${title}</h1>中华人民共合国${LONG}`, { etag: '"1"' }),
        '"1"',
      ),
      '/n/2.html': lasting(
        page(
          '公告',
          `<a href="/n/1.html">《烟花爆竹安全管理条例》</a><a href="/gone">丢</a>${LONG}`,
          {
            etag: '"2"',
          },
        ),
        '"2"',
      ),
    };
    await using server = await startServer(behave.routes(pages));
    const resolve = [`*.same.gov.cn=127.0.0.1:${server.port}`];
    const home = 'http://www.same.gov.cn/';
    const first = await examine(home, resolve);
    const second = await examine(home, resolve, { roundId: 2 });
    expect(second.result.outcomes).toMatchObject({ page: 1, unchanged: 2 });
    expect(said(second.links)).toEqual(said(first.links));
    expect(said(second.links).map(({ found }) => found)).toEqual(['dead', 'wrongTarget']);
    const words = ({ text }: Examined) => text?.findings.map(({ url, text: of }) => [url, of]);
    expect(words(first)).toEqual([['http://www.same.gov.cn/n/1.html', '中华人民共合国']]);
    expect(words(second)).toEqual(words(first));
    expect(second.text?.charactersRead).toBe(first.text?.charactersRead);
  });

  it('is not walked again when its round has walked it', async () => {
    let asked = 0;
    await using server = await startServer((request, response) => {
      asked += request.url === '/' ? 1 : 0;
      return behave.routes({ '/': page('某局', '<a href="/gone">丢</a>') })(request, response);
    });
    const resolve = [`*.twice.gov.cn=127.0.0.1:${server.port}`];
    const first = await examine('http://www.twice.gov.cn/', resolve);
    const askedBefore = asked;
    const again = await examine('http://www.twice.gov.cn/', resolve);
    expect(again.surveyId).toBe(first.surveyId);
    expect(asked).toBe(askedBefore);
    expect(said(again.links)).toEqual(said(first.links));
  });

  it('says of refused addresses why nobody looked, and keeps to its budget', async () => {
    const pages: Readonly<Record<string, Handler>> = {
      '/robots.txt': behave.answer(200, 'User-agent: *\nDisallow: /inner/', {
        'content-type': 'text/plain',
      }),
      '/': page('某局', '<a href="/inner/a.html">内部</a><a href="/a.html">甲</a>'),
      '/a.html': page('甲', LONG),
    };
    await using server = await startServer(behave.routes(pages));
    const resolve = [`*.shut.gov.cn=127.0.0.1:${server.port}`];
    const { links } = await examine('http://www.shut.gov.cn/', resolve);
    expect(links.failing).toMatchObject([
      { class: 'unobserved', reason: '没有访问：robots.txt 不允许' },
    ]);
    const short = await examine('http://www.shut.gov.cn/', resolve, { roundId: 3, requests: 1 });
    expect(short.links).toMatchObject({ complete: false, pages: 1 });
    expect(short.links.incompleteReason).toContain('已达单站 1 次请求的上限');
    expect(short.text).toMatchObject({ complete: false, pagesRead: 1 });
  });

  it('does not say that all words were read where a page was refused to us', async () => {
    const pages: Readonly<Record<string, Handler>> = {
      '/': page('某局', `<a href="/a.html">甲</a><a href="/wall.html">内部系统</a>${LONG}`),
      '/a.html': page('甲', LONG),
      '/wall.html': behave.answer(403, '拒绝访问', HTML),
    };
    await using server = await startServer(behave.routes(pages));
    const resolve = [`*.wall.gov.cn=127.0.0.1:${server.port}`];
    const { text, links } = await examine('http://www.wall.gov.cn/', resolve);
    expect(text).toMatchObject({
      ...{ complete: false, pagesRead: 2 },
      incompleteReason: expect.stringContaining('有 1 个网页没有读到'),
    });
    expect(links.failing).toMatchObject([{ class: 'blocked' }]);
  });

  it('is asked for anew when it is read in another way', async () => {
    const { rows } = await sql<{ reading: string }>`
      select distinct reading from survey order by reading`.execute(opened.store.db);
    expect(rows).toEqual([{ reading: `notes@1 ${tools.lexicons.join(' ')}` }]);
    await using server = await startServer(behave.routes({ '/': page('某局', LONG) }));
    const resolve = [`*.twice.gov.cn=127.0.0.1:${server.port}`];
    const other = await examine('http://www.twice.gov.cn/', resolve, { lexicons: [] });
    expect(other.text).toBeNull();
    expect(other.result.outcomes.page).toBe(1);
  });
});
