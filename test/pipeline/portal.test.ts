import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeBulletin } from '../../src/bulletin/compose-bulletin.ts';
import { placeOf } from '../../src/bulletin/place.ts';
import { findMismatches } from '../../src/bulletin/reconcile.ts';
import { unobserved } from '../../src/domain/fact.ts';
import { freezeRound } from '../../src/inspection/freeze-round.ts';
import { readFrozenRound } from '../../src/inspection/index.ts';
import { enterFinding } from '../../src/inspection/review/enter-finding.ts';
import { reviewFinding } from '../../src/inspection/review/review-finding.ts';
import { actorWith } from '../../src/testing/as-actor.ts';
import { factSet } from '../../src/testing/facts/build-facts.ts';
import { links, portalFacts, wrongPortal } from '../../src/testing/facts/portal-views.ts';
import { section } from '../../src/testing/facts/site-views.ts';
import { ask } from '../../src/testing/rounds/ask.ts';
import { judgedSites, type RoundSite } from '../../src/testing/rounds/portal-round.ts';
import { type SmallProvince, smallProvince } from '../../src/testing/rounds/small-province.ts';
import { scoringRuleset } from '../../src/testing/scoring-ruleset.ts';
import { testRuleset } from '../../src/testing/test-ruleset.ts';

const PERIOD = '2020Q3';
const AT = '2020-09-20T00:00:00.000Z';
const sound = factSet(portalFacts());
const site = (siteCode: string, name: string, more: Partial<RoundSite> = {}): RoundSite => ({
  ...{ siteCode, name, sponsor: '岳阳市', isPortal: true, facts: sound },
  ...more,
});

const SITES: readonly RoundSite[] = [
  site('4306000101', '岳阳市门户'),
  site('4301000101', '长沙市门户', { sponsor: '长沙市', facts: factSet(wrongPortal('很旧')) }),
  site('4306000102', '岳阳县门户', {
    facts: factSet(
      portalFacts({
        'site.ipv6': unobserved('本机没有 IPv6 线路'),
        'site.surveys': unobserved('超时'),
      }),
    ),
  }),
  site('4306000103', '岳阳市某局', { isPortal: false, facts: factSet(wrongPortal('很旧')) }),
  site('bm55000001', '某部', { hasService: false }),
  site('4306000104', '停更门户', {
    facts: factSet(portalFacts({ 'site.sections': Array(6).fill(section({ content: 'blank' })) })),
  }),
];

let province: SmallProvince;
let idOf: (siteCode: string) => number;
beforeAll(async () => {
  province = await smallProvince(() => actorWith());
  const { store } = province.deps;
  ({ idOf } = await judgedSites(store, SITES, { period: PERIOD, ruleset: scoringRuleset() }));
});
afterAll(() => province.remove());

const pageOf = async (siteCode: string, period = PERIOD) =>
  (await ask(province.app, '张三', `GET /api/v1/sites/${idOf(siteCode)}/rounds/${period}`)).body;
const entryOf = (score: { entries: { entryId: string }[] }, id: string) =>
  score.entries.find(({ entryId }) => entryId === `portal.${id}`);

