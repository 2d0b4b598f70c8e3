import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWorkbook, writeCsv, writeXlsx } from '../documents/workbook.ts';
import type { Actor } from '../domain/actor.ts';
import { permissionsOf } from '../identity/abilities.ts';
import { listAccounts, listSites, listUnits } from '../registry/index.ts';
import { actorWith } from '../testing/as-actor.ts';
import {
  confirmEverything,
  freezeReviewed,
  registerTwoCities,
  reviewingRound,
} from '../testing/rounds/reviewing-round.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { chaseUnits } from './chase-units.ts';
import { exportComparison } from './export-comparison.ts';
import { importDraft } from './import-draft.ts';
import { closeSelfCheck, openSelfCheck } from './open-self-check.ts';
import { answerQuestion, decideQuestion } from './questions/answer-question.ts';
import { chaseQuestions } from './questions/chase-questions.ts';
import { addFile, openFile, removeFile } from './questions/question-files.ts';
import { readQuestion } from './questions/read-question.ts';
import { readComparison } from './read-comparison.ts';
import { listRows, readHandIn } from './read-hand-in.ts';
import { COLUMNS } from './read-rows.ts';
import { listSelfChecks, readSelfCheck } from './read-self-checks.ts';
import { chooseSubject, discardDraft, submitDraft } from './step-draft.ts';
import { selfCheckTemplate } from './template.ts';

const PERIOD = '2020Q3';
const at = (day: string): string => `${day}T02:00:00.000Z`;
const HEAD = Object.values(COLUMNS).map(([name]) => name);
const STALE = 'site.veto.home-stale';

let opened: TemporaryStore;
let id: number;
const units = new Map<string, number>();
const people = new Map<string, Actor>();
const who = (name: string): Actor => people.get(name)!;
const of = (unit: string) => ({ id, unitId: units.get(unit)! });

beforeAll(async () => {
  opened = await temporaryStore();
  await registerTwoCities(opened.store);
  await reviewingRound(opened.store, PERIOD);
  for (const unit of await listUnits(opened.store.db)) units.set(unit.name, unit.id);
  const person = (name: string, role: Actor['roles'][number], unit: string): void => {
    const unitId = units.get(unit)!;
    const seesAll = role === 'supervisor';
    const actor = {
      ...{ userId: people.size + 1, name, roles: [role], unitId, unitName: unit },
      ...{ can: permissionsOf([role], { seesAll }), scope: seesAll ? 'all' : new Set([unitId]) },
    };
    people.set(name, actorWith(actor as never));
  };
  person('省甲', 'supervisor', '湖南省');
  person('长沙', 'manager', '长沙市');
  person('岳阳', 'manager', '岳阳市');
  person('经办', 'sponsor', '长沙市');
});
afterAll(() => opened?.remove());

const csv = (rows: readonly (readonly string[])[], head: readonly string[] = HEAD) => ({
  name: '自查.csv',
  bytes: writeCsv([head, ...rows]),
});
/** 类别, 名称, 标识码或账号ID, 平台, 网址, 主办单位, 检查日期, 检查结果, 指标, 问题描述 */
const row = (name: string, more: Partial<Record<keyof typeof COLUMNS, string>> = {}): string[] =>
  (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).map(
    (column) => ({ name, checkedOn: '2020/9/16', result: '正常', ...more })[column as 'name'] ?? '',
  );
const take = (
  name: string,
  unit: string,
  file: { name: string; bytes: Uint8Array },
  day = '2020-09-21',
) => importDraft(opened, who(name), { ...of(unit), file, at: at(day) });
const rowsOf = async (name: string, unit: string, version: number) =>
  (await listRows(opened, who(name), of(unit), { version, limit: 100, offset: 0 })).items;
const revision = async (unit: string): Promise<number> =>
  (await readHandIn(opened, who('省甲'), of(unit))).revision;
const notices = async (kind: string) =>
  (
    await sql<{ key: string }>`
      select key from notice where kind = ${kind} order by id`.execute(opened.store.db)
  ).rows.map(({ key }) => key.split(':').slice(2).join(':'));

