import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../domain/actor.ts';
import { observed, unobserved } from '../../domain/fact.ts';
import { LINK_CLASSES, type LinkCounts, type SiteLinks } from '../../domain/facts/link-facts.ts';
import type { SiteText } from '../../domain/facts/text-facts.ts';
import { parsePeriod } from '../../domain/period.ts';
import { actorWith } from '../../testing/as-actor.ts';
import { type SmallProvince, smallProvince } from '../../testing/rounds/small-province.ts';
import { testRuleset } from '../../testing/test-ruleset.ts';
import { insertFacts } from '../fact.repository.ts';
import { inspectionDb } from '../inspection-db.ts';
import { type PlanInput, planRound } from '../plan-round.ts';
import { recordFact } from '../record-facts.ts';
import { listRoundSubjects } from '../round.repository.ts';

const NOW = '2026-11-20T14:00:00.000Z';
const PERIOD = '2026H2';
const DEAD = 70;
const BLOCKED = 5;
let province: SmallProvince;
let ids: ReadonlyMap<string, number>;

const counts = (change: Partial<LinkCounts>): LinkCounts =>
  ({ ...Object.fromEntries(LINK_CLASSES.map((name) => [name, 0])), ...change }) as LinkCounts;

const LINKS: SiteLinks = {
  ...{ pages: 120, complete: false, incompleteReason: '已达单站 500 次请求的上限' },
  ...{ home: counts({ ok: 30, dead: 1 }), otherPages: counts({ ok: 400, dead: DEAD - 1 }) },
  failing: Array.from({ length: DEAD + BLOCKED }, (_, at) => ({
    ...{ url: `http://a.gov.cn/${at}`, from: 'http://a.gov.cn/', onHome: at === 0 },
    ...{ text: '', use: 'page' as const, external: false, status: at < DEAD ? 404 : 403 },
    ...{ class: at < DEAD ? ('dead' as const) : ('blocked' as const), reason: '看了两次' },
    ...{ looks: [], snapshot: null },
  })),
  failingLeftOut: 0,
};
const TEXT: SiteText = {
  findings: [
    {
      ...{ text: '布署', suggestion: '部署', class: 'typo', severity: 'ordinary', confidence: 0.9 },
      ...{ rule: 'typo', reason: '错别字', place: 'body', excerpt: '布署工作' },
      ...{ url: 'http://a.gov.cn/1', pageDate: null, snapshot: 'a'.repeat(64) },
    },
  ],
  ...{ cut: false, foundByClass: { typo: 1 }, pagesRead: 120, charactersRead: 9_000 },
  ...{ lexicons: ['seed@1'], checkedAt: NOW, complete: true },
};

const plan = (): PlanInput => ({
  period: parsePeriod(PERIOD),
  window: ['2026-11-01', '2026-12-31'],
  monitoredAt: '2026-12-31T15:59:59.999Z',
  ruleset: testRuleset('hunan-2020'),
  clock: 'live',
  coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
  ...{ sampleRows: [], resolveRules: [], wholeSites: { sites: 'all', pagesPerSite: 500 } },
  at: NOW,
});

beforeAll(async () => {
  const readers: Readonly<Record<string, (units: ReadonlyMap<string, number>) => Actor>> = {
    省: () => actorWith({ abilities: ['round.read'], scope: 'all' }),
    长沙: (units) =>
      actorWith({ abilities: ['round.read'], scope: new Set([units.get('长沙市')!]) }),
  };
  province = await smallProvince((name, units) => readers[name]?.(units));
  const { deps } = province;
  const round = await planRound(deps, '测试', plan());
  const db = inspectionDb(deps.store);
  const subjects = await listRoundSubjects(db, round.id);
  ids = new Map(subjects.map(({ subject }) => [subject.name, subject.id]));
  const origin = (subjectId: number) => ({ subjectId, gatheredAt: NOW, gatherer: 'survey/links' });
  const [changsha, yueyang] = [ids.get('长沙一')!, ids.get('岳阳一')!];
  await insertFacts(db, { roundId: round.id, kind: 'site', subjectId: changsha }, [
    recordFact('site.links', observed(LINKS), origin(changsha)),
    recordFact('site.text', observed(TEXT), origin(changsha)),
  ]);
  await insertFacts(db, { roundId: round.id, kind: 'site', subjectId: yueyang }, [
    recordFact('site.links', unobserved('首页没有读到，没有链接可查'), origin(yueyang)),
  ]);
});
afterAll(() => province.remove());

