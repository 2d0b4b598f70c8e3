import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWorkbook } from '../../documents/workbook.ts';
import type { Ability, Actor } from '../../domain/actor.ts';
import { observed } from '../../domain/fact.ts';
import type { Ruleset } from '../../domain/ruleset.ts';
import { actorWith } from '../../testing/as-actor.ts';
import { type Answer, ask } from '../../testing/rounds/ask.ts';
import {
  newRound,
  type SmallProvince,
  smallProvince,
} from '../../testing/rounds/small-province.ts';
import { insertFacts } from '../fact.repository.ts';
import { listFindings, replaceMachineFindings } from '../finding.repository.ts';
import { inspectionDb } from '../inspection-db.ts';
import { readFrozenRound } from '../read-frozen-round.ts';
import { recordFact } from '../record-facts.ts';
import { reviewFinding } from '../review/review-finding.ts';
import { requireRound } from '../round.repository.ts';

const REVIEWS: readonly Ability[] = [
  'round.read',
  'finding.read',
  'finding.review',
  'finding.enter',
];
const CONTESTS: readonly Ability[] = ['finding.read', 'finding.contest'];

function actorOf(name: string, units: ReadonlyMap<string, number>): Actor | undefined {
  const person = (userId: number, abilities: readonly Ability[], ...unitNames: string[]) =>
    actorWith({
      ...{ userId, name, login: `u${userId}`, abilities },
      ...(unitNames.length === 0
        ? {}
        : {
            unitId: units.get(unitNames[0]!)!,
            unitName: unitNames[0]!,
            scope: new Set(unitNames.map((each) => units.get(each)!)),
          }),
    });
  return {
    张三: person(1, REVIEWS),
    // The same user, by a new name.
    张三丰: person(1, REVIEWS),
    李四: person(2, REVIEWS),
    王五: person(3, REVIEWS),
    主管: person(4, [...REVIEWS, 'round.run', 'round.freeze']),
    岳阳: person(5, CONTESTS, '岳阳市', '岳阳县'),
    岳阳县: person(6, CONTESTS, '岳阳县'),
    长沙: person(7, CONTESTS, '长沙市'),
    岳阳检查员: person(8, REVIEWS, '岳阳市', '岳阳县'),
  }[name];
}

let province: SmallProvince;
beforeAll(async () => {
  province = await smallProvince(actorOf);
  await post('/api/v1/rounds', newRound(province.web), '主管');
  await post('/api/v1/rounds/2020Q3/run', undefined, '主管');
  await province.runner.idle();
});
afterAll(() => province.remove());

const get = (url: string, who = '张三') => ask(province.app, who, `GET ${url}`);
const post = (url: string, payload?: object, who = '张三') =>
  ask(province.app, who, `POST ${url}`, payload);

/** Number of the finding of a site, by name. */
async function idOf(name: string, rule = 'site.veto.home-stale'): Promise<number> {
  const { body } = await get(`/api/v1/findings?status=all&ruleId=${rule}&limit=200`);
  return body.items.find((item: { subject: { name: string } }) => item.subject.name === name).id;
}
const detail = async (id: number, who = '张三') => (await get(`/api/v1/findings/${id}`, who)).body;
const PICTURE = 'c'.repeat(64);
/** The finding after a browser opened the page that its evidence points at. */
async function pictured(id: number, url: string) {
  const { db } = province.deps.store;
  const owner = await sql<{ round_id: number; subject_id: number }>`
    select round_id, subject_id from finding where id = ${id}`.execute(db);
  const { round_id: roundId, subject_id: subjectId } = owner.rows[0]!;
  const screenshot = { snapshot: PICTURE, type: 'image/png', width: 1366, height: 768, cut: false };
  const value = {
    pages: [{ url, finalUrl: url, html: null, screenshot }],
    leftOut: 0,
    browser: '',
  };
  await insertFacts(inspectionDb(province.deps.store), { roundId, kind: 'site', subjectId }, [
    recordFact('site.rendered', observed(value as never), {
      ...{ subjectId, gatherer: 'browser', gatheredAt: '2020-09-17T04:00:00.000Z' },
    }),
  ]);
  return detail(id);
}
const review = (id: number, who: string, decision: string, note = '') =>
  post(`/api/v1/findings/${id}/reviews`, { decision, note }, who);
