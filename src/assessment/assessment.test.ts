import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../tools/source-files.ts';
import { readWorkbook } from '../documents/workbook.ts';
import type { Actor } from '../domain/actor.ts';
import { answerMessage, assignMessage } from '../finderror/step-message.ts';
import { takeMessages } from '../finderror/take-messages.ts';
import { LifecycleOffice } from '../testing/lifecycle/lifecycle-office.ts';
import type { AssessmentDeps } from './assessment-db.ts';
import { chaseReports } from './chase-reports.ts';
import { exportAssessment } from './export-assessment.ts';
import { addFile, openFile, removeFile } from './line-files.ts';
import { openAssessment } from './open-assessment.ts';
import { listAssessments, readAssessedUnit, readAssessment } from './read-assessments.ts';
import { parseScheme, readScheme } from './scheme.ts';
import { publishAssessment, withdrawAssessment } from './steps/end-assessment.ts';
import { type Claim, reportUnit } from './steps/report-unit.ts';
import { closeReview, decideLine, returnUnit } from './steps/review-unit.ts';

const UNFINISHED = 'assess.deduct.finderror.unfinished';
const OVER_MONTH = 'assess.deduct.finderror.over-1m';
const CHECKED = 'assess.deduct.quarterly-check';
const INTENSIVE = 'assess.bonus.intensive';
/** 5 January 2027, 10:00 in Shanghai: the year is over. */
const AT = '2027-01-05T02:00:00.000Z';
let office: LifecycleOffice;
let deps: AssessmentDeps;
let supervisor: Actor;
let second: Actor;
let yueyang: Actor;
let changsha: Actor;
let id: number;
let [yy, cs]: [number, number] = [0, 0];

beforeAll(async () => {
  office = await LifecycleOffice.open('2026-01-01');
  const shipped = await readScheme(join(ROOT, 'assessments', 'national-2019.json'));
  // What is 待核 is off as shipped; an office that has the original switches it on.
  const rules = shipped.rules.map((rule) => ({
    ...rule,
    enabled: rule.enabled || rule.id === CHECKED,
  }));
  deps = { store: office.store, assessment: parseScheme({ ...shipped, rules }) };
  supervisor = await office.person('supervisor', '湖南省');
  second = await office.person('supervisor', '湖南省');
  yueyang = await office.person('manager', '岳阳市');
  changsha = await office.person('manager', '长沙市');
  [yy, cs] = [office.unit('岳阳市'), office.unit('长沙市')];
  await fillMessages();
}, 180_000);
afterAll(() => office?.remove());

/** Yueyang: one answered in time, one after two months, one never. */
async function fillMessages(): Promise<void> {
  const message = (number: string, date: string) => ({
    ...{ number, siteCode: '4306000001', siteName: '', pageUrl: '', problemType: '' },
    ...{ content: '首页打不开', leftAt: `${date}T02:00:00.000Z` },
    receivedAt: `${date}T02:00:00.000Z`,
  });
  await takeMessages(office, supervisor, {
    items: [message('1', '2026-03-02'), message('2', '2026-05-06'), message('3', '2026-12-30')],
    at: '2026-12-30T03:00:00.000Z',
  });
  // Below Yueyang: a county's message is the city's.
  await assign('2', office.unit('平江县'));
  await answer('1', '2026-03-03');
  await answer('2', '2026-07-07');
}
const row = async (number: string) =>
  (
    await sql<{ id: number; version: number }>`
      select id, version from find_error where number = ${number}`.execute(office.store.db)
  ).rows[0]!;
const assign = async (number: string, unitId: number) => {
  const note = '是县里的网页';
  const at = '2026-12-30T04:00:00.000Z';
  await assignMessage(office, supervisor, { ...(await row(number)), unitId, note, at });
};
const answer = async (number: string, day: string) => {
  const at = `${day}T02:00:00.000Z`;
  const rest = { isTrue: true, answer: '已修复。', at };
  await answerMessage(office, 'x', { ...(await row(number)), ...rest });
};

const unitOf = (who: Actor, unitId: number) => readAssessedUnit(deps, who, { id, unitId });
const seen = async (unitId: number, at = AT) => ({
  ...{ id, unitId, at },
  version: (await unitOf(supervisor, unitId)).unit.version,
});
const report = async (who: Actor, unitId: number, claims: readonly Claim[]) =>
  reportUnit(deps, who, { ...(await seen(unitId)), claims });
