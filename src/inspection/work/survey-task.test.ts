import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SiteLinks } from '../../domain/facts/link-facts.ts';
import type { SiteText } from '../../domain/facts/text-facts.ts';
import { parsePeriod } from '../../domain/period.ts';
import { checkArchive } from '../../evidence/check-archive.ts';
import { listSites, setQuietHours } from '../../registry/index.ts';
import { surveyOfRound } from '../../survey/index.ts';
import { type SmallProvince, smallProvince } from '../../testing/rounds/small-province.ts';
import * as behave from '../../testing/servers/behaviours.ts';
import { type Handler, startServer, type TestServer } from '../../testing/servers/start-server.ts';
import { testRuleset } from '../../testing/test-ruleset.ts';
import { resetSubject } from '../control/retry-subject.ts';
import { loadFacts } from '../fact.repository.ts';
import { inspectionDb } from '../inspection-db.ts';
import { planRound } from '../plan-round.ts';
import { listRoundSubjects } from '../round.repository.ts';
import type { Round } from '../round.ts';
import type { WholeSites } from '../whole-sites.ts';
import { RoundContexts } from './round-context.ts';
import { roundJobs } from './round-jobs.ts';
import { planSites } from './site-task.ts';
import { planSurveys } from './survey-task.ts';
import { insertTasks, listOpenTasks, type TaskKind } from './task.repository.ts';

/** 12:00 of the monitoring day in Asia/Shanghai. */
const NOON = '2020-09-17T04:00:00.000Z';
const CODE = '4301000001';
const HOST = `s${CODE}.gov.cn`;
const PAGES = 60;

const page = (title: string, body: string, etag: string): Handler =>
  behave.answer(
    200,
    `<title>${title}</title><body><h1>${title}</h1>${body}<p>${'各乡镇，县直各单位，现将有关事项通知如下，请认真执行。'.repeat(8)}</p>`,
    { 'content-type': 'text/html; charset=utf-8', etag },
  );

/** A binary tree of pages, with a dead link on one and a wrong name on another. */
const site: Handler = (request, response) => {
  const path = request.url ?? '/';
  const at = path === '/' ? 1 : Number(/^\/n\/(\d+)\.html$/.exec(path)?.[1] ?? 0);
  if (at < 1 || at > PAGES) return behave.answer(404, '没有')(request, response);
  const etag = `"${at}"`;
  if (request.headers['if-none-match'] === etag) return behave.answer(304)(request, response);
  const next = [at * 2, at * 2 + 1].filter((each) => each <= PAGES);
  const links = next.map((each) => `<a href="/n/${each}.html">第${each}次检查工作安排</a>`);
  const more = at === 20 ? '<a href="/n/gone.html">失效的公告</a>' : '';
  const words = at === 30 ? '中华人民共合国成立以来' : '';
  page(`第${at}次检查工作安排`, links.join('') + more + words, etag)(request, response);
};

let province: SmallProvince;
let server: TestServer;
let asked = 0;
let onAsked: () => void = () => undefined;
beforeAll(async () => {
  server = await startServer((request, response) => {
    if (request.headers.host?.startsWith(HOST)) {
      asked += 1;
      onAsked();
    }
    return site(request, response);
  });
  province = await smallProvince(() => undefined);
});
afterAll(async () => {
  await province.remove();
  await server[Symbol.asyncDispose]();
});

async function plan(period: string, wholeSites: WholeSites): Promise<Round> {
  return planRound(province.deps, '测试', {
    period: parsePeriod(period),
    window: ['2020-07-07', '2020-09-17'],
    monitoredAt: '2020-09-17T15:59:59.999Z',
    ruleset: testRuleset('hunan-2020'),
    clock: 'live',
    coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
    sampleRows: [],
    resolveRules: [`*=127.0.0.1:${server.port}`],
    wholeSites,
    at: NOON,
  });
}

const ALL: WholeSites = { sites: 'all', pagesPerSite: 500 };
const sitesOf = async (round: Round) =>
  (await listRoundSubjects(inspectionDb(province.deps.store), round.id)).filter(
    ({ subject }) => subject.kind === 'site',
  );
