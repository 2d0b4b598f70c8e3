import { sql } from 'kysely';
import mammoth from 'mammoth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeOfficialDocx } from '../../documents/write-official-docx.ts';
import type { Actor } from '../../domain/actor.ts';
import { permissionsOf } from '../../identity/abilities.ts';
import { auditAbout, auditDb } from '../../identity/index.ts';
import { freezeRound } from '../../inspection/freeze-round.ts';
import { inspectionDb } from '../../inspection/inspection-db.ts';
import { findContest } from '../../inspection/review/contest.repository.ts';
import { attachToContest } from '../../inspection/review/contest-files.ts';
import { answerContest, contestFinding } from '../../inspection/review/contest-finding.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { listUnits } from '../../registry/index.ts';
import { actorWith } from '../../testing/as-actor.ts';
import {
  confirmEverything,
  registerTwoCities,
  reviewingRound,
} from '../../testing/rounds/reviewing-round.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { readPolicy } from '../index.ts';
import type { RectificationPolicy } from '../policy.ts';
import { rectificationDb } from '../rectification-db.ts';
import { contestDesk } from './contest-desk.ts';
import type { Letter } from './letter.ts';
import { letterDocument } from './letter-document.ts';
import { listLetters, readLetter } from './list-letters.ts';
import { passContests } from './pass-contests.ts';
import { showFindings } from './show-findings.ts';

// Shown on Friday before the National Day of 2020 (1 to 8 October off, 27 September and 10 October worked): five working days after
// 25 September are 27, 28, 29, 30 September and 9 October.
const PERIOD = '2020Q3';
const SHOWN: CalendarDate = '2020-09-25';
const LAST: CalendarDate = '2020-10-09';
const at = (day: string, hour = 2): string => `${day}T${String(hour).padStart(2, '0')}:00:00.000Z`;

let opened: TemporaryStore;
let policy: RectificationPolicy;
const people = new Map<string, Actor>();
const who = (name: string): Actor => people.get(name)!;

beforeAll(async () => {
  opened = await temporaryStore();
  const { store } = opened;
  policy = await readPolicy('policies/rectification.json');
  await registerTwoCities(store);
  await reviewingRound(store, PERIOD);
  await confirmEverything(store, PERIOD);
  const units = new Map((await listUnits(store.db)).map(({ id, name }) => [name, id]));
  for (const [name, role, unit] of [
    ['岳阳', 'sponsor', '岳阳市'],
    ['长沙', 'sponsor', '长沙市'],
    ['省甲', 'supervisor', '湖南省'],
  ] as const) {
    const unitId = units.get(unit)!;
    const seesAll = role === 'supervisor';
    const actor = {
      ...{ userId: people.size + 1, name, roles: [role], unitId, unitName: unit },
      ...{ can: permissionsOf([role], { seesAll }), scope: seesAll ? 'all' : new Set([unitId]) },
    };
    people.set(name, actorWith(actor as never));
  }
});
afterAll(() => opened?.remove());

const deps = () => ({
  ...{ store: opened.store, rectification: policy, contestDesk: contestDesk(policy) },
});
const db = () => rectificationDb(opened.store.db);
const letters = async (actor: Actor, today: CalendarDate): Promise<readonly Letter[]> =>
  (await listLetters(db(), actor, { today }, { limit: 50, offset: 0 })).items;
const pass = (day: string) => passContests(deps(), '系统', { at: at(day) });
async function told(): Promise<string[]> {
  const { rows } = await sql<{ title: string }>`
    select title from notice where kind like 'contest.%' order by id`.execute(db());
  return rows.map(({ title }) => title);
}
async function findingsOf(actor: Actor): Promise<number[]> {
  const [letter] = await letters(actor, SHOWN);
  const { findings } = await readLetter(db(), actor, { id: letter!.id, today: SHOWN });
  return findings.map(({ findingId }) => findingId);
}
const freeze = (day: string, endContests: string | null = null) =>
  freezeRound(deps(), '测试', {
    ...{ period: PERIOD, confirmAll: null, leaveUndetermined: '留待下期', endContests },
    at: at(day),
  });
const object = async (findingId: number, day: string): Promise<number> =>
  contestFinding(deps(), who('岳阳'), {
    ...{ findingId, text: '首页在检查期内发布过一条通知，截图另送。', at: at(day) },
  });

