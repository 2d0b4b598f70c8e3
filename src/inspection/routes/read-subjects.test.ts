import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../../documents/workbook.ts';
import type { Scope } from '../../domain/actor.ts';
import { createServer, type HttpServer } from '../../http/create-server.ts';
import {
  DEFAULT_REGISTRY_POLICY,
  importRegistry,
  registerRegistryRoutes,
  unitsBelow,
} from '../../registry/index.ts';
import {
  ACCOUNT_OF,
  type ArchivedRound,
  archivedRound,
  CITIES,
  ROWS,
} from '../../testing/archived-round.ts';
import { actorWith } from '../../testing/as-actor.ts';
import { ProgressHub } from '../progress.ts';
import { registerOverviewRoute } from './overview-route.ts';
import type { InspectionRouteDeps } from './route-deps.ts';
import { registerSubjectRoutes } from './subject-routes.ts';

let round: ArchivedRound;
let app: HttpServer;
let scope: Scope = 'all';
const unitIds = new Map<string, number>();

beforeAll(async () => {
  round = await archivedRound();
  const { store } = round.opened;
  app = await createServer(async () => actorWith({ scope }));
  const deps = { store, progress: new ProgressHub() } as unknown as InspectionRouteDeps;
  registerSubjectRoutes(app, deps);
  registerOverviewRoute(app, deps);
  registerRegistryRoutes(app, { ...round.opened, registry: DEFAULT_REGISTRY_POLICY });
  for (const unit of (await get('/api/v1/units')).items) unitIds.set(unit.name, unit.id);
});
afterAll(async () => {
  await app.close();
  await round.remove();
});

// biome-ignore lint/suspicious/noExplicitAny: answers of many routes, looked into by each test
async function get(url: string): Promise<any> {
  const answer = await app.inject({ url, headers: { host: '127.0.0.1' } });
  return { status: answer.statusCode, text: answer.payload, ...answer.json() };
}

async function as<T>(city: string, work: () => Promise<T>): Promise<T> {
  scope = new Set(await unitsBelow(round.opened.store.db, unitIds.get(city)!));
  try {
    return await work();
  } finally {
    scope = 'all';
  }
}

const names = (answer: { items: { name: string }[] }): string[] =>
  answer.items.map(({ name }) => name);
const siteId = async (code: string): Promise<number> =>
  (await get(`/api/v1/sites?q=${code}`)).items[0].id;

describe('the register', () => {
  it('sites carry what their last round said', async () => {
    const { items, total, totalIsExact } = await get('/api/v1/sites');
    expect([total, totalIsExact]).toEqual([3, true]);
    expect(items[0]).toMatchObject({
      siteCode: ROWS.stale,
      sponsor: { name: '岳阳市' },
      printRow: '岳阳市',
      status: 'running',
      lastRound: '2020Q3',
      lastVerdict: { kind: 'vetoed', words: '不合格（单项否决）' },
    });
    expect(items[0].lastVerdict.rules[0].label).toMatch(/更新/);
    expect(items[2].lastVerdict.kind).not.toBe('vetoed');
  });

  it.each([
    ['q=4301000002', 1],
    ['q=01000002', 1],
    [`q=${encodeURIComponent('网站4301')}`, 3],
    [`q=${encodeURIComponent('长沙')}`, 2],
    [`q=${encodeURIComponent('站')}`, 3],
    ['q=S4301000003.GOV', 1],
    ['q=%25', 0],
    ['q=_', 0],
    ['q=%27%3B--', 0],
    ['status=closed', 0],
    [`printRow=${encodeURIComponent('长沙市')}`, 2],
    ['asOf=2020-06-30', 0],
    ['asOf=2020-07-01', 3],
    [`asOf=2020-07-01&q=${encodeURIComponent('岳阳')}`, 1],
    ['limit=1', 3],
    ['offset=3', 3],
  ])('sites?%s: %i', async (query, total) => {
    expect((await get(`/api/v1/sites?${query}`)).total).toBe(total);
  });

  it('is paged and sorted', async () => {
    const all = names(await get('/api/v1/sites?sort=name'));
    expect(names(await get('/api/v1/sites?sort=-name'))).toEqual([...all].reverse());
    expect(names(await get('/api/v1/sites?sort=name&limit=1&offset=1'))).toEqual([all[1]]);
  });

  it('a renamed site is found under its old name by the date, and its history tells', async () => {
    const bytes = writeCsv([
      ['网站标识码', '网站名称', '主办单位', '首页网址'],
      [ROWS.sound, '星城政务', '长沙市', 'http://new.gov.cn/'],
    ]);
    await importRegistry(round.opened, '测试', {
      files: [{ name: '网站.csv', bytes }],
      dryRun: false,
      today: '2020-10-01',
    });
    const old = `q=${encodeURIComponent(`网站${ROWS.sound}`)}`;
    expect((await get(`/api/v1/sites?${old}`)).total).toBe(0);
    expect((await get(`/api/v1/sites?${old}&asOf=2020-09-30`)).total).toBe(1);
    const detail = await get(`/api/v1/sites/${await siteId(ROWS.sound)}`);
    expect(detail.history.map(({ validFrom }: { validFrom: string }) => validFrom)).toEqual([
      '2020-10-01',
      '2020-07-01',
    ]);
    expect(detail.dutyChain.map(({ name }: { name: string }) => name)).toEqual(['长沙市', '丙省']);
    expect(detail.rounds).toMatchObject([{ period: '2020Q3', checked: true }]);
  });

  it('accounts have their own columns, and no secret', async () => {
    const { items, text } = await get(`/api/v1/accounts?q=${encodeURIComponent('巴陵')}`);
    expect(items).toMatchObject([{ platform: '微信公众号', accountId: `gh_${ACCOUNT_OF.岳阳市}` }]);
    expect(text).not.toMatch(/secret/i);
    expect((await get(`/api/v1/accounts?platform=${encodeURIComponent('新浪微博')}`)).total).toBe(
      0,
    );
  });
});

