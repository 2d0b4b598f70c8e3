import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fetcher } from '../lib/node/http/create-fetcher.ts';
import { Archive } from '../store/archive/archive.ts';
import { LocalSegments } from '../store/archive/segment-store.ts';
import * as behave from '../testing/servers/behaviours.ts';
import { type Handler, startServer, type TestServer } from '../testing/servers/start-server.ts';
import { TEST_NOW, testFetcher } from '../testing/servers/test-fetcher.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { DatabaseFrontier } from './frontier/database-frontier.ts';
import { PagePool } from './pages/page-pool.ts';
import { joinSurvey, leaveSurvey, openSurvey } from './survey.repository.ts';
import { surveyDb } from './survey-db.ts';
import { type SurveyInput, type SurveyOutcome, surveySite } from './survey-site.ts';

let opened: TemporaryStore;
let archive: Archive;
let pages: PagePool;
let fetcher: Fetcher & AsyncDisposable;

beforeAll(async () => {
  opened = await temporaryStore();
  const segments = new LocalSegments(join(opened.folder, 'evidence'));
  archive = await Archive.open({ store: opened.store, segments, now: () => TEST_NOW });
  pages = new PagePool({ threads: 2 });
  fetcher = testFetcher();
});
afterAll(async () => {
  await pages[Symbol.asyncDispose]();
  await fetcher.close();
  await archive.close();
  await opened.remove();
});

const survey = (
  server: TestServer,
  more: Partial<SurveyInput> = {},
  signal = new AbortController().signal,
): Promise<SurveyOutcome> =>
  surveySite(
    { store: opened.store, archive, fetcher, pages, now: () => TEST_NOW },
    { homeUrl: server.url, roundId: null, subjectId: null, ...more },
    signal,
  );

interface Row {
  readonly path: string;
  readonly outcome: string;
  readonly status: number | null;
  readonly title: string;
  readonly links: number;
  readonly newest_on: string | null;
  readonly snapshot: string | null;
}