describe('findings shown before publication', () => {
  it('go to each unit in one letter, once', async () => {
    const shown = await showFindings(deps(), who('省甲'), { period: PERIOD, at: at(SHOWN) });
    expect(shown).toMatchObject({ letters: 2, findings: 3, deadlineOn: LAST, provisional: false });
    const again = await showFindings(deps(), who('省甲'), { period: PERIOD, at: at('2020-09-27') });
    expect(again).toMatchObject({ letters: 0, findings: 0 });
    await expect(
      showFindings(deps(), who('岳阳'), { period: PERIOD, at: at(SHOWN) }),
    ).rejects.toMatchObject({ code: 'identity.forbidden' });
    expect(await told()).toEqual([
      '申辩告知〔2020〕1号：请在公布以前核对 1 件问题',
      '申辩告知〔2020〕2号：请在公布以前核对 2 件问题',
    ]);
  });

  it('are read by their unit alone, as an official document with the evidence of each', async () => {
    expect((await letters(who('岳阳'), SHOWN)).map(({ unitName }) => unitName)).toEqual(['岳阳市']);
    const [other] = await letters(who('长沙'), SHOWN);
    await expect(
      readLetter(db(), who('岳阳'), { id: other!.id, today: SHOWN }),
    ).rejects.toMatchObject({ code: 'contest.letter-unknown' });
    const [own] = await letters(who('岳阳'), SHOWN);
    const { letter, findings } = await readLetter(db(), who('岳阳'), { id: own!.id, today: SHOWN });
    const bytes = await writeOfficialDocx(
      letterDocument(letter, findings, 'https://jg.example.gov.cn'),
    );
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
    for (const words of ['岳阳市：', '2020年10月9日以前', '岳阳市门户', '岳阳发布'])
      expect(value).toContain(words);
    for (const { findingId } of findings)
      expect(value).toContain(`https://jg.example.gov.cn/findings/${findingId}`);
  });

  it('keep the round from being frozen while a unit may object', async () => {
    await expect(freeze(LAST)).rejects.toMatchObject({ code: 'round.contest-runs' });
  });
});

