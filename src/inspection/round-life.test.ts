import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../documents/workbook.ts';
import { parsePeriod } from '../domain/period.ts';
import { UserError } from '../lib/pure/errors.ts';
import { importRegistry, listAccounts, listSites } from '../registry/index.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { testRuleset } from '../testing/test-ruleset.ts';
import { insertFacts, loadFacts } from './fact.repository.ts';
import { listFindings, replaceMachineFindings } from './finding.repository.ts';
import { freezeRound } from './freeze-round.ts';
import { importHistory, previousFailures } from './import-history.ts';
import { inspectionDb, inTransaction } from './inspection-db.ts';
import { importObservations } from './observe/import-observations.ts';
import { observationsOf } from './observe/observation.repository.ts';
import { type PlanInput, planRound } from './plan-round.ts';
import {
  insertProbes,
  type ProbeRow,
  sharedOutageSlots,
  summariseVisits,
} from './probe.repository.ts';
import { readFrozenRound } from './read-frozen-round.ts';
import { recordFact } from './record-facts.ts';
import { enterFinding } from './review/enter-finding.ts';
import { reviewFinding } from './review/review-finding.ts';
import { listRoundSubjects, markSubject, updateRoundState } from './round.repository.ts';

const NOW = '2026-11-23T00:00:00.000Z';
let opened: TemporaryStore;
const deps = () => ({ store: opened.store, sealing: opened.sealing });

const PLAN: PlanInput = {
  period: parsePeriod('2020Q3'),
  window: ['2020-07-07', '2020-09-17'],
  monitoredAt: '2020-09-17T15:59:59.999Z',
  ruleset: testRuleset('hunan-2020'),
  clock: 'replay',
  coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
  sampleRows: [],
  resolveRules: ['*.test=127.0.0.1:1'],
  at: NOW,
};

beforeAll(async () => {
  opened = await temporaryStore();
  const units = writeCsv([
    ['名称', '上级', '通报行', '打印次序'],
    ['乙市', '', '乙市', '1'],
  ]);
  const sites = writeCsv([
    ['网站标识码', '网站名称', '主办单位', '首页网址', '状态'],
    ...[1, 2, 3, 4, 5].map((n) => [
      `430100000${n}`,
      `网站${n}`,
      '乙市',
      `http://s${n}.gov.cn/`,
      n === 5 ? '暂停' : '',
    ]),
  ]);
  const accounts = writeCsv([
    ['平台', '账号名称', '账号ID', '主办单位', '信源种类'],
    ['微信公众号', '乙市发布', 'gh_1', '乙市', '无'],
    ['抖音号', '乙市发布', 'd_1', '乙市', '无'],
  ]);
  const files = [
    { name: '单位.csv', bytes: units },
    { name: '网站.csv', bytes: sites },
    { name: '新媒体.csv', bytes: accounts },
  ];
  await importRegistry(deps(), '测试', { files, dryRun: false, today: '2020-07-01' });
});
afterAll(() => opened.remove());

const refusal = async (work: Promise<unknown>): Promise<UserError> => {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
};