const decide = async (unitId: number, ruleId: string, value: number) =>
  decideLine(deps, supervisor, { ...(await seen(unitId)), ruleId, value, note: '经核对' });
const refused = (code: string) => expect.objectContaining({ code });
const lineOf = async (unitId: number, ruleId: string) =>
  (await unitOf(supervisor, unitId)).lines.find(({ rule }) => rule.id === ruleId)!;
const INTENSIVE_CLAIM: Claim = { ruleId: INTENSIVE, value: 500, note: '都已迁移。' };

describe('opening', () => {
  it.each([
    ['no unit', { unitIds: [] }, 'assessment.units'],
    ['a unit twice', { unitIds: [1, 1] }, 'assessment.units'],
    ['a unit that is not there', { unitIds: [9_999] }, 'assessment.units'],
    ['a year to come', { year: 2028 }, 'assessment.year'],
    ['a last day that is over', { reportBy: '2027-01-04' }, 'assessment.report-by'],
    ['a last day that is none', { reportBy: '下周三' }, 'assessment.report-by'],
    ['a last day that is in no calendar', { reportBy: '2027-02-30' }, 'assessment.report-by'],
  ])('%s is refused', async (_name, change, code) => {
    const input = { year: 2026, unitIds: [yy], reportBy: '2027-01-20', at: AT, ...change };
    await expect(openAssessment(deps, supervisor, input)).rejects.toThrowError(refused(code));
  });

  it('a unit and one below it would be assessed twice', async () => {
    const unitIds = [office.unit('平江县'), yy];
    const input = { year: 2026, unitIds, reportBy: '2027-01-20', at: AT };
    await expect(openAssessment(deps, supervisor, input)).rejects.toThrowError(
      refused('assessment.units'),
    );
  });

  it('counts what the platform knows, with what it was counted from', async () => {
    const input = { year: 2026, unitIds: [cs, yy], reportBy: '2027-01-20', at: AT };
    await expect(openAssessment(deps, yueyang, input)).rejects.toThrowError(
      refused('identity.forbidden'),
    );
    id = await openAssessment(deps, supervisor, input);
    await expect(openAssessment(deps, supervisor, input)).rejects.toThrowError(
      refused('assessment.exists'),
    );
    const measured = Object.fromEntries(
      (await unitOf(supervisor, yy)).lines.map(({ rule, measured: count }) => [rule.id, count]),
    );
    expect(measured).toEqual({
      ...{ [UNFINISHED]: 1, [OVER_MONTH]: 1, [CHECKED]: 4, [INTENSIVE]: null },
    });
    expect((await lineOf(yy, UNFINISHED)).evidence).toEqual([
      { words: '2026-01-01 至 2026-12-31 收到的留言：1 条没有办结', link: '/find-errors' },
    ]);
    expect((await lineOf(cs, UNFINISHED)).measured).toBe(0);
    expect((await readAssessment(deps, supervisor, id)).units.map((unit) => unit.unitName)).toEqual(
      ['岳阳市', '长沙市'],
    );
  });
});