async function rowsOf(surveyId: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select regexp_replace(u.url, '^http://[^/]+', '') as path, p.outcome, p.status, p.title,
           coalesce(length(p.links), 0) / 8 as links, p.newest_on, encode(p.snapshot, 'hex') as snapshot
      from survey_page p join survey_url u using (survey_id, key) where survey_id = ${surveyId} order by u.url collate "C"`.execute(
    opened.store.db,
  );
  return rows;
}

const html = (title: string, body: string, headers = {}): Handler =>
  behave.answer(
    200,
    `<html><head><title>${title}</title></head><body>${body}</body></html>`,
    headers,
  );

const SITE: Readonly<Record<string, Handler>> = {
  '/': html(
    '首页',
    '<a href=/a>甲</a><a href=/old>旧</a><a href=/lost>丢</a><a href=http://other.example/>外</a>',
  ),
  '/a': html('甲\0页', '发布时间：2020-09-01 <a href=/>首页</a><img src=/l.png>', { etag: '"a"' }),
  '/old': behave.redirect('/new'),
  '/new': html('新', '<a href=/a>甲</a>'),
  '/l.png': behave.answer(200, '\x89PNG\r\n\x1a\n', { 'content-type': 'image/png' }),
};

/** `count` pages, each leading to the next two of a binary tree. */
const tree =
  (count: number): Handler =>
  (request, response) => {
    const at = Number(/\/p(\d+)$/.exec(request.url ?? '')?.[1] ?? 1);
    const next = [at * 2, at * 2 + 1].filter((each) => each <= count);
    if (request.url === '/robots.txt' || request.url === '/sitemap.xml')
      behave.answer(404)(request, response);
    else
      html(`第${at}页`, next.map((each) => `<a href=/p${each}>${each}</a>`).join(''))(
        request,
        response,
      );
  };

describe('a survey into the database', () => {
  it('one row per page, links packed, responses in the archive', async () => {
    await using server = await startServer(behave.routes(SITE));
    const { surveyId, result } = await survey(server);
    const rows = await rowsOf(surveyId);
    expect(
      rows.map(({ path, outcome, status, title, links }) => [path, outcome, status, title, links]),
    ).toEqual([
      ['/', 'page', 200, '首页', 4],
      ['/a', 'page', 200, '甲页', 2],
      ['/l.png', 'file', 200, '', 0],
      ['/lost', 'http-error', 404, '', 0],
      ['/new', 'page', 200, '新', 1],
      ['/old', 'redirect', 200, '', 0],
    ]);
    expect(rows[1]?.newest_on).toBe('2020-09-01');
    expect(result).toMatchObject({
      complete: true,
      waiting: 0,
      outcomes: { page: 3, redirect: 1 },
    });
    for (const { snapshot, path } of rows) {
      if (snapshot === null) continue;
      const kept = await archive.get(snapshot);
      expect([path, kept?.byteLength ?? 0]).toEqual([path, expect.any(Number)]);
      expect(kept?.byteLength).toBeGreaterThan(0);
    }
    const outside = await surveyDb(opened.store)
      .selectFrom('survey_url')
      .select('url')
      .where('survey_id', '=', surveyId)
      .where('url', 'like', '%other.example%')
      .execute();
    expect(outside).toEqual([{ url: 'http://other.example/' }]);
  });

  it('the next survey asks only for what changed', async () => {
    const site: Handler = (request, response) => {
      const unchanged = request.headers['if-none-match'] === '"a"';
      (unchanged ? behave.answer(304) : behave.routes(SITE))(request, response);
    };
    await using server = await startServer(site);
    await survey(server);
    const { surveyId } = await survey(server);
    const rows = await rowsOf(surveyId);
    expect(rows.find(({ path }) => path === '/a')).toMatchObject({
      outcome: 'unchanged',
      links: 2,
      title: '甲页',
    });
    expect(rows).toHaveLength(6);
  });

  it('goes on where an interrupted one stopped, and visits nothing kept again', async () => {
    await using server = await startServer(tree(600));
    const stop = new AbortController();
    const first = survey(server, { budget: { requests: 1_000 } }, stop.signal);
    const kept = async (): Promise<number> =>
      Number(
        (
          await sql<{
            n: number;
          }>`select count(*) as n from survey_page p join survey s on s.id = p.survey_id
        where s.home_url = ${`${server.url}/`}`.execute(opened.store.db)
        ).rows[0]?.n,
      );
    const watch = setInterval(() => kept().then((n) => n > 100 && stop.abort(new Error('停'))), 20);
    await expect(first).rejects.toThrow('停');
    clearInterval(watch);
    const before = await kept();
    const seenBefore = server.seen.length;
    const { surveyId, result } = await survey(server);
    expect(result.complete).toBe(true);
    expect(await rowsOf(surveyId)).toHaveLength(600);
    expect(server.seen.length - seenBefore).toBeLessThanOrEqual(600 - before + 2);
  });

  it('a budget that is hit is recorded; what waits stays waiting', async () => {
    await using server = await startServer(tree(500));
    const { result, surveyId } = await survey(server, { budget: { requests: 40 } });
    expect(result.hitLimits).toEqual(['已达单站 40 次请求的上限']);
    expect(result.waiting).toBeGreaterThan(0);
    expect(await rowsOf(surveyId)).toHaveLength(40);
  });
});

describe('the frontier', () => {
  const frontier = async (holder: string, surveyId: number): Promise<DatabaseFrontier> => {
    await joinSurvey(surveyDb(opened.store), surveyId, holder);
    return new DatabaseFrontier({
      store: opened.store,
      surveyId,
      seed: 5,
      holder,
      beginIntake: () => null,
    });
  };
  const entries = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => ({
      url: `http://many.test/${from + at}`,
      kind: 'page' as const,
      depth: 1,
      from: null,
      linkText: '"引\\号"',
    }));

  it('gives no address twice, to two processes at once', async () => {
    const of = { homeUrl: 'http://many.test/', roundId: null, subjectId: null };
    const { id } = await openSurvey(surveyDb(opened.store), of, TEST_NOW);
    const one = await frontier('one', id);
    await one.add(entries(0, 6_000), () => null);
    await one.flush();
    const two = await frontier('two', id);
    await two.add(entries(0, 6_000), () => null);
    const given = { one: new Set<string>(), two: new Set<string>() };
    const drain = async (from: DatabaseFrontier, into: Set<string>): Promise<void> => {
      for (let some = await from.take(50); some.length > 0; some = await from.take(50))
        for (const { url } of some) into.add(url);
    };
    await Promise.all([drain(one, given.one), drain(two, given.two)]);
    expect(given.one.size + given.two.size).toBe(6_000);
    expect(new Set([...given.one, ...given.two]).size).toBe(6_000);
    expect(given.two.size).toBeGreaterThan(0);
    expect(await one.waiting()).toBe(6_000);
  });

  it('what a dead process had in hand is free for the next', async () => {
    const of = { homeUrl: 'http://dead.test/', roundId: null, subjectId: null };
    const db = surveyDb(opened.store);
    const { id } = await openSurvey(db, of, TEST_NOW);
    const dead = await frontier('dead', id);
    await dead.add(entries(0, 10), () => null);
    expect(await dead.take(20)).toHaveLength(10);
    await sql`update survey_worker set owner = replace(owner, ${`"pid":${process.pid}`}, '"pid":999999999') where holder = 'dead'`.execute(
      db,
    );
    const next = await frontier('next', id);
    const taken = await next.take(20);
    expect(taken.map(({ linkText }) => linkText)).toEqual(
      Array.from({ length: 10 }, () => '"引\\号"'),
    );
    await leaveSurvey(db, id, 'next');
  });
});