describe('what an office brings', () => {
  const HEAD = [
    '平台',
    '账号ID',
    '观察时间',
    '最新一条日期',
    '看到的互动方式',
    '测试留言时刻',
    '回复时刻',
    '图片',
  ];
  const load = (rows: string[][]) =>
    importObservations(deps(), '测试', {
      fileName: 'observations.csv',
      bytes: writeCsv([HEAD, ...rows]),
      now: NOW,
    });

  it('observations are stored once', async () => {
    const rows = [
      ['微信公众号', 'gh_1', '2020-09-16 10:00', '2020-08-01', '评论；私信', '', '', ''],
      ['抖音号', 'd_1', '2020-09-16 10:00', '无', '无', '', '', 'a.png'],
    ];
    expect(await load(rows)).toEqual({ added: 2, unchanged: 0, withdrawn: 0 });
    expect(await load(rows)).toEqual({ added: 0, unchanged: 2, withdrawn: 0 });
    const [first, second] = await listAccounts(opened.store.db);
    const seen = await observationsOf(opened.store.db, [first!.id, second!.id]);
    expect(seen.get(first!.id)).toEqual([
      expect.objectContaining({
        observedAt: '2020-09-16T02:00:00.000Z',
        newestOn: '2020-08-01',
        ways: ['评论', '私信'],
      }),
    ]);
    expect(seen.get(second!.id)).toEqual([
      expect.objectContaining({ newestOn: 'none', ways: [], image: 'a.png' }),
    ]);
  });

  it.each([
    [
      'an unknown account',
      ['微信公众号', 'gh_x', '2020-09-16 10:00', '无', '', '', '', ''],
      /没有“微信公众号”的账号/,
    ],
    ['a bad time', ['微信公众号', 'gh_1', '昨天', '无', '', '', '', ''], /“观察时间”列：“昨天”/],
    [
      'a bad date',
      ['微信公众号', 'gh_1', '2020-09-16 10:00', '2020-02-30', '', '', '', ''],
      /“最新一条日期”列/,
    ],
    [
      'a newest item from after the look',
      ['微信公众号', 'gh_1', '2020-09-16 10:00', '2020-09-17', '', '', '', ''],
      /晚于观察时间/,
    ],
    [
      'an unknown way',
      ['微信公众号', 'gh_1', '2020-09-16 10:00', '无', '传真', '', '', ''],
      /不认识“传真”/,
    ],
    [
      'a time of the future',
      ['微信公众号', 'gh_1', '2027-09-16 10:00', '无', '', '', '', ''],
      /在将来/,
    ],
    [
      'a reply before its question',
      [
        '微信公众号',
        'gh_1',
        '2020-09-16 10:00',
        '无',
        '留言',
        '2020-09-10 10:00',
        '2020-09-09 10:00',
        '',
      ],
      /早于测试留言时刻/,
    ],
  ])('%s is refused with its row', async (_name, row, expected) => {
    const error = await refusal(load([row]));
    expect(error.details.join()).toMatch(expected);
    expect(error.details[0]).toContain('第 2 行');
  });

  it('last round is matched by identity, else by name, and what is unknown is kept and told', async () => {
    const subjects = [
      {
        kind: 'account',
        unit: '乙市',
        name: '旧名',
        platform: '微信公众号',
        accountId: 'gh_1',
        problems: ['监测时间点前2周内无更新'],
      },
      { kind: 'site', unit: '乙市', name: '网站2', problems: ['首页不更新'] },
      { kind: 'site', unit: '乙市', name: '没有的网站', problems: ['首页不更新'] },
    ];
    const bytes = Buffer.from(JSON.stringify({ period: '2020Q2', subjects }));
    const result = await importHistory(deps(), '测试', { fileName: 'history.json', bytes });
    expect(result).toEqual({ period: '2020Q2', matched: 2, unmatched: ['乙市“没有的网站”'] });
    expect(await previousFailures(opened.store.db, '2020Q3')).toHaveLength(2);
    // What was found afterwards is no failure to mend.
    expect(await previousFailures(opened.store.db, '2020Q1')).toEqual([]);
    expect(await previousFailures(opened.store.db, '2020H1')).toHaveLength(2);
  });
});