const stateOf = ({ status, body }: Answer) => (status === 200 ? body.review : body.code);
const names = ({ body }: Answer) =>
  body.items.map((item: { subject: { name: string } }) => item.subject.name);

describe('the list of findings', () => {
  it.each([
    ['', 14],
    ['status=breached', 3],
    ['status=all', 44],
    ['status=undetermined&kind=account', 3],
    ['status=all&ruleId=site.veto.home-stale', 4],
    ['status=breached&q=岳阳', 2],
    ['status=breached&review=confirmed', 0],
    ['contested=open', 0],
    ['mine=decided', 0],
    ['mine=waiting', 14],
  ])('narrowed by %s: %d', async (query, total) => {
    const { body } = await get(`/api/v1/findings?${encodeURI(query)}`);
    expect([body.total, body.totalIsExact]).toEqual([total, true]);
  });

  it('is of those whom somebody sees', async () => {
    expect(names(await get('/api/v1/findings?status=breached', '岳阳'))).toEqual([
      ...['岳阳一', '岳阳二'],
    ]);
    expect(names(await get('/api/v1/findings?status=breached', '岳阳县'))).toEqual(['岳阳二']);
    const other = `/api/v1/findings?status=all&unitId=${province.units.get('长沙市')}`;
    expect((await get(other, '岳阳')).body).toEqual({ items: [], total: 0, totalIsExact: true });
    const below = `/api/v1/findings?status=breached&unitId=${province.units.get('岳阳市')}`;
    expect(names(await get(below))).toEqual(['岳阳一', '岳阳二']);
  });

  it('pages, sorts, and refuses what it does not know', async () => {
    const page = (query: string) => get(`/api/v1/findings?status=breached&${query}`);
    expect(names(await page('limit=1&offset=1&sort=-id'))).toEqual(['岳阳一']);
    expect(names(await page('sort=-unit'))).toEqual(['长沙一', '岳阳二', '岳阳一']);
    for (const query of ['sort=name', 'limit=0', 'limit=201', 'colour=red', 'status=bad'])
      expect((await page(query)).status).toBe(400);
    expect((await page('period=1999Q1')).body.code).toBe('round.unknown');
  });

  it('one finding says what stands behind it, and what comes before and after', async () => {
    const [first, second, third] = [
      await idOf('长沙一'),
      await idOf('岳阳一'),
      await idOf('岳阳二'),
    ];
    const { body } = await get(`/api/v1/findings/${second}?status=breached`);
    expect(body).toMatchObject({
      ...{ period: '2020Q3', kind: 'site', status: 'breached', review: 'open', contested: null },
      subject: { name: '岳阳一', identity: '4306000001', unitName: '岳阳市', printRow: '岳阳市' },
      rule: { id: 'site.veto.home-stale', label: '首页不更新', class: 'veto', unverified: false },
      clause: expect.stringContaining('首页不更新'),
      howToFix: expect.stringContaining('两周'),
      parameters: expect.arrayContaining([
        { name: 'days', value: 14, unit: '天', why: '监测2周', sharedWith: null },
        expect.objectContaining({ name: 'failPercent', sharedWith: '站点无法访问' }),
      ]),
      ...{ mayReview: null, mayWithdraw: '您还没有作过决定。' },
      mayContest: expect.stringContaining('没有代表单位申辩的权限'),
      next: { prevId: first, nextId: third },
    });
    expect(body.evidence).toEqual([
      expect.objectContaining({
        url: expect.stringMatching(/^http:\/\/s4306000001\.gov\.cn\//),
        snapshot: expect.stringMatching(/^[0-9a-f]{64}$/),
        screenshot: null,
      }),
    ]);
    const shown = await pictured(second, body.evidence[0].url);
    expect(shown.evidence[0].screenshot).toBe(PICTURE);
    const alone = await get(`/api/v1/findings/${second}?status=breached&q=岳阳一`);
    expect(alone.body.next).toEqual({ prevId: null, nextId: null });
    const turned = await get(`/api/v1/findings/${second}?status=breached&sort=-id`);
    expect(turned.body.next).toEqual({ prevId: third, nextId: first });
    const scoped = await get(`/api/v1/findings/${second}?status=breached`, '岳阳');
    expect(scoped.body.next).toEqual({ prevId: null, nextId: third });
  });

  it('what lies outside somebody’s scope answers like what does not exist, on every way to it', async () => {
    const strip = ({ status, body }: Answer, id: number) =>
      JSON.stringify([status, { ...body, requestId: '' }]).replaceAll(` ${id} `, '');
    const hidden = await idOf('长沙一');
    const ways: [string, 'GET' | 'POST', string, object?][] = [
      ['岳阳', 'GET', ''],
      ['岳阳', 'POST', '/contests', { text: '这一条不是我们的，请核实。' }],
      ['岳阳检查员', 'POST', '/reviews', { decision: 'confirm' }],
    ];
    for (const [who, method, path, payload] of ways) {
      const answerOf = (id: number) =>
        ask(province.app, who, `${method} /api/v1/findings/${id}${path}`, payload);
      const outside = await answerOf(hidden);
      expect(outside.status).toBe(404);
      expect(strip(outside, hidden)).toBe(strip(await answerOf(999_999), 999_999));
    }
  });
});

describe('review', () => {
  it('takes two different persons; the same user by another name is the same', async () => {
    const id = await idOf('长沙一');
    expect(stateOf(await review(id, '张三', 'confirm'))).toBe('once');
    expect(stateOf(await review(id, '张三', 'confirm'))).toBe('once');
    expect(stateOf(await review(id, '张三丰', 'confirm'))).toBe('once');
    expect((await detail(id)).reviews).toHaveLength(1);
    expect((await detail(id)).mayReview).toContain('还要另一个人确认');
    expect((await get('/api/v1/findings?status=breached&mine=waiting')).body.total).toBe(2);
    expect(names(await get('/api/v1/findings?mine=decided', '张三丰'))).toEqual(['长沙一']);
    const second = await review(id, '李四', 'confirm');
    expect([
      second.body.review,
      second.body.confirmations.map((each: { by: string }) => each.by),
    ]).toEqual([...['confirmed', ['张三', '李四']]]);
    const trail = await sql<{ actor: string; before: object; after: object }>`
      select actor, before, after from audit where action = 'finding.confirm' order by id`.execute(
      province.deps.store.db,
    );
    expect(trail.rows).toEqual([
      { actor: '张三', before: { review: 'open' }, after: { review: 'once' } },
      { actor: '李四', before: { review: 'once' }, after: { review: 'confirmed' } },
    ]);
  });

  it('one’s own decision can be taken back', async () => {
    const id = await idOf('长沙一');
    expect(stateOf(await review(id, '王五', 'withdraw'))).toBe('finding.nothing-to-withdraw');
    expect(stateOf(await review(id, '李四', 'withdraw'))).toBe('once');
    expect(stateOf(await review(id, '李四', 'withdraw'))).toBe('once');
    expect((await detail(id)).reviews).toHaveLength(3);
    expect(stateOf(await review(id, '李四', 'confirm'))).toBe('confirmed');
  });

  it('a rejection needs a reason, changes the verdict, and is undone by another person with a reason', async () => {
    const id = await idOf('岳阳二');
    const verdict = async () =>
      (await get('/api/v1/rounds/2020Q3/subjects?q=4306000002')).body.items[0].verdict.kind;
    expect(stateOf(await review(id, '张三', 'reject', ' '))).toBe('finding.note-missing');
    expect(await verdict()).toBe('vetoed');
    expect(stateOf(await review(id, '张三', 'reject', '抓取时没有显示'))).toBe('rejected');
    expect(await verdict()).toBe('inconclusive');
    expect((await detail(id)).mayReview).toContain('请先撤回');
    expect(stateOf(await review(id, '张三', 'confirm', '又看了'))).toBe('finding.own-decision');
    expect(stateOf(await review(id, '李四', 'confirm'))).toBe('finding.note-missing');
    expect(stateOf(await review(id, '李四', 'confirm', '确实没有更新'))).toBe('once');
    expect(await verdict()).toBe('vetoed');
  });

  it('annotations decide nothing, and the same one is kept once', async () => {
    const id = await idOf('岳阳二');
    const before = (await detail(id)).reviews.length;
    expect(stateOf(await review(id, '王五', 'annotate', '已电话询问'))).toBe('once');
    expect(stateOf(await review(id, '王五', 'annotate', '已电话询问'))).toBe('once');
    expect((await detail(id)).reviews).toHaveLength(before + 1);
  });

  it.each([
    ['长沙一', 'site.veto.unreachable', 'confirm', 'finding.nothing-to-review'],
    ['长沙一', 'site.veto.service.none', 'confirm', 'finding.not-breached'],
    ['长沙一', 'site.veto.service.none', 'reject', 'rejected'],
    ['岳阳一', 'site.veto.service.none', 'cannotJudge', 'cannotJudge'],
  ])('%s %s, %s: %s', async (name, rule, decision, outcome) => {
    const id = await idOf(name, rule);
    const { mayConfirm, mayReview } = await detail(id);
    expect([mayConfirm === null, mayReview === null]).toEqual([
      false,
      !outcome.includes('nothing'),
    ]);
    expect(stateOf(await review(id, '张三', decision, '看过'))).toBe(outcome);
  });

  it('is for those who may, and takes nothing that it does not know', async () => {
    const id = await idOf('岳阳一');
    expect((await review(id, '岳阳', 'confirm')).body.code).toBe('identity.forbidden');
    expect((await review(id, '张三', 'approve')).status).toBe(400);
    expect(
      (await post(`/api/v1/findings/${id}/reviews`, { decision: 'confirm', by: 'x' })).status,
    ).toBe(400);
    expect((await review(id, '张三', 'reject', '长'.repeat(2_001))).status).toBe(400);
    expect((await detail(id, '岳阳')).mayReview).toContain('没有审核问题的权限');
  });

  it('a person enters what no machine judges; the command line’s names count as persons too', async () => {
    const site = (await get('/api/v1/rounds/2020Q3/subjects?q=4301000002')).body.items[0];
    const body = {
      ...{ period: '2020Q3', kind: 'site', subjectId: site.id },
      ...{ ruleId: 'site.veto.security.expression', locator: 'http://x/', excerpt: '原文' },
    };
    const { store } = province.deps;
    const round = await requireRound(inspectionDb(store), '2020Q3');
    const owner = { roundId: round.id, kind: 'site', subjectId: site.id } as const;
    const shown = { factId: `${site.id}:site.text`, snapshot: null, locator: 'http://x/1' };
    const evidence = [
      { ...shown, excerpt: '疑似', capturedAt: '2026-11-24T00:00:00.000Z' },
    ] as const;
    const judgement = { status: 'undetermined', reason: '疑似', missing: [], evidence } as const;
    await replaceMachineFindings(inspectionDb(store), owner, [{ ruleId: body.ruleId, judgement }]);
    const [advice] = (await listFindings(inspectionDb(store), round.id, owner)).filter(
      ({ ruleId }) => ruleId === body.ruleId,
    );
    expect((await detail(advice!.id)).evidence).toMatchObject([{ url: 'http://x/1' }]);
    const entered = await post('/api/v1/findings', body);
    expect(entered.status).toBe(201);
    // What the machine left to people is settled by what a person says.
    expect((await detail(advice!.id)).review).toBe('confirmed');
    expect((await post('/api/v1/findings', body)).body.code).toBe('finding.duplicate');
    const outside = await post('/api/v1/findings', body, '岳阳检查员');
    expect(outside.body.code).toBe('finding.subject');
    const { id } = entered.body;
    const { deps } = province;
    const input = { period: '2020Q3', findingId: id, decision: 'confirm', note: '' } as const;
    const at = '2026-11-24T00:00:00.000Z';
    expect(await reviewFinding(deps, '赵六', { ...input, at })).toBe('once');
    expect(stateOf(await review(id, '王五', 'confirm'))).toBe('confirmed');
    expect(await detail(id)).toMatchObject({
      source: '张三',
      clause: expect.stringContaining('安全'),
    });
  });

  it('bought followers and security entries of accounts are a person’s, and off until somebody vouches for their words', async () => {
    const account = (await get('/api/v1/rounds/2020Q3/subjects?kind=account')).body.items[0];
    const enter = (rule: string, excerpt = '一夜增粉十万，点赞都来自同一批号') =>
      post('/api/v1/findings', {
        ...{ period: '2020Q3', kind: 'account', subjectId: account.id, excerpt },
        ...{ ruleId: `media.veto.${rule}`, locator: '后台截图-0917.png' },
      });
    const REMEMBERED = [
      ...['security.secret', 'security.illegal-content', 'security.opinion'],
      'interaction.fake',
    ];
    for (const rule of REMEMBERED)
      expect((await enter(rule)).body).toMatchObject({
        code: 'finding.rule',
        message: expect.stringContaining('没有启用'),
      });
    expect((await enter('security.expression', ' ')).body.code).toBe('http.bad-request');
    const expression = await enter('security.expression');
    expect(expression.status).toBe(201);
    expect(stateOf(await review(expression.body.id, '李四', 'reject', '只为登记'))).toBe(
      'rejected',
    );
    // As a round that was planned with a version of the ruleset in which an office switched it on.
    const kept = await sql<{
      ruleset: Ruleset;
    }>`select ruleset from round where period = '2020Q3'`.execute(province.deps.store.db);
    const { ruleset } = kept.rows[0]!;
    const fake = ruleset.rules.find(({ id }) => id === 'media.veto.interaction.fake')!;
    expect(fake).toMatchObject({
      ...{ judgedBy: 'person', enabled: false, confidence: 'recall-unverified' },
      reason: expect.stringContaining('未见原文'),
    });
    const rules = ruleset.rules.map((rule) => (rule === fake ? { ...rule, enabled: true } : rule));
    const switched = JSON.stringify({ ...ruleset, rules });
    await sql`update round set ruleset = ${switched}::jsonb where period = '2020Q3'`.execute(
      province.deps.store.db,
    );
    const { id } = (await enter('interaction.fake')).body;
    expect(stateOf(await review(id, '李四', 'confirm'))).toBe('once');
    expect(stateOf(await review(id, '王五', 'confirm'))).toBe('confirmed');
    expect(await detail(id)).toMatchObject({
      ...{ status: 'breached', source: '张三', rule: { unverified: true } },
      evidence: [{ locator: '后台截图-0917.png', excerpt: expect.stringContaining('增粉') }],
    });
    // What follows counts the findings of before.
    for (const who of ['李四', '王五']) await review(id, who, 'withdraw');
    expect(stateOf(await review(id, '李四', 'reject', '只为试规则'))).toBe('rejected');
  });
});

describe('a contest', () => {
  const TEXT = '首页9月10日发布过一条通知，请复核。';
  const contest = async (name: string, who: string, text = TEXT) =>
    post(`/api/v1/findings/${await idOf(name)}/contests`, { text }, who);

  it.each([
    ['too short', '岳阳', '不对', 400, 'http.bad-request'],
    ['too long', '岳阳', '长'.repeat(2_001), 400, 'http.bad-request'],
    ['by one who may not', '张三', TEXT, 403, 'identity.forbidden'],
    ['of another’s', '长沙', TEXT, 404, 'finding.unknown'],
  ])('is refused %s', async (_name, who, text, status, code) => {
    const refused = await contest('岳阳一', who, text);
    expect([refused.status, refused.body.code]).toEqual([status, code]);
  });

  it('is made once a unit, shows everywhere, and stops the freezing until it is answered', async () => {
    const made = await contest('岳阳一', '岳阳');
    expect(made.status).toBe(201);
    expect((await contest('岳阳一', '岳阳')).body).toEqual(made.body);
    expect((await contest('岳阳一', '岳阳', `${TEXT}又一次。`)).body.code).toBe('contest.open');
    expect((await contest('岳阳二', '岳阳县')).status).toBe(201);
    expect((await contest('岳阳二', '岳阳')).status).toBe(201);
    const found = await get('/api/v1/findings?contested=open');
    expect(names(found)).toEqual(['岳阳一', '岳阳二']);
    expect(found.body.items[0].contested).toBe('open');
    const seen = await detail(await idOf('岳阳一'), '岳阳');
    expect(seen.contests).toMatchObject([
      { unit: '岳阳市', by: '岳阳', text: TEXT, state: 'open' },
    ]);
    expect(seen.mayContest).toContain('正在等待答复');
    expect((await get('/api/v1/rounds/2020Q3')).body.blockers.contested).toBe(3);
    const waived = { reviewWaived: '测试免审', undeterminedWaived: '测试不计' };
    const frozen = await post('/api/v1/rounds/2020Q3/freeze', waived, '主管');
    expect([frozen.status, frozen.body.code]).toEqual([409, 'round.contested']);
    expect(frozen.body.details).toHaveLength(2);
  });

  it('is upheld: the finding is rejected, for all units that contested it; or dismissed', async () => {
    const idsOf = async (name: string): Promise<number[]> =>
      (await detail(await idOf(name))).contests.map(({ id }: { id: number }) => id);
    const answer = (id: number, decision: string, who = '主管', note = '已核实') =>
      post(`/api/v1/contests/${id}/answer`, { decision, note }, who);
    const [county] = await idsOf('岳阳二');
    expect((await answer(county!, 'uphold', '岳阳')).status).toBe(403);
    expect((await answer(999_999, 'uphold')).body.code).toBe('contest.unknown');
    expect((await answer(county!, 'uphold', '主管', ' ')).status).toBe(400);
    expect((await answer(county!, 'uphold')).body).toMatchObject({
      ...{ state: 'upheld', answer: '已核实', answeredBy: '主管' },
    });
    expect((await answer(county!, 'uphold')).status).toBe(200);
    expect((await answer(county!, 'dismiss')).body.code).toBe('contest.answered');
    const upheld = await detail(await idOf('岳阳二'));
    expect([upheld.review, upheld.contested, upheld.reviews.at(-1).note]).toEqual([
      ...['rejected', 'upheld', '已核实'],
    ]);
    expect(upheld.contests.map(({ state }: { state: string }) => state)).toEqual([
      'upheld',
      'upheld',
    ]);
    expect((await contest('岳阳二', '岳阳')).body.code).toBe('contest.not-breached');
    const [city] = await idsOf('岳阳一');
    expect((await answer(city!, 'dismiss')).body.state).toBe('dismissed');
    expect(await detail(await idOf('岳阳一'))).toMatchObject({
      review: 'open',
      contested: 'dismissed',
    });
    expect((await get('/api/v1/rounds/2020Q3')).body.blockers.contested).toBe(0);
  });
});

it('a unit downloads its own excerpt and list', async () => {
  const { status, bytes, headers } = await get('/api/v1/findings/export?status=breached', '岳阳');
  expect([status, headers['content-disposition']]).toEqual([
    200,
    expect.stringContaining(encodeURIComponent('岳阳市-2020Q3')),
  ]);
  const [summary, list] = await readWorkbook(bytes, '清单.xlsx');
  expect(Object.fromEntries(summary!.rows.map(([key, value]) => [key, value]))).toMatchObject({
    ...{ 单位: '岳阳市', 检查的网站: '2 个', 有突出问题的网站: '1 个', 清单条数: '2' },
    状态: expect.stringContaining('不是正式通报'),
  });
  expect(list!.rows.slice(1).map((row) => [row[4], row[6], row[8], row[9]])).toEqual([
    ['岳阳一', '首页不更新', '待审', '申辩不成立'],
    ['岳阳二', '首页不更新', '已驳回', '申辩成立'],
  ]);
  expect(list!.rows[1]!.at(-1)).toContain('两周');
});

it('freezes when all is decided or waived; afterwards nothing changes', async () => {
  const freeze = (body: object, who = '主管') => post('/api/v1/rounds/2020Q3/freeze', body, who);
  expect((await freeze({}, '张三')).body.code).toBe('identity.forbidden');
  expect((await freeze({})).body.code).toBe('round.unreviewed');
  const id = await idOf('岳阳一');
  expect(stateOf(await review(id, '李四', 'cannotJudge', '两种说法，无法核实'))).toBe(
    'cannotJudge',
  );
  const blocked = await freeze({});
  expect(blocked.body.message).toContain('无法判定');
  expect(blocked.body.details.join()).toContain('岳阳一');
  expect((await freeze({ undeterminedWaived: '' })).status).toBe(400);
  const frozen = await freeze({ undeterminedWaived: '已电话核实' });
  expect(frozen.body).toMatchObject({
    ...{ state: 'frozen', reviewWaived: null, undeterminedWaived: '已电话核实', breached: 2 },
  });
  const read = await readFrozenRound(province.deps.store, '2020Q3');
  expect(read.failing.map(({ subject }) => subject.name)).toEqual(['长沙一', '长沙二']);
  expect(read.undetermined.map(({ subject, reason }) => `${subject.name}：${reason}`)).toContain(
    '岳阳一：审核人认为不能判定：两种说法，无法核实',
  );
  expect(stateOf(await review(id, '李四', 'withdraw'))).toBe('round.closed');
  const late = await post(
    `/api/v1/findings/${id}/contests`,
    { text: '已经晚了，但还是要说。' },
    '岳阳',
  );
  expect([late.status, late.body.code]).toEqual([409, 'contest.state']);
  expect((await detail(id, '岳阳')).mayContest).toContain('已冻结');
});