async function get(name: string, path: string, actor = '省') {
  const answer = await province.app.inject({
    url: `/api/v1/sites/${ids.get(name)}/rounds/${PERIOD}/${path}`,
    headers: { host: '127.0.0.1', 'x-actor': encodeURIComponent(actor) },
  });
  return { status: answer.statusCode, body: answer.json() };
}

describe('the survey of a site over HTTP', () => {
  it('is told in short', async () => {
    const { body } = await get('长沙一', 'survey');
    expect(body.walk).toBeNull();
    expect(body.links).toMatchObject({
      ...{ pages: 120, listed: DEAD + BLOCKED, reason: '已达单站 500 次请求的上限' },
      counts: [
        { class: 'ok', home: 30, otherPages: 400 },
        { class: 'dead', home: 1, otherPages: DEAD - 1 },
      ],
    });
    expect(body.words).toMatchObject({ listed: 1, counts: [{ class: 'typo', count: 1 }] });
  });

  it('of a site that this round did not walk names the newest round that did', async () => {
    const { deps } = province;
    const id = ids.get('长沙二')!;
    const later = await planRound(deps, '测试', { ...plan(), period: parsePeriod('2026Q3') });
    await sql`
      insert into survey (home_url, round_id, subject_id, seed, started_at, ended_at, result)
      values ('http://a.gov.cn/', ${later.id}, ${id}, 1, ${NOW}, ${NOW}, '{"outcomes":{}}')`.execute(
      deps.store.db,
    );
    const { body } = await get('长沙二', 'survey');
    expect(body.other).toEqual({ period: '2026Q3', label: '2026年第三季度' });
    await sql`delete from survey`.execute(deps.store.db);
  });

  it('says why nobody could look, and nothing where nobody did', async () => {
    const unseen = await get('岳阳一', 'survey');
    expect(unseen.body).toMatchObject({
      links: { reason: '首页没有读到，没有链接可查', listed: 0 },
      words: null,
    });
    expect((await get('长沙二', 'survey')).body).toEqual({
      ...{ walk: null, other: null, links: null, words: null },
    });
  });

  it('lists links and words page by page, and one class of them', async () => {
    const second = await get('长沙一', 'survey/links?limit=50&offset=50');
    expect([second.body.total, second.body.items.length]).toEqual([75, 25]);
    expect(second.body.items[0].url).toBe('http://a.gov.cn/50');
    const blocked = await get('长沙一', 'survey/links?class=blocked&limit=3');
    expect([blocked.body.total, blocked.body.items.length]).toEqual([BLOCKED, 3]);
    const words = await get('长沙一', 'survey/words?class=typo');
    expect(words.body.items).toMatchObject([{ text: '布署', suggestion: '部署' }]);
    expect((await get('长沙一', 'survey/words?class=date')).body.total).toBe(0);
    expect((await get('岳阳一', 'survey/links')).body).toMatchObject({ items: [], total: 0 });
    expect((await get('长沙一', 'survey/links?class=none')).status).toBe(400);
  });

  it.each(['survey', 'survey/links', 'survey/words'])(
    '%s of another city is unknown',
    async (path) => {
      expect((await get('长沙一', path, '长沙')).status).toBe(200);
      const refused = await get('岳阳一', path, '长沙');
      expect([refused.status, refused.body.code]).toEqual([404, 'site.unknown']);
    },
  );

  it('leaves long lists out of the page of facts, and says how long they are', async () => {
    const answer = await province.app.inject({
      url: `/api/v1/sites/${ids.get('长沙一')}/rounds/${PERIOD}`,
      headers: { host: '127.0.0.1', 'x-actor': encodeURIComponent('省') },
    });
    const facts = answer.json().facts as { key: string; value: Record<string, unknown> }[];
    const links = facts.find(({ key }) => key === 'site.links')!.value;
    expect([(links.failing as unknown[]).length, links.failingNotShown]).toEqual([
      ...[20, DEAD + BLOCKED - 20],
    ]);
  });
});