describe('one subject in one round', () => {
  it('has its visits, facts, pages and findings', async () => {
    const id = await siteId(ROWS.unreachable);
    const seen = await get(`/api/v1/sites/${id}/rounds/2020Q3`);
    expect(seen.probes).toHaveLength(140);
    expect(
      seen.probes.filter(({ outcome }: { outcome: string }) => outcome === 'failed'),
    ).toHaveLength(20);
    expect(seen.verdict.kind).toBe('vetoed');
    expect(seen.sections).toHaveLength(3);
    expect(seen.pages).toHaveLength(1);
    const breached = seen.findings.filter(
      ({ status }: { status: string }) => status === 'breached',
    );
    expect(breached).toHaveLength(1);
    expect((await get(`/api/v1/sites/${id}/rounds/2019Q1`)).code).toBe('round.unknown');
  });
});

describe('the overview', () => {
  it('adds up, by city, and drills down', async () => {
    const seen = await get('/api/v1/overview');
    expect(seen.kinds.site).toMatchObject({ registered: 3, checked: 3, failing: 2 });
    expect(
      seen.units.map(({ name, sites }: never) => [name, (sites as { failing: number }).failing]),
    ).toEqual([
      ['岳阳市', 1],
      ['长沙市', 1],
    ]);
    expect(seen.trend).toMatchObject([{ period: '2020Q3', siteRate: 33.33 }]);
    expect(seen.waiting[0]).toMatchObject({ kind: 'review', count: 2 });
    const below = await get(`/api/v1/overview?unitId=${unitIds.get('长沙市')}`);
    expect(below.units).toMatchObject([{ name: '长沙市', sites: { checked: 2 } }]);
  });
});

describe('a city sees only its own', () => {
  it.each(CITIES)('%s', async (city) => {
    const other = CITIES.find((each) => each !== city)!;
    const foreign = city === '岳阳市' ? ROWS.unreachable : ROWS.stale;
    const id = await siteId(foreign);
    const lists = ['/api/v1/sites', '/api/v1/accounts', '/api/v1/units', '/api/v1/overview'];
    await as(city, async () => {
      for (const url of lists) {
        const answer = await get(url);
        expect(answer.status).toBe(200);
        for (const word of [other, foreign, ACCOUNT_OF[other], '丙省'])
          expect([url, word, answer.text.includes(word)]).toEqual([url, word, false]);
      }
      expect((await get(`/api/v1/sites?q=${foreign}`)).total).toBe(0);
      expect((await get(`/api/v1/sites?unitId=${unitIds.get(other)}`)).total).toBe(0);
      expect((await get(`/api/v1/sites?asOf=2020-07-01&q=${foreign}`)).total).toBe(0);
      expect((await get(`/api/v1/sites/${id}`)).code).toBe('site.unknown');
      expect((await get(`/api/v1/sites/${id}/rounds/2020Q3`)).code).toBe('site.unknown');
      const { kinds, problems } = await get('/api/v1/overview');
      expect(kinds.site.checked).toBe(city === '岳阳市' ? 1 : 2);
      expect(problems).toHaveLength(1);
    });
  });
});
