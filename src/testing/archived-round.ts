import { join } from 'node:path';
import { writeCsv } from '../documents/workbook.ts';
import { type Fact, type FactMap, observed } from '../domain/fact.ts';
import { parsePeriod } from '../domain/period.ts';
import { insertFacts } from '../inspection/fact.repository.ts';
import { inspectionDb, inTransaction } from '../inspection/inspection-db.ts';
import { insertPages } from '../inspection/page.repository.ts';
import { planRound } from '../inspection/plan-round.ts';
import { insertProbes } from '../inspection/probe.repository.ts';
import { recordFact } from '../inspection/record-facts.ts';
import { listRoundSubjects, updateRoundState } from '../inspection/round.repository.ts';
import type { Round } from '../inspection/round.ts';
import { judgeSubjects } from '../inspection/work/judge-task.ts';
import type { ReceivedResponse } from '../lib/pure/received-response.ts';
import { importRegistry } from '../registry/index.ts';
import { Archive } from '../store/archive/archive.ts';
import { LocalSegments } from '../store/archive/segment-store.ts';
import { home, newest, sections, visits } from './facts/site-views.ts';
import { receivedResponse } from './received-response.ts';
import { type TemporaryStore, temporaryStore } from './temporary-store.ts';
import { testRuleset } from './test-ruleset.ts';
import { TEST_SEALING } from './test-sealing.ts';

const NOW = '2026-11-23T00:00:00.000Z';
const VISITED_AT = '2020-09-12T04:00:00.000Z';
const VISITS = 140;
const FAILED_VISITS = 20;

/** Site codes and account of the round below, and what is wrong with each. */
export const ROWS = {
  /** Its home page is stale; the same body was kept before, for another site, so its own record is a revisit. */
  stale: '4301000001',
  /** Does not open in 20 of 140 visits: the evidence is rows, not bytes. */
  unreachable: '4301000002',
  sound: '4301000003',
} as const;
export const STALE_PAGE = `<html><body>最新 2020-08-01 ${'旧闻'.repeat(900)}</body></html>`;

/** Cities below one province, and whose the sites are. */
export const CITIES = ['岳阳市', '长沙市'] as const;
export const CITY_OF: Readonly<Record<string, (typeof CITIES)[number]>> = {
  [ROWS.stale]: '岳阳市',
  [ROWS.unreachable]: '长沙市',
  [ROWS.sound]: '长沙市',
};
/** An account of each city, registered and planned but not gathered. */
export const ACCOUNT_OF = { 岳阳市: '巴陵之声', 长沙市: '星城播报' } as const;

export interface ArchivedRound {
  readonly opened: TemporaryStore;
  readonly archive: Archive;
  readonly round: Round;
  remove(): Promise<void>;
}

/** A judged round of three sites of two cities with archived pages, in a database and archive of its own. */
export async function archivedRound(): Promise<ArchivedRound> {
  const opened = await temporaryStore();
  const { store } = opened;
  const archive = await Archive.open({
    store,
    segments: new LocalSegments(join(opened.folder, 'evidence')),
    now: () => NOW,
  });
  await registerSites(opened);
  const round = await planRound({ store }, '测试', {
    period: parsePeriod('2020Q3'),
    window: ['2020-07-07', '2020-09-17'],
    monitoredAt: '2020-09-17T15:59:59.999Z',
    ruleset: testRuleset('hunan-2020'),
    clock: 'replay',
    coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
    sampleRows: [],
    resolveRules: ['*.test=127.0.0.1:1'],
    at: NOW,
  });
  const subjects = (await listRoundSubjects(inspectionDb(store), round.id)).flatMap(
    ({ subject }) => (subject.kind === 'site' ? [subject.id] : []),
  );
  for (const [index, id] of subjects.entries()) await gatherSite(opened, archive, round, index, id);
  await judgeSubjects(
    { deps: { store }, round, now: () => NOW },
    { kind: 'site', subjectIds: subjects },
  );
  await inTransaction(store, (trx) => updateRoundState(trx, round.id, { state: 'reviewing' }));
  return { opened, archive, round, remove: () => archive.close().then(() => opened.remove()) };
}