const registered = () => listSites(province.deps.store.db);
const idOf = async () => (await registered()).find(({ siteCode }) => siteCode === CODE)!.id;

/** Does one task as a worker that is stopped by `signal`. */
async function work(
  round: Round,
  kind: TaskKind,
  { now = NOON, signal = new AbortController().signal } = {},
): Promise<void> {
  const key = String(await idOf()).padStart(9, '0');
  const io = { now: () => now, note: () => undefined, signal };
  const contexts = new RoundContexts(province.deps, io);
  try {
    await roundJobs(province.deps, contexts)[kind].run({ roundId: round.id, key }, { signal });
  } finally {
    await contexts.close();
  }
}

async function factsOf(round: Round) {
  const id = await idOf();
  const facts = await loadFacts(inspectionDb(province.deps.store), round.id, 'site', [id]);
  return facts.get(id) as unknown as Record<
    'site.links' | 'site.text',
    { state: string; gatherer: string; snapshots: string[]; value: SiteLinks & SiteText }
  >;
}

/** What the facts say, apart from times. */
const saying = ({
  'site.links': links,
  'site.text': text,
}: Awaited<ReturnType<typeof factsOf>>) => ({
  pages: links.value.pages,
  counts: [links.value.home, links.value.otherPages],
  failing: links.value.failing.map(({ looks: _looks, ...link }) => link),
  words: text.value.findings.map(({ url, text: words, snapshot }) => ({ url, words, snapshot })),
  read: [text.value.pagesRead, text.value.charactersRead],
  complete: [links.value.complete, text.value.complete],
});