describe('the days of a letter', () => {
  it('are reminded of once where nothing came, also when the clock is put back', async () => {
    const [first] = await findingsOf(who('岳阳'));
    await object(first!, '2020-09-28');
    await object(first!, '2020-09-28');
    // Supervisors hear of it at once, and once.
    expect((await told()).at(-1)).toBe(`岳阳市对问题 ${first} 提出申辩，等待答复`);
    expect(await told()).toHaveLength(3);
    const passes = [];
    for (const day of ['2020-09-28', '2020-09-28', '2020-09-29', '2020-09-30', '2020-09-28', LAST])
      passes.push(await pass(day));
    // Two working days before the last is 29 September; only 长沙 has not objected.
    expect(passes.map(({ chased, waiting, closed }) => [chased, waiting, closed])).toEqual([
      ...[
        [0, 0, 0],
        [0, 0, 0],
        [1, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
    ]);
  });

  it('end with what is recorded: no objection, or how many', async () => {
    expect(await pass('2020-10-10')).toMatchObject({ closed: 2, none: 1, waiting: 1 });
    expect(await pass('2020-10-10')).toMatchObject({ closed: 0, waiting: 0 });
    const standing = (await letters(who('省甲'), '2020-10-10')).map((each) => [
      ...[each.unitName, each.outcome, each.objections, each.waiting],
    ]);
    expect(standing).toEqual([
      ['岳阳市', 'lodged', 1, 1],
      ['长沙市', 'none', 0, 0],
    ]);
    const [none] = (await letters(who('长沙'), '2020-10-10')).map(({ id }) => id);
    const trail = await auditAbout(auditDb(opened.store.db), [`letter:${none}`]);
    expect(trail.map(({ action, after }) => [action, after])).toEqual([
      ['contest.close', { outcome: 'none' }],
    ]);
  });

  it('do not lose what comes late: it is said to be late, and answered all the same', async () => {
    const [first, second] = await findingsOf(who('岳阳'));
    const late = await findContest(inspectionDb(opened.store), await object(second!, '2020-10-12'));
    expect(late).toMatchObject({ isLate: true, answerDueOn: '2020-10-19' });
    expect(await letters(who('岳阳'), '2020-10-13')).toMatchObject([
      { objections: 2, late: 1, waiting: 2, answerOverdue: 1 },
    ]);
    expect(first).not.toBe(second);
  });
});

describe('a supervisor who owes an answer', () => {
  it('is reminded before and after its day, of each once', async () => {
    const waiting = [];
    for (const day of ['2020-10-12', '2020-10-13', '2020-10-16', '2020-10-20', '2020-10-20'])
      waiting.push((await pass(day)).waiting);
    // Of 28 September, to be answered by 12 October: reminders of 10 (told above), 13 and 15 October. Of 12 October, by 19: 16 and 20 October.
    expect(waiting).toEqual([0, 1, 2, 1, 0]);
    expect((await told()).filter((title) => title.includes('条申辩'))).toEqual([
      '1 条申辩还有 1 个工作日就到答复期限',
      '1 条申辩已超过答复期限 1 个工作日',
      ...['1 条申辩已超过答复期限 3 个工作日', '1 条申辩还有 1 个工作日就到答复期限'],
      '1 条申辩已超过答复期限 1 个工作日',
    ]);
  });

  it('answers, and the unit is told once', async () => {
    const { rows } = await sql<{ id: number }>`select id from contest order by id`.execute(db());
    for (const [place, { id }] of rows.entries())
      await answerContest(deps(), who('省甲'), {
        ...{ contestId: id, decision: place === 0 ? 'uphold' : 'dismiss', note: '已核对存档。' },
        at: at('2020-10-21'),
      });
    await pass('2020-10-21');
    expect((await told()).slice(-2)).toEqual([
      expect.stringMatching(/^对问题 \d+ 的申辩成立，这一条不再计入$/),
      expect.stringMatching(/^对问题 \d+ 的申辩不成立$/),
    ]);
  });
});

it('an objection before its letter is in time, has its days to be answered, and takes files until then', async () => {
  const period = '2021Q1';
  await reviewingRound(opened.store, period);
  const { rows } = await sql<{ id: number }>`
    select f.id from finding f join round r on r.id = f.round_id
      join round_subject s on s.round_id = r.id and s.kind = f.kind and s.subject_id = f.subject_id
     where r.period = ${period} and f.status = 'breached' and s.subject->>'name' = '岳阳市门户'`.execute(
    db(),
  );
  const id = await object(rows[0]!.id, '2020-12-25');
  // 1 January is off, in a year whose calendar is known.
  expect(await findContest(inspectionDb(opened.store), id)).toMatchObject({
    ...{ isLate: false, answerDueOn: '2021-01-04' },
  });
  expect(await pass('2020-12-31')).toMatchObject({ waiting: 1 });
  const attach = (actor: Actor) =>
    attachToContest(deps(), actor, {
      ...{ contestId: id, at: at('2020-12-31') },
      file: { name: '截图.pdf', bytes: Buffer.from('%PDF-1.4 %%EOF') },
    });
  expect(await attach(who('岳阳'))).toMatchObject({ mediaType: 'application/pdf' });
  await expect(attach(who('长沙'))).rejects.toMatchObject({ code: 'contest.unknown' });
  await answerContest(deps(), who('省甲'), {
    ...{ contestId: id, decision: 'dismiss', note: '已核对存档。', at: at('2021-01-04') },
  });
  // What was answered stays as it was when it was answered.
  await expect(attach(who('岳阳'))).rejects.toMatchObject({ code: 'contest.files' });
});

it('whoever freezes while days run says why, and it is kept with the letters', async () => {
  const next = '2020Q4';
  await reviewingRound(opened.store, next);
  const show = () => showFindings(deps(), who('省甲'), { period: next, at: at('2020-10-23') });
  // What nobody has confirmed is said to no unit.
  expect(await show()).toMatchObject({ letters: 0, findings: 0, unconfirmed: 3 });
  await confirmEverything(opened.store, next);
  expect(await show()).toMatchObject({ letters: 2, findings: 3, unconfirmed: 0 });
  await freezeRound(deps(), '测试', {
    ...{ period: next, confirmAll: null, leaveUndetermined: '留待下期', at: at('2020-10-26') },
    endContests: '各单位来函确认没有异议',
  });
  const ended = (await letters(who('省甲'), '2020-10-26')).filter(({ period }) => period === next);
  expect(ended.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ['early', '各单位来函确认没有异议'],
    ['early', '各单位来函确认没有异议'],
  ]);
  const trail = await auditAbout(auditDb(opened.store.db), [`round:${next}`]);
  expect(trail.find(({ action }) => action === 'round.freeze')!.detail).toMatchObject({
    endContests: '各单位来函确认没有异议',
  });
  expect(await pass('2020-11-20')).toMatchObject({ chased: 0, closed: 0 });
});