describe('a unit’s report', () => {
  it('each sees itself, until the result is out', async () => {
    const { units, head } = await readAssessment(deps, changsha, id);
    expect([units.map(({ unitId }) => unitId), head.units]).toEqual([[cs], 1]);
    await expect(unitOf(changsha, yy)).rejects.toThrowError(refused('assessment.unknown'));
    const claims = [INTENSIVE_CLAIM];
    await expect(report(changsha, yy, claims)).rejects.toThrowError(refused('assessment.unknown'));
  });

  it.each([
    ['what is asked is not answered', []],
    ['more points than there are', [{ ...INTENSIVE_CLAIM, value: 501 }]],
    ['an objection without a reason', [INTENSIVE_CLAIM, { ruleId: CHECKED, value: 0, note: ' ' }]],
    ['a rule of another scheme', [INTENSIVE_CLAIM, { ruleId: 'assess.x', value: 0, note: '无' }]],
    ['a rule twice', [INTENSIVE_CLAIM, INTENSIVE_CLAIM]],
  ])('%s: it says what is missing', async (_name, claims) => {
    await expect(report(yueyang, yy, claims)).rejects.toThrowError(refused('assessment.claims'));
  });

  it('is told of in time, late, and never twice', async () => {
    const told = async (date: string) =>
      [1, 2]
        .map(() => chaseReports(deps, { at: `${date}T01:00:00.000Z` }))
        .reduce(async (sum, each) => (await sum) + (await each), Promise.resolve(0));
    expect(await told('2027-01-14')).toBe(0);
    expect(await told('2027-01-15')).toBe(2);
    expect(await told('2027-01-20')).toBe(2);
    const objection = { ruleId: CHECKED, value: null, note: '查过。' };
    await report(changsha, cs, [INTENSIVE_CLAIM, objection]);
    expect(await told('2027-01-21')).toBe(1);
    expect(await told('2027-02-10')).toBe(0);
  });

  it('carries files: of the unit’s own lines, while it reports', async () => {
    const file = { name: '通报.pdf', bytes: Buffer.from('%PDF-1.4 %%EOF') };
    const add = (who: Actor, unitId: number, change: object = {}) =>
      addFile(deps, who, { id, unitId, ruleId: CHECKED, file, at: AT, ...change });
    await expect(add(changsha, yy)).rejects.toThrowError(refused('assessment.unknown'));
    await expect(add(supervisor, yy)).rejects.toThrowError(refused('identity.forbidden'));
    await expect(add(yueyang, yy, { ruleId: 'assess.x' })).rejects.toThrowError(
      refused('assessment.rule'),
    );
    const program = { name: '通报.docx', bytes: Buffer.from('MZ') };
    await expect(add(yueyang, yy, { file: program })).rejects.toThrowError(
      refused('case.file-type'),
    );
    const [kept, taken] = [await add(yueyang, yy), await add(yueyang, yy)];
    await removeFile(deps, yueyang, { id, unitId: yy, fileId: taken.id });
    const ofCity = { id, unitId: yy, fileId: kept.id };
    expect(Buffer.from((await openFile(deps, supervisor, ofCity)).content)).toEqual(file.bytes);
    await expect(openFile(deps, changsha, ofCity)).rejects.toThrowError(
      refused('assessment.unknown'),
    );
    await expect(
      openFile(deps, changsha, { id, unitId: cs, fileId: kept.id }),
    ).rejects.toThrowError(refused('file.unknown'));
    for (let more = 1; more < 10; more += 1) await add(yueyang, yy);
    await expect(add(yueyang, yy)).rejects.toThrowError(refused('assessment.files'));
    // What was reported keeps its own.
    await expect(add(changsha, cs)).rejects.toThrowError(refused('assessment.state'));
  });

  it('what a unit contradicts does not count until somebody has decided', async () => {
    const objection = { ruleId: CHECKED, value: 0, note: '四个季度都查了，见门户通报。' };
    await report(yueyang, yy, [INTENSIVE_CLAIM, objection]);
    expect((await lineOf(yy, CHECKED)).value).toBeNull();
    const { outcome } = (await unitOf(supervisor, yy)).unit;
    expect(outcome).toEqual({ kind: 'undetermined', missing: [CHECKED, INTENSIVE] });
    expect((await unitOf(supervisor, yy)).unit.objections).toBe(1);
    expect((await lineOf(yy, CHECKED)).files).toHaveLength(10);
    await expect(report(yueyang, yy, [INTENSIVE_CLAIM])).rejects.toThrowError(
      refused('assessment.state'),
    );
  });
});