const FILE = csv([
  row('长沙市门户网站', { identity: '4301000001', result: '有问题', rule: '首页不更新' }),
  row('政务网', { url: 'https://www.cs2.gov.cn', result: '有问题', problem: '有错别字' }),
  row('政务网', { url: 'cs2.gov.cn/', result: '有问题', problem: '有错别字' }),
  row('长沙 发布', { kind: '新媒体', platform: '微信' }),
  row('长沙日报', { kind: '新媒体', platform: '微信公众号' }),
  row('岳阳市门户', { identity: '4306000001' }),
  row('长沙市政务', { identity: '4301000001', url: 'http://cs2.gov.cn/' }),
]);

describe('asking', () => {
  it('is for the province, once a round, by working days; each unit is told', async () => {
    const input = { period: PERIOD, unitIds: [], workdays: 5, note: '', at: at('2020-09-18') };
    await expect(openSelfCheck(opened, who('长沙'), input)).rejects.toMatchObject({
      code: 'identity.forbidden',
    });
    const made = await openSelfCheck(opened, who('省甲'), input);
    // Friday: the weekend does not count; the Sunday before the National Day week is worked.
    expect(made).toMatchObject({ dueOn: '2020-09-25', units: 2 });
    id = made.id;
    expect(await notices('selfcheck.open')).toHaveLength(2);
    await expect(openSelfCheck(opened, who('省甲'), input)).rejects.toMatchObject({
      code: 'selfcheck.exists',
    });
    await expect(
      openSelfCheck(opened, who('省甲'), { ...input, unitIds: [999_999] }),
    ).rejects.toMatchObject({ code: 'selfcheck.units' });
  });

  it('gives a table to fill, whose examples are not imported', async () => {
    const bytes = await selfCheckTemplate(opened, who('长沙'), of('长沙市'));
    const [table, examples, rules] = await readWorkbook(bytes, '模板.xlsx');
    expect(table!.rows).toEqual([HEAD]);
    expect(examples!.rows).toHaveLength(4);
    expect(rules!.rows.flat()).toContain('首页不更新');
    await expect(take('长沙', '长沙市', { name: '模板.xlsx', bytes })).rejects.toMatchObject({
      code: 'selfcheck.rows',
    });
  });
});

describe('a faulty file', () => {
  it.each([
    ['wrong columns', csv([['a']], ['名称', '日期']), 'selfcheck.columns', []],
    [
      'everything that is wrong, at once',
      csv([
        row('', { result: '还行', checkedOn: '昨天' }),
        row('=HYPERLINK("http://x")', { problem: '错', result: '正常' }),
        row('长沙市门户', { result: '有问题', checkedOn: '2020-12-01', kind: '报纸' }),
        row('#REF!'),
      ]),
      'selfcheck.rows',
      [
        ...['第 2 行：“名称”不能为空', '第 2 行：“检查日期”“昨天”请写成 2026-11-16'],
        ...['第 2 行：“检查结果”“还行”请写“正常”“有问题”或“无法判定”'],
        '第 3 行：“名称”“=HYPERLINK("http://x")”是公式，请粘贴成值',
        ...['第 3 行：“检查结果”写了“正常”，又写了问题，请改成一致'],
        ...['第 4 行：“类别”“报纸”请写“网站”或“新媒体”', '第 4 行：“检查日期”“2020-12-01”还没有到'],
        ...[
          '第 4 行：“问题描述”写了“有问题”，请写明是什么问题',
          '第 5 行：“名称”“#REF!”是公式，请粘贴成值',
        ],
      ],
    ],
    [
      'one subject in order and not, under two names',
      csv([
        row('门户', { identity: '4301000001' }),
        row('长沙市门户', { result: '有问题', problem: '错' }),
      ]),
      'selfcheck.rows',
      ['第 3 行与第 2 行：同一个对象“长沙市门户”结果不一致，请核对'],
    ],
    ['a page', { name: '自查.csv', bytes: Buffer.from('<html>') }, 'registry.import.type', []],
    [
      'a huge one',
      { name: '自查.csv', bytes: Buffer.alloc(16 * 1024 * 1024 + 1, 'a') },
      'selfcheck.file',
      [],
    ],
  ] as const)(
    '%s: nothing is taken, the draft before stays',
    async (_case, file, code, details) => {
      await expect(take('长沙', '长沙市', file)).rejects.toMatchObject({ code, details });
      expect((await readHandIn(opened, who('长沙'), of('长沙市'))).versions).toEqual([]);
    },
  );
});