async function registerSites({ store }: TemporaryStore): Promise<void> {
  const files = [
    {
      name: '单位.csv',
      bytes: writeCsv([
        ['名称', '上级', '通报行'],
        ['丙省', '', '省直'],
        ...CITIES.map((city) => [city, '丙省', city]),
      ]),
    },
    {
      name: '网站.csv',
      bytes: writeCsv([
        ['网站标识码', '网站名称', '主办单位', '首页网址'],
        ...Object.values(ROWS).map((code) => [code, `网站${code}`, CITY_OF[code]!, homeUrl(code)]),
      ]),
    },
    {
      name: '新媒体.csv',
      bytes: writeCsv([
        ['平台', '账号名称', '账号ID', '主办单位', '信源类型'],
        ...CITIES.map((city) => [
          '微信公众号',
          ACCOUNT_OF[city],
          `gh_${ACCOUNT_OF[city]}`,
          city,
          'none',
        ]),
      ]),
    },
  ];
  await importRegistry({ store, sealing: TEST_SEALING }, '测试', {
    files,
    dryRun: false,
    today: '2020-07-01',
  });
}

const homeUrl = (code: string): string => `http://s${code}.gov.cn/`;

async function gatherSite(
  { store }: TemporaryStore,
  archive: Archive,
  round: Round,
  index: number,
  subjectId: number,
): Promise<void> {
  const code = Object.values(ROWS)[index]!;
  const intake = archive.begin(round.id);
  if (index === 0) intake.add(page('http://elsewhere.gov.cn/', STALE_PAGE));
  const response = page(homeUrl(code), index === 0 ? STALE_PAGE : `<html>${code}</html>`);
  const snapshot = intake.add(response);
  await intake.settle();
  const facts = { subjectId, gatherer: 'crawl/site', gatheredAt: NOW, snapshots: [snapshot] };
  const owner = { roundId: round.id, kind: 'site', subjectId } as const;
  await inTransaction(store, async (trx) => {
    await intake.index(trx);
    await insertPages(trx, round.id, [
      { ...pageRecord(response, snapshot), kind: 'site', subjectId },
    ]);
    await insertFacts(
      trx,
      owner,
      Object.entries(siteFacts(index, snapshot)).map(([key, fact]) =>
        recordFact(key as keyof FactMap, fact as Fact<never>, {
          ...facts,
          ...(key === 'site.visits' ? { snapshots: [] } : {}),
        }),
      ),
    );
  });
  await insertProbes(inspectionDb(store), round.id, visitRows(subjectId, index === 1));
}

function page(url: string, body: string): ReceivedResponse {
  return receivedResponse({ url, body, receivedAt: NOW });
}

function pageRecord(response: ReceivedResponse, snapshot: string) {
  return {
    url: response.url,
    askedUrl: response.url,
    headers: {},
    truncated: false,
    errorClass: null,
    role: 'home',
    outcome: 'ok' as const,
    status: response.status,
    snapshot,
    bytes: response.body.byteLength,
    fetchedAt: response.receivedAt,
    reason: null,
  };
}

function siteFacts(index: number, snapshot: string): { [K in keyof FactMap]?: Fact<FactMap[K]> } {
  const item = { ...newest(index === 0 ? '2020-08-01' : '2020-09-16'), snapshot };
  return {
    'site.visits': observed(visits(index === 1 ? FAILED_VISITS : 0)),
    'site.home': observed(home({ newest: item })),
    'site.sections': observed(sections(3)),
    'site.maintenance': { state: 'absent' },
    'site.sharedOutage': { state: 'absent' },
  };
}

function visitRows(subjectId: number, failing: boolean) {
  return Array.from({ length: VISITS }, (_, slot) => ({
    subject_id: subjectId,
    slot,
    scheduled_at: VISITED_AT,
    happened_at: VISITED_AT,
    url: 'http://s.gov.cn/',
    address: '192.0.2.7',
    outcome: failing && slot < FAILED_VISITS ? 'failed' : 'ok',
    error_class: failing && slot < FAILED_VISITS ? 'timeout' : null,
    status: failing && slot < FAILED_VISITS ? null : 200,
    ...{ dns_ms: null, tcp_ms: 1, tls_ms: null, ttfb_ms: 2, total_ms: 3 },
    vantage: 'local',
    paced: false,
  }));
}