describe('a round from plan to freeze', () => {
  it('takes the running subjects, and is found again by the same plan only', async () => {
    const round = await planRound(deps(), '测试', PLAN);
    const subjects = await listRoundSubjects(inspectionDb(opened.store), round.id);
    expect(subjects.filter(({ checked }) => checked)).toHaveLength(6);
    expect((await planRound(deps(), '测试', PLAN)).id).toBe(round.id);
    const other = await refusal(
      planRound(deps(), '测试', { ...PLAN, monitoredAt: '2020-09-16T15:59:59.999Z' }),
    );
    expect([other.code, other.details.join()]).toEqual([
      'round.different',
      expect.stringContaining('监测时间点'),
    ]);
  });

  it('sees sites of one address fail together, and sums up visits', async () => {
    const db = inspectionDb(opened.store);
    const round = await planRound(deps(), '测试', PLAN);
    const sites = await listSites(opened.store.db);
    const row = (subject: number, slot: number, failed: boolean): ProbeRow => ({
      subject_id: subject,
      slot,
      scheduled_at: `2020-09-1${slot}T00:00:00.000Z`,
      happened_at: NOW,
      url: 'http://x/',
      address: '10.0.0.1',
      outcome: failed ? 'failed' : 'ok',
      error_class: failed ? 'reset' : null,
      status: failed ? null : 200,
      dns_ms: 0,
      tcp_ms: 1,
      tls_ms: null,
      ttfb_ms: 2,
      total_ms: 3,
      vantage: 'local',
      paced: false,
    });
    const rows = sites
      .slice(0, 4)
      .flatMap((site, index) => [row(site.id, 1, index < 3), row(site.id, 2, index < 2)]);
    await insertProbes(db, round.id, rows);
    await insertProbes(db, round.id, rows);
    expect(await sharedOutageSlots(db, round.id)).toEqual([
      { address: '10.0.0.1', scheduledAt: '2020-09-11T00:00:00.000Z', failing: 3, onAddress: 4 },
    ]);
    const visits = await summariseVisits(
      db,
      round.id,
      sites[0]!.id,
      ['2020-09-11T00:00:00.000Z', '2020-09-12T00:00:00.000Z'],
      'http://x/',
    );
    expect(visits).toMatchObject({
      scheduled: 2,
      done: 2,
      failed: 2,
      days: 2,
      address: '10.0.0.1',
      failedByClass: { reset: 2 },
    });
  });

  it('facts never change once stored', async () => {
    const db = inspectionDb(opened.store);
    const round = await planRound(deps(), '测试', PLAN);
    const owner = { roundId: round.id, kind: 'site', subjectId: 1 } as const;
    const origin = { subjectId: 1, gatherer: 'test', gatheredAt: NOW };
    await insertFacts(db, owner, [
      recordFact('round.monitoredAt', { state: 'observed', value: PLAN.monitoredAt }, origin),
    ]);
    await insertFacts(db, owner, [
      recordFact('round.monitoredAt', { state: 'unobserved', reason: '改写' }, origin),
    ]);
    expect(
      (await loadFacts(db, round.id, 'site', [1])).get(1)?.['round.monitoredAt'],
    ).toMatchObject({ state: 'observed', value: PLAN.monitoredAt, id: '1:round.monitoredAt' });
  });

  it('is reviewed by two people, and freezes only when nothing is open', async () => {
    const db = inspectionDb(opened.store);
    const round = await planRound(deps(), '测试', PLAN);
    const [site] = await listSites(opened.store.db);
    const [account] = await listAccounts(opened.store.db);
    const evidence = [
      { factId: '1:x', snapshot: null, locator: 'x', excerpt: 'x', capturedAt: NOW },
    ] as const;
    await replaceMachineFindings(db, { roundId: round.id, kind: 'site', subjectId: site!.id }, [
      {
        ruleId: 'site.veto.home-stale',
        judgement: { status: 'breached', occurrences: 1, evidence },
      },
      {
        ruleId: 'site.veto.service.none',
        judgement: { status: 'undetermined', reason: '没有看全', missing: [] },
      },
    ]);
    await replaceMachineFindings(
      db,
      { roundId: round.id, kind: 'account', subjectId: account!.id },
      [
        {
          ruleId: 'media.veto.stale.two-weeks',
          judgement: { status: 'breached', occurrences: 1, evidence },
        },
      ],
    );
    await inTransaction(opened.store, async (trx) => {
      for (const { subject } of await listRoundSubjects(trx, round.id))
        await markSubject(trx, round.id, subject, { stage: 'judged' });
      await updateRoundState(trx, round.id, { state: 'reviewing' });
    });
    const freeze = { period: '2020Q3', confirmAll: null, leaveUndetermined: null, at: NOW };
    expect((await refusal(freezeRound(deps(), '测试', freeze))).message).toContain(
      '2 个问题没有经两人确认',
    );

    const breaches = await listFindings(db, round.id, { status: 'breached' });
    const review = (findingId: number, actor: string, decision: 'confirm' | 'reject', note = '') =>
      reviewFinding(deps(), actor, { period: '2020Q3', findingId, decision, note, at: NOW });
    expect(await review(breaches[0]!.id, '张三', 'confirm')).toBe('once');
    expect(await review(breaches[0]!.id, '张三', 'confirm')).toBe('once');
    expect(await review(breaches[0]!.id, '李四', 'confirm')).toBe('confirmed');
    expect((await refusal(review(breaches[1]!.id, '张三', 'reject'))).code).toBe(
      'finding.note-missing',
    );
    expect(await review(breaches[1]!.id, '张三', 'reject', '有更新')).toBe('rejected');
    expect((await refusal(freezeRound(deps(), '测试', freeze))).message).toContain(
      '1 个单项否决指标无法判定',
    );

    const enter = {
      period: '2020Q3',
      kind: 'site',
      subjectId: site!.id,
      locator: 'http://x/',
      excerpt: '原文',
      at: NOW,
    } as const;
    expect(
      (await refusal(enterFinding(deps(), '张三', { ...enter, ruleId: 'site.veto.unreachable' })))
        .message,
    ).toContain('由系统判定');
    const entered = await enterFinding(deps(), '张三', {
      ...enter,
      ruleId: 'site.veto.service.none',
    });
    await review(entered, '张三', 'confirm');
    await review(entered, '李四', 'confirm');
    const { round: frozen, breached } = await freezeRound(deps(), '测试', freeze);
    expect([frozen.state, frozen.reviewWaived, breached]).toEqual(['frozen', null, 2]);
    expect((await refusal(review(entered, '王五', 'reject', 'x'))).code).toBe('round.closed');
    // Said again after a lost answer it is no news; with other reasons it is refused.
    expect(await freezeRound(deps(), '测试', freeze)).toMatchObject({ round: frozen, breached });
    const other = { ...freeze, confirmAll: '另外的理由' };
    expect((await refusal(freezeRound(deps(), '测试', other))).code).toBe('round.frozen');

    const read = await readFrozenRound(opened.store, '2020Q3');
    expect(read.failing.map(({ subject, rules }) => [subject.name, rules])).toEqual([
      ['网站1', ['site.veto.home-stale', 'site.veto.service.none']],
    ]);
  });
});