describe('the score of a portal, from its facts to its page', () => {
  it('a portal in order has all points, and the bonus that it earned', async () => {
    const { verdict, score } = await pageOf('4306000101');
    expect(verdict).toMatchObject({ kind: 'scored', isFailing: false, words: '合格，105 分' });
    expect(score).toMatchObject({
      words: '得分 105 分（第二部分 100 分，第三部分 5 分）',
      notes: [],
      total: { lowest: 10_500, highest: 10_500 },
      bonus: { lowest: 500, isOpen: 'yes' },
    });
    expect(score.entries).toHaveLength(32);
  });

  it('a portal that keeps no rule fails, each indicator at its cap or its count', async () => {
    const { verdict, score } = await pageOf('4301000101');
    expect(verdict).toMatchObject({ kind: 'scored', isFailing: true });
    expect(entryOf(score, 'deduct.policy-files')).toMatchObject({
      name: '政策文件',
      cap: 500,
      counted: { lowest: 500, highest: 500 },
      lines: [{ state: 'counted', occurrences: 1, points: 500, label: '政策文件' }],
    });
    expect(entryOf(score, 'deduct.messages-open')).toMatchObject({
      counted: { lowest: 600 },
      lines: [{ occurrences: 1 }, { occurrences: 1 }, { state: 'counted' }],
    });
    expect(score.bonus.isOpen).toBe('no');
    const lost = score.entries
      .filter(({ part }: { part: string }) => part === 'deduct')
      .reduce(
        (sum: number, { counted }: { counted: { lowest: number } }) => sum + counted.lowest,
        0,
      );
    expect(score.deduction.highest).toBe(10_000 - lost);
    expect(verdict.words).toBe(`不合格，${score.total.highest / 100} 分`);
  });

  it('what could not be seen leaves a range, settled where no line lies in it', async () => {
    const { verdict, score } = await pageOf('4306000102');
    expect(verdict).toMatchObject({ kind: 'scored', isFailing: false });
    expect(score.deduction).toMatchObject({ lowest: 9_100, highest: 10_000 });
    expect(score.notes[0]).toContain('3 条指标没能看清');
  });

  it('75 × 4/3 without outward service; a veto ends it; what is no portal has none', async () => {
    expect((await pageOf('bm55000001')).score.deduction).toMatchObject({
      ...{ lowest: 10_000, isScaled: true },
    });
    expect((await pageOf('4306000104')).score).toMatchObject({
      ...{ words: '单项否决成立，停止评分', total: null, entries: [] },
    });
    const { verdict, score, findings } = await pageOf('4306000103');
    expect([verdict.kind, score]).toEqual(['passed', null]);
    expect(
      findings.filter(({ rule }: { rule: { id: string } }) => /^portal/.test(rule.id)),
    ).toEqual([]);
  });
});

describe('lists', () => {
  it('a round’s subjects show the points, its counts the failing ones', async () => {
    const url = `/api/v1/rounds/${PERIOD}/subjects?kind=site&verdict=scored`;
    const { items } = (await ask(province.app, '张三', `GET ${url}`)).body;
    const of = (name: string) => items.find((item: { name: string }) => item.name === name).verdict;
    expect(of('岳阳市门户')).toEqual({ kind: 'scored', centipoints: 10_500, passes: true });
    expect(of('长沙市门户')).toMatchObject({ kind: 'scored', passes: false });
    const { body } = await ask(province.app, '张三', `GET /api/v1/overview?period=${PERIOD}`);
    expect(body.kinds.site).toMatchObject({ failing: 2, undetermined: 0 });
    const rules = body.problems.map(({ ruleId }: { ruleId: string }) => ruleId);
    expect(rules).toContain('portal.deduct.policy-files');
    expect(rules).not.toContain('portal.bonus.surveys');
  });
});

describe('what persons add', () => {
  const enter = (siteCode: string, ruleId: string, occurrences?: number) =>
    enterFinding({ store: province.deps.store }, '王五', {
      ...{ period: PERIOD, kind: 'site', subjectId: idOf(siteCode), ruleId, occurrences, at: AT },
      ...{ locator: 'http://a.gov.cn/bs/1.html', excerpt: '电话打不通' },
    });

  it('counts by occurrences up to the cap, until another person rejects it', async () => {
    const id = await enter('4306000101', 'portal.deduct.guide-accuracy', 9);
    expect((await pageOf('4306000101')).score.deduction.highest).toBe(9_500);
    await enter('4306000101', 'portal.deduct.overview');
    expect((await pageOf('4306000101')).score.deduction.highest).toBe(9_100);
    await reviewFinding({ store: province.deps.store }, '赵六', {
      ...{ period: PERIOD, findingId: id, decision: 'reject', note: '已核实，电话是对的', at: AT },
    });
    expect((await pageOf('4306000101')).score.deduction.highest).toBe(9_600);
  });

  it('is refused of a site that is no portal, and of a veto by occurrences', async () => {
    await expect(enter('4306000103', 'portal.deduct.guide-accuracy')).rejects.toMatchObject({
      code: 'finding.rule',
    });
    await expect(enter('4306000101', 'site.veto.security.secret', 2)).rejects.toMatchObject({
      code: 'finding.occurrences',
    });
  });
});