describe('a round that walks whole sites', () => {
  let whole: Round;
  it('keeps links and words of every page as facts, with the originals in its archive', async () => {
    const { deps } = province;
    whole = await plan('2020Q3', ALL);
    const db = inspectionDb(deps.store);
    const sites = await sitesOf(whole);
    await insertTasks(db, whole.id, 'site', planSites(sites));
    await insertTasks(db, whole.id, 'survey', planSurveys(whole, sites));
    await work(whole, 'site');
    await work(whole, 'survey');
    const facts = await factsOf(whole);
    expect(saying(facts)).toMatchObject({
      pages: PAGES,
      failing: [
        { url: `http://${HOST}/n/gone.html`, class: 'dead', from: `http://${HOST}/n/20.html` },
      ],
      words: [{ url: `http://${HOST}/n/30.html`, words: '中华人民共合国' }],
      complete: [true, true],
    });
    expect(facts['site.links'].gatherer).toBe('survey/links');
    expect(facts['site.text'].gatherer).toBe('survey/text');
    const [gone] = facts['site.links'].value.failing;
    expect(facts['site.links'].snapshots).toEqual([gone!.snapshot]);
    expect((await deps.archive.find(gone!.snapshot!))[0]?.roundId).toBe(whole.id);
    expect(Buffer.from((await deps.archive.get(gone!.snapshot!)) ?? []).toString()).toBe('没有');
    const [snapshot, ...more] = facts['site.text'].snapshots;
    expect(more).toEqual([]);
    const [place] = await deps.archive.find(snapshot!);
    expect(place?.roundId).toBe(whole.id);
    const body = Buffer.from((await deps.archive.get(snapshot!)) ?? []).toString();
    expect(body).toContain('中华人民共合国');
    const key = String(await idOf()).padStart(9, '0');
    expect((await listOpenTasks(db, whole.id, 'survey')).map((task) => task.key)).not.toContain(
      key,
    );
  });

  it('comes to the same when its worker is stopped in the middle, and asks no page twice', async () => {
    const round = await plan('2020Q2', ALL);
    const db = inspectionDb(province.deps.store);
    await insertTasks(db, round.id, 'survey', planSurveys(round, await sitesOf(round)));
    const stop = new AbortController();
    const before = asked;
    onAsked = () => {
      if (asked - before === PAGES / 2) stop.abort();
    };
    await expect(work(round, 'survey', { signal: stop.signal })).rejects.toThrow();
    expect(await factsOf(round)).toEqual({});
    onAsked = () => undefined;
    await work(round, 'survey');
    // What was on its way when the stop came is asked for again, and so is what decides about the rest.
    expect(asked - before).toBeLessThan(PAGES * 1.5);
    expect(saying(await factsOf(round))).toEqual(saying(await factsOf(whole)));
  });

  it('has the original of a page that did not change in its own archive', async () => {
    const { deps } = province;
    const round = await plan('2020H1', ALL);
    const db = inspectionDb(deps.store);
    await insertTasks(db, round.id, 'survey', planSurveys(round, await sitesOf(round)));
    await work(round, 'survey');
    const survey = await surveyOfRound(deps.store.db, round.id, await idOf());
    expect(survey?.result?.outcomes).toMatchObject({ unchanged: PAGES });
    const facts = await factsOf(round);
    expect(saying(facts)).toEqual(saying(await factsOf(whole)));
    const check = await checkArchive(deps.archive, round.id, {
      signal: new AbortController().signal,
      onSegment: () => undefined,
    });
    expect([check.brokenCount, check.records]).toEqual([0, expect.any(Number)]);
    const own = { roundId: round.id, urls: [] };
    expect(await deps.archive.read(facts['site.text'].snapshots[0]!, own)).toMatchObject({
      ...{ state: 'whole', place: { roundId: round.id, kind: 'response' } },
    });
  });

  it('leaves a site alone in its quiet hours', async () => {
    const { deps } = province;
    const round = await plan('2020Q1', ALL);
    await insertTasks(
      inspectionDb(deps.store),
      round.id,
      'survey',
      planSurveys(round, await sitesOf(round)),
    );
    const windows = [{ from: '08:30', to: '18:00' }];
    const quiet = { site: { siteCode: CODE }, windows, reason: '白天办件高峰', at: NOON };
    await setQuietHours(deps.store, '测试', quiet);
    const before = asked;
    await work(round, 'survey');
    expect(asked).toBe(before);
    const open = await listOpenTasks(inspectionDb(deps.store), round.id, 'survey');
    expect(open.map(({ startAfter }) => startAfter).filter(Boolean)).toHaveLength(1);
    await setQuietHours(deps.store, '测试', { ...quiet, windows: [] });
  });

  it('walks a site again that is gathered again', async () => {
    const { deps } = province;
    const input = { period: '2020Q3', kind: 'site', subjectId: await idOf(), at: NOON } as const;
    await resetSubject(deps, '测试', input);
    expect(await factsOf(whole)).toEqual({});
    const before = asked;
    await work(whole, 'survey');
    expect(asked - before).toBeGreaterThanOrEqual(PAGES);
    expect((await factsOf(whole))['site.links'].value.pages).toBe(PAGES);
  });

  it('walks those that it was told to, and none of a past period', async () => {
    const sites = await sitesOf(whole);
    const portals: WholeSites = { sites: 'portals', pagesPerSite: 500 };
    expect(planSurveys({ wholeSites: portals }, sites)).toEqual([]);
    const portal = { ...sites[0]!, subject: { ...sites[0]!.subject, isPortal: true } };
    expect(planSurveys({ wholeSites: portals }, [portal as never])).toHaveLength(1);
    await expect(
      planRound(province.deps, '测试', {
        ...{ period: parsePeriod('2019Q4'), window: ['2019-10-01', '2019-12-31'] },
        ...{ monitoredAt: '2019-12-31T15:59:59.999Z', ruleset: testRuleset('hunan-2020') },
        ...{ clock: 'replay', sampleRows: [], resolveRules: [`*=127.0.0.1:${server.port}`] },
        ...{ coverage: whole.coverage, wholeSites: ALL, at: NOON },
      }),
    ).rejects.toMatchObject({ code: 'round.whole-sites' });
    const { rows } = await sql<{ whole_sites: string; pages_per_site: number }>`
      select whole_sites, pages_per_site from round where id = ${whole.id}`.execute(
      province.deps.store.db,
    );
    expect(rows).toEqual([{ whole_sites: 'all', pages_per_site: 500 }]);
  });
});