describe('the office', () => {
  it('decides with a reason, on what it saw', async () => {
    const old = await seen(yy);
    await decide(yy, CHECKED, 1);
    const again = { ...old, ruleId: CHECKED, value: 0, note: '再看' };
    await expect(decideLine(deps, supervisor, again)).rejects.toThrowError(
      refused('assessment.changed'),
    );
    const fresh = await seen(yy);
    await expect(
      decideLine(deps, supervisor, { ...again, ...fresh, note: ' ' }),
    ).rejects.toThrowError(refused('assessment.reason'));
    await expect(
      decideLine(deps, supervisor, { ...again, ...fresh, ruleId: INTENSIVE, value: 501 }),
    ).rejects.toThrowError(refused('assessment.value'));
    await expect(decideLine(deps, yueyang, { ...again, ...fresh })).rejects.toThrowError(
      refused('identity.forbidden'),
    );
  });

  it('ends no review with something open', async () => {
    await expect(closeReview(deps, supervisor, await seen(yy))).rejects.toThrowError(
      refused('assessment.undetermined'),
    );
    await decide(yy, INTENSIVE, 500);
    await closeReview(deps, supervisor, await seen(yy));
    // 100 - 3 - 2 - 5 = 90, and the bonus of 5.
    expect((await unitOf(yueyang, yy)).unit.outcome).toMatchObject({ deduct: 9_000, total: 9_500 });
  });

  it('gives a report back; the unit reports once more, and what was decided stays', async () => {
    await returnUnit(deps, supervisor, { ...(await seen(cs)), reason: '请写明网址' });
    expect((await unitOf(changsha, cs)).unit).toMatchObject({
      ...{ state: 'reporting', returnReason: '请写明网址' },
    });
    expect((await lineOf(cs, CHECKED)).value).toBeNull();
    await report(changsha, cs, [INTENSIVE_CLAIM]);
    // What it does not contradict any more counts as it was counted.
    expect((await lineOf(cs, CHECKED)).value).toBe(4);
    await decide(cs, INTENSIVE, 0);
  });

  it('publishes when all are reviewed, by somebody else; then it is public and does not change', async () => {
    const end = { id, at: AT };
    await expect(publishAssessment(deps, second, end)).rejects.toThrowError(
      refused('assessment.unreviewed'),
    );
    // Four quarters without a round: 100 - 20 = 80, which opens no bonus.
    await closeReview(deps, supervisor, await seen(cs));
    await expect(publishAssessment(deps, supervisor, end)).rejects.toThrowError(
      refused('assessment.same-person'),
    );
    const publishOf = async (who: Actor) => (await readAssessment(deps, who, id)).may.publish;
    expect(await Promise.all([supervisor, second, yueyang].map(publishOf))).toEqual([
      ...['您核定过其中的单位，请由另一个人公布。', null, undefined],
    ]);
    await publishAssessment(deps, second, end);
    const { units } = await readAssessment(deps, changsha, id);
    expect(units.map(({ unitName, rank, outcome }) => [unitName, rank, outcome])).toEqual([
      ['岳阳市', 1, expect.objectContaining({ total: 9_500, bonusCounts: true })],
      ['长沙市', 2, expect.objectContaining({ total: 8_000, bonus: 0, bonusCounts: false })],
    ]);
    await expect(unitOf(changsha, yy)).rejects.toThrowError(refused('assessment.unknown'));
    await expect(decide(cs, INTENSIVE, 500)).rejects.toThrowError(refused('assessment.closed'));
    await expect(
      withdrawAssessment(deps, supervisor, { ...end, reason: '错了' }),
    ).rejects.toThrowError(refused('assessment.closed'));
  });

  it('a workbook has the ranking, and the lines that one may open', async () => {
    const rowsOf = async (who: Actor) => {
      const bytes = await exportAssessment(deps, who, { id, at: AT });
      const [ranking, lines] = await readWorkbook(bytes, '考核.xlsx');
      return { ranking: ranking!.rows.slice(2), lines: lines!.rows.slice(1) };
    };
    const { ranking, lines } = await rowsOf(supervisor);
    expect(ranking.map((row) => row.slice(0, 4))).toEqual([
      ...[
        ['1', '岳阳市', '已核定', '95'],
        ['2', '长沙市', '已核定', '80'],
      ],
    ]);
    expect(lines.find((row) => row[0] === '岳阳市' && row[8] === '1')).toEqual([
      ...['岳阳市', '扣分', '每季度对网站和新媒体开展检查，比例达标', '4'],
      ...[expect.stringContaining('第一季度没有冻结的批次'), '0'],
      ...['四个季度都查了，见门户通报。', expect.stringContaining('通报.pdf'), '1', '经核对'],
      ...[supervisor.name, '1', '5'],
    ]);
    const own = await rowsOf(changsha);
    expect([own.ranking.length, new Set(own.lines.map((row) => row[0]))]).toEqual([
      ...[2, new Set(['长沙市'])],
    ]);
  });

  it('what is withdrawn leaves its year free', async () => {
    const input = { year: 2025, unitIds: [yy], reportBy: '2027-01-20', at: AT };
    const first = await openAssessment(deps, supervisor, input);
    await withdrawAssessment(deps, supervisor, { id: first, reason: '选错了单位', at: AT });
    await openAssessment(deps, supervisor, input);
    const listed = await listAssessments(deps, yueyang);
    expect(listed.map(({ year, state }) => [year, state])).toEqual([
      ...[
        [2026, 'published'],
        [2025, 'open'],
        [2025, 'withdrawn'],
      ],
    ]);
  });
});