describe('the bulletin', () => {
  it('a round is frozen though a settled score has something undetermined; the portal below 60 stands in annex 2', async () => {
    const { store } = province.deps;
    const blockers = (await ask(province.app, '张三', `GET /api/v1/rounds/${PERIOD}`)).body
      .blockers;
    expect(blockers.undetermined).toBe(0);
    const input = { period: PERIOD, confirmAll: '试验', leaveUndetermined: null, at: AT };
    await freezeRound({ store }, '测试', input);
    const frozen = await readFrozenRound(store, PERIOD);
    const bulletin = composeBulletin(frozen, {}, placeOf(['甲省']));
    expect(bulletin.failingSites.map(({ name }) => name)).toEqual(['长沙市门户', '停更门户']);
    const [failing] = bulletin.failingSites;
    expect(failing?.problems[0]).toBe(`扣分指标得分${failing?.score}分，低于60分`);
    expect(failing?.problems).toContain('政策文件');
    expect(bulletin.sitesTotal.failing).toBe(2);
    expect(findMismatches(bulletin, frozen.round.ruleset)).toEqual([]);
    const text = bulletin.text.paragraphs.map((each) => each.text).join('');
    expect(text).toContain('长沙市门户网站扣分指标得分低于合格线');
    expect(bulletin.undetermined).toEqual([]);
  });

  it('a portal of which too little was seen is neither passed nor failed, and keeps the round open', async () => {
    const { store } = province.deps;
    const unseen = Object.keys(portalFacts()).filter((key) =>
      /tree|links|boards|marks|surveys/.test(key),
    );
    const facts = Object.fromEntries(unseen.map((key) => [key, unobserved('页数超限')]));
    const sites = [
      site('4306000102', '岳阳县门户', {
        facts: factSet(portalFacts({ ...facts, 'site.sections': [section({ kind: 'notice' })] })),
      }),
    ];
    await judgedSites(store, sites, { period: '2021Q1', ruleset: scoringRuleset() });
    const { verdict, score } = await pageOf('4306000102', '2021Q1');
    expect(verdict).toMatchObject({ kind: 'inconclusive', isFailing: false });
    expect(verdict.words).toMatch(/^有无法判定的指标，[\d.]+～[\d.]+ 分$/);
    expect(verdict.rules.map(({ id }: { id: string }) => id)).toContain('portal.deduct.marks');
    expect(score.deduction.lowest).toBeLessThan(6_000);
    expect(score.deduction.highest).toBeGreaterThanOrEqual(6_000);
    const { blockers } = (await ask(province.app, '张三', 'GET /api/v1/rounds/2021Q1')).body;
    expect(blockers.undetermined).toBeGreaterThan(5);
    const input = { period: '2021Q1', confirmAll: '试验', leaveUndetermined: null, at: AT };
    await expect(freezeRound({ store }, '测试', input)).rejects.toMatchObject({
      code: 'round.unreviewed',
    });
    await freezeRound({ store }, '测试', { ...input, leaveUndetermined: '留待下期' });
    const frozen = await readFrozenRound(store, '2021Q1');
    expect(frozen.failing).toEqual([]);
    expect(frozen.undetermined.length).toBe(blockers.undetermined);
  });

  it('under a ruleset without deductions a portal is judged by vetoes alone, and its page says so', async () => {
    const { store } = province.deps;
    const sites = [
      site('4301000101', '长沙市门户', {
        sponsor: '长沙市',
        facts: factSet(portalFacts({ 'site.links': links() })),
      }),
    ];
    await judgedSites(store, sites, { period: '2020Q4', ruleset: testRuleset('hunan-2020') });
    const { verdict, score } = await pageOf('4301000101', '2020Q4');
    expect(verdict).toMatchObject({ kind: 'passed', words: '合格' });
    expect(score).toMatchObject({ total: null, words: '不计分，只看单项否决' });
    expect(score.notes[0]).toContain('34 条扣分、加分指标都没有启用（分值待核）');
  });
});