describe('a draft', () => {
  it('keeps every row; what means one subject is matched, the rest waits for a person', async () => {
    expect(await take('长沙', '长沙市', FILE)).toEqual({
      ...{ version: 1, revision: 1, rows: 7, unmatched: 3, repeated: 1 },
    });
    const rows = await rowsOf('长沙', '长沙市', 1);
    expect(
      rows.map(({ number, subjectName, matchedBy, unmatched, ruleId, repeats }) => [
        ...[number, subjectName, matchedBy ?? unmatched, ruleId, repeats],
      ]),
    ).toEqual([
      [2, '长沙市门户', 'identity', STALE, null],
      [3, '长沙市政务', 'url', null, null],
      [4, '长沙市政务', 'url', null, 3],
      [5, '长沙发布', 'name', null, null],
      [6, null, 'none', null, null],
      [7, null, 'outside', null, null],
      [8, null, 'contradiction', null, null],
    ]);
    expect(rows[6]!.candidates.map(({ name }) => name)).toEqual(['长沙市门户', '长沙市政务']);
    // Nothing of another city is told, not even that it is known.
    expect(rows[5]!.candidates).toEqual([]);
  });

  it('of one city is not seen by another, nor by its sponsors', async () => {
    const unknown = { code: 'selfcheck.unknown' };
    await expect(rowsOf('岳阳', '长沙市', 1)).rejects.toMatchObject(unknown);
    await expect(take('岳阳', '长沙市', FILE)).rejects.toMatchObject(unknown);
    await expect(readHandIn(opened, who('经办'), of('长沙市'))).rejects.toMatchObject({
      code: 'identity.forbidden',
    });
    const view = await readSelfCheck(opened, who('岳阳'), { id, at: at('2020-09-21') });
    expect(view.units.map(({ unitName }) => unitName)).toEqual(['岳阳市']);
    expect((await listSelfChecks(opened, who('岳阳')))[0]).toMatchObject({
      units: 1,
      submitted: 0,
    });
  });

  it('lets a person choose, of the own subjects only and not against another row', async () => {
    const [sites, accounts] = [
      await listSites(opened.store.db),
      await listAccounts(opened.store.db),
    ];
    const choose = (number: number, subjectId: number | null, seen: number) =>
      chooseSubject(opened, who('长沙'), {
        ...{ ...of('长沙市'), number, subjectId, revision: seen, at: at('2020-09-21') },
      });
    await expect(choose(6, accounts[0]!.id, 1)).rejects.toMatchObject({
      code: 'selfcheck.subject',
    });
    await expect(choose(8, sites[0]!.id, 1)).rejects.toMatchObject({ code: 'selfcheck.rows' });
    await choose(6, accounts[1]!.id, 1);
    await expect(choose(6, null, 1)).rejects.toMatchObject({ code: 'selfcheck.changed' });
    const rows = await rowsOf('长沙', '长沙市', 1);
    // Now it says what row 5 says: counted once.
    expect(rows[4]).toMatchObject({ subjectName: '长沙发布', matchedBy: 'person', repeats: 5 });
    await choose(6, null, 2);
    expect((await rowsOf('长沙', '长沙市', 1))[4]).toMatchObject({
      ...{ subjectId: null, unmatched: 'none', repeats: null },
    });
  });
});

describe('the clock', () => {
  it('reminds on working days before the last and on days after it, each once, and only who submitted nothing', async () => {
    const told: (readonly [string, number])[] = [];
    // On the 22nd, three working days before, the machine stood still.
    for (const day of ['2020-09-21', '2020-09-23', '2020-09-23', '2020-09-24', '2020-09-25'])
      told.push([day, await chaseUnits(opened, { at: at(day) })]);
    expect(told.map(([, count]) => count)).toEqual([0, 2, 0, 2, 2]);
    await submitDraft(opened, who('长沙'), {
      ...{ ...of('长沙市'), revision: await revision('长沙市'), reason: '', at: at('2020-09-25') },
    });
    expect(await chaseUnits(opened, { at: at('2020-09-26') })).toBe(1);
    expect(await notices('selfcheck.submit')).toEqual([`submit:${units.get('长沙市')}:1`]);
    const view = await readSelfCheck(opened, who('省甲'), { id, at: at('2020-09-26') });
    expect(view.units.map(({ unitName, state, isLate }) => [unitName, state, isLate])).toEqual([
      ['长沙市', 'submitted', false],
      ['岳阳市', null, true],
    ]);
  });
});

describe('the comparison', () => {
  it('waits for the province’s frozen results', async () => {
    await expect(readComparison(opened, who('长沙'), of('长沙市'))).rejects.toMatchObject({
      code: 'selfcheck.round',
    });
    await confirmEverything(opened.store, PERIOD);
    await freezeReviewed(opened.store, PERIOD);
    await expect(readComparison(opened, who('省甲'), of('岳阳市'))).rejects.toMatchObject({
      code: 'selfcheck.not-submitted',
    });
  });

  it('puts both sides side by side', async () => {
    const { lines, agreement, version } = await readComparison(opened, who('长沙'), of('长沙市'));
    expect(
      lines.map(({ category, name, ruleIds, cityWords, province }) => [
        ...[category, name, ruleIds.join(), cityWords.join(), province],
      ]),
    ).toEqual([
      ['cityOnly', '长沙市政务', '', '有错别字', 'unclear'],
      ['both', '长沙市门户', STALE, '', 'found'],
    ]);
    expect(agreement).toEqual({
      counts: { provinceOnly: 0, toPair: 0, notChecked: 0, cityOnly: 1, both: 1 },
      ...{ total: 3, checkedSubjects: 3, agreedGood: 1, outsideRound: 0, unmatchedRows: 3 },
      questions: { open: 1, returned: 0, answered: 0, accepted: 0 },
    });
    expect(version).toBe(1);
    const filter = { category: 'both' as const };
    const only = await readComparison(opened, who('长沙'), of('长沙市'), filter);
    expect(only.lines).toHaveLength(1);
    const bytes = await exportComparison(opened, who('省甲'), {
      ...{ ...of('长沙市'), filter: {}, at: at('2020-09-28') },
    });
    const [summary, table] = await readWorkbook(bytes, '比对.xlsx');
    expect(summary!.rows).toContainEqual(['市里检查并有结果的', '3 个（100.0%）']);
    expect(table!.rows.map((cells) => cells.slice(0, 3))).toEqual([
      ['比对', '类别', '名称'],
      ['只有市里发现', '网站', '长沙市政务'],
      ['双方都发现', '网站', '长沙市门户'],
    ]);
  });

  it('a correction is a version with a reason; what was submitted stays', async () => {
    const clean = csv([
      row('长沙市门户', { checkedOn: '2020-09-20' }),
      row('长沙市政务'),
      row('长沙发布', { kind: '新媒体', platform: '微信公众号', result: '无法判定' }),
    ]);
    expect(await take('长沙', '长沙市', clean, '2020-09-28')).toMatchObject({ version: 2 });
    const submit = async (reason: string) =>
      submitDraft(opened, who('长沙'), {
        ...{ ...of('长沙市'), revision: await revision('长沙市'), reason, at: at('2020-09-28') },
      });
    await expect(submit(' ')).rejects.toMatchObject({ code: 'selfcheck.reason' });
    // A draft changes nothing of what is compared.
    const before = await readComparison(opened, who('省甲'), of('长沙市'));
    expect([before.version, before.agreement.counts.both]).toEqual([1, 1]);
    await submit('复核后已整改');
    const after = await readComparison(opened, who('省甲'), of('长沙市'));
    expect([after.version, after.isAfterFreeze]).toEqual([2, true]);
    expect(after.lines).toHaveLength(1);
    expect(after.lines[0]).toMatchObject({ category: 'provinceOnly', checkedOn: '2020-09-20' });
    // Not agreed: what the province left undetermined, and what the city could not tell of.
    expect(after.agreement).toMatchObject({ checkedSubjects: 2, agreedGood: 0, outsideRound: 0 });
    expect(await rowsOf('省甲', '长沙市', 1)).toHaveLength(7);
    await expect(
      chooseSubject(opened, who('长沙'), {
        ...{ ...of('长沙市'), number: 6, subjectId: null, revision: await revision('长沙市') },
        at: at('2020-09-28'),
      }),
    ).rejects.toMatchObject({ code: 'selfcheck.no-draft' });
  });

  describe('what only one side found', () => {
    let key = '';
    const png = Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      Buffer.from('0000000049454e44ae426082', 'hex'),
    ]);
    const asked = () => ({ ...of('长沙市'), key });
    const answer = (
      who_: string,
      version: number,
      more: Record<string, string> = {},
      day = '2020-09-29',
    ) =>
      answerQuestion(opened, who(who_), {
        ...{ ...asked(), version, reason: 'arose', note: '', at: at(day), ...more },
      });
    const decide = (who_: string, version: number, isAccepted: boolean, note: string) =>
      decideQuestion(opened, who(who_), {
        ...{ ...asked(), version, isAccepted, note, at: at('2020-09-29') },
      });
    const counts = async () =>
      (await readComparison(opened, who('省甲'), of('长沙市'))).agreement.questions;

    it('is put to the city, which is told once and reminded until it answers', async () => {
      const { lines } = await readComparison(opened, who('长沙'), of('长沙市'));
      key = lines[0]!.key!;
      expect(lines.map(({ stand }) => stand)).toEqual(['open']);
      const told: number[] = [];
      // The machine stood still on the 30th and through the holidays.
      for (const day of ['2020-09-28', '2020-09-28', '2020-09-29', '2020-10-09'])
        told.push(await chaseQuestions(opened, { at: at(day) }));
      // The fifth working day after it is 12 October, 30 September the third before that one.
      expect(told).toEqual([1, 0, 0, 1]);
      expect(await readQuestion(opened, who('长沙'), asked())).toMatchObject({
        ...{ version: 0, dueOn: '2020-10-12', steps: [], next: null },
        may: { answer: true, decide: false },
      });
    });

    it('is nobody else’s to see or to answer, and needs a reason', async () => {
      await expect(readQuestion(opened, who('岳阳'), asked())).rejects.toMatchObject({
        code: 'selfcheck.unknown',
      });
      await expect(answer('岳阳', 0)).rejects.toMatchObject({ code: 'selfcheck.unknown' });
      await expect(decide('长沙', 0, true, '')).rejects.toMatchObject({
        code: 'identity.forbidden',
      });
      for (const more of [{ reason: 'constructor' }, { reason: 'same' }, { reason: 'other' }])
        await expect(answer('长沙', 0, more)).rejects.toMatchObject({ code: 'selfcheck.reason' });
      key = `0${key.slice(1)}`.replace(/^00/, '10');
      await expect(answer('长沙', 0)).rejects.toMatchObject({ code: 'selfcheck.question' });
      key = (await readComparison(opened, who('长沙'), of('长沙市'))).lines[0]!.key!;
      expect(await counts()).toMatchObject({ open: 1, answered: 0 });
    });

    it('is answered with a file, asked back, answered once more and accepted; the table has it all', async () => {
      const file = { name: '截图.png', bytes: png };
      const page = { name: '截图.png', bytes: Buffer.from('<html>') };
      const add = (given: typeof file) =>
        addFile(opened, who('长沙'), { ...asked(), file: given, at: at('2020-09-29') });
      await expect(add(page)).rejects.toMatchObject({ code: 'case.file-type' });
      const wrong = await add(file);
      await removeFile(opened, who('长沙'), { ...asked(), fileId: wrong.id });
      const { id: fileId } = await add(file);
      expect(await answer('长沙', 0)).toEqual({ version: 1 });
      // Who saw it unanswered does not write over it.
      await expect(answer('长沙', 0)).rejects.toMatchObject({ code: 'selfcheck.changed' });
      await expect(removeFile(opened, who('长沙'), { ...asked(), fileId })).rejects.toMatchObject({
        code: 'file.unknown',
      });
      await expect(
        openFile(opened, who('岳阳'), { ...of('长沙市'), fileId }),
      ).rejects.toMatchObject({ code: 'selfcheck.unknown' });
      const { content } = await openFile(opened, who('省甲'), { ...of('长沙市'), fileId });
      expect(Buffer.from(content).equals(png)).toBe(true);

      await expect(decide('省甲', 1, false, ' ')).rejects.toMatchObject({
        code: 'selfcheck.reason',
      });
      await decide('省甲', 1, false, '请附检查当天的截图');
      expect(await counts()).toMatchObject({ returned: 1, answered: 0 });
      // Three working days after 29 September: 30 September, 9 and 10 October.
      expect(await chaseQuestions(opened, { at: at('2020-10-11') })).toBe(1);
      await answer('长沙', 2, { reason: 'other', note: '=已补充' }, '2020-09-30');
      await decide('省甲', 3, true, '');
      expect(await counts()).toEqual({ open: 0, returned: 0, answered: 0, accepted: 1 });
      expect(await chaseQuestions(opened, { at: at('2020-10-13') })).toBe(0);
      await expect(answer('长沙', 4)).rejects.toMatchObject({ code: 'selfcheck.answered' });
      const { steps, files, may } = await readQuestion(opened, who('省甲'), asked());
      expect(steps.map(({ step, reason, note, byName }) => [step, reason, note, byName])).toEqual([
        ['answer', '检查时还没有出现', '', '长沙'],
        ['return', '', '请附检查当天的截图', '省甲'],
        ['answer', '其他', '=已补充', '长沙'],
        ['accept', '', '', '省甲'],
      ]);
      expect(files.map(({ answerId }) => answerId)).toEqual([steps[0]!.id]);
      expect(may).toEqual({ answer: false, decide: false });
      const bytes = await exportComparison(opened, who('省甲'), {
        ...{ ...of('长沙市'), filter: { stand: 'accepted' }, at: at('2020-09-30') },
      });
      const [, table] = await readWorkbook(bytes, '比对.xlsx');
      expect(table!.rows[1]!.slice(10)).toEqual([
        '已认可',
        expect.stringMatching(/^检查时还没有出现（长沙，.*）\n其他：=已补充（长沙，/),
        '截图.png',
        expect.stringMatching(/^追问：请附检查当天的截图（省甲，.*）\n认可（省甲，/),
      ]);
    });

    it('is another question where a correction changes what is asked', async () => {
      await take('长沙', '长沙市', csv([row('长沙发布', { platform: '微信' })]), '2020-09-29');
      await submitDraft(opened, who('长沙'), {
        ...{
          ...of('长沙市'),
          revision: await revision('长沙市'),
          reason: '漏报',
          at: at('2020-09-29'),
        },
      });
      expect(await counts()).toMatchObject({ open: 1, accepted: 0 });
      await expect(answer('长沙', 4)).rejects.toMatchObject({ code: 'selfcheck.question' });
    });
  });

  it('a workbook is read as well; a draft may be thrown away; after the end nothing is taken', async () => {
    const bytes = await writeXlsx([
      { name: '表', rows: [['岳阳市自查情况'], HEAD, row('岳阳发布', { platform: '微信公众号' })] },
    ]);
    const draft = await take('岳阳', '岳阳市', { name: '自查.xlsx', bytes }, '2020-09-29');
    expect(draft).toMatchObject({ rows: 1, unmatched: 0 });
    const seen = { ...of('岳阳市'), revision: draft.revision, at: at('2020-09-29') };
    await discardDraft(opened, who('岳阳'), seen);
    const next = await take('岳阳', '岳阳市', { name: '自查.xlsx', bytes }, '2020-09-29');
    // Who saw the one that was thrown away does not submit the other unseen.
    expect(next.version).toBe(1);
    await expect(submitDraft(opened, who('岳阳'), { ...seen, reason: '' })).rejects.toMatchObject({
      code: 'selfcheck.changed',
    });
    await closeSelfCheck(opened, who('省甲'), { id, at: at('2020-09-30') });
    await expect(
      take('岳阳', '岳阳市', { name: '自查.xlsx', bytes }, '2020-09-30'),
    ).rejects.toMatchObject({ code: 'selfcheck.closed' });
    expect(await chaseUnits(opened, { at: at('2020-09-30') })).toBe(0);
  });
});
