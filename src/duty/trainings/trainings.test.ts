import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWorkbook, writeCsv, writeXlsx } from '../../documents/workbook.ts';
import type { Actor } from '../../domain/actor.ts';
import { LifecycleOffice } from '../../testing/lifecycle/lifecycle-office.ts';
import { countTrainings } from './count-trainings.ts';
import { exportTrainings } from './export-trainings.ts';
import { importTrainings } from './import-trainings.ts';
import { listTrainings, readTraining } from './list-trainings.ts';
import { changeTraining, recordTraining, withdrawTraining } from './record-training.ts';
import type { TrainingFields, TrainingPart } from './training.ts';
import { attachTrainingFile, detachTrainingFile, openTrainingFile } from './training-files.ts';

let office: LifecycleOffice;
let supervisor: Actor;
let manager: Actor;
let sponsor: Actor;
let leader: Actor;
let changsha: Actor;
const AT = '2026-11-30T02:00:00.000Z';

beforeAll(async () => {
  office = await LifecycleOffice.open('2026-01-01');
  supervisor = await office.person('supervisor', '湖南省');
  manager = await office.person('manager', '岳阳市');
  sponsor = await office.person('sponsor', '岳阳市');
  leader = await office.person('leader', '岳阳市');
  changsha = await office.person('manager', '长沙市');
});
afterAll(() => office?.remove());

const FIELDS: TrainingFields = {
  ...{ subject: '检查指标解读', heldOn: '2026-11-16', teacher: '李明华', hours: 2.5 },
  kind: 'onsite',
};
const part = (unit: string, more: Partial<TrainingPart> = {}): TrainingPart => ({
  ...{ unitId: office.unit(unit), person: '', people: 1, score: '', passed: null, ...more },
});
const record = (
  who: Actor,
  unit: string,
  parts: readonly TrainingPart[],
  fields: Partial<TrainingFields> = {},
) =>
  recordTraining(office, who, {
    ...{ organiserId: office.unit(unit), fields: { ...FIELDS, ...fields }, parts, at: AT },
  });
const list = async (who: Actor, more: object = {}) =>
  (await listTrainings(office, who, { limit: 50, offset: 0, ...more })).items.map(
    ({ subject, units, people }) => [subject, units, people],
  );
const totals = () => countTrainings(office.store, { from: '2026-01-01', to: '2026-12-31' });

describe('a session', () => {
  it.each([
    ['no subject', { subject: ' ' }, {}, 'training.text'],
    ['no hours', { hours: 0.01 }, {}, 'training.text'],
    ['a day to come', { heldOn: '2026-12-01' }, {}, 'training.dates'],
    ['a named person who is two', {}, { person: '周晓岚', people: 2 }, 'training.parts'],
  ] as const)('is refused with %s', async (_case, fields, more, code) => {
    await expect(
      record(supervisor, '湖南省', [part('岳阳市', more)], fields),
    ).rejects.toMatchObject({ code });
  });

  it('is of units that one looks after, and stands once', async () => {
    await expect(record(manager, '岳阳市', [part('长沙市')])).rejects.toMatchObject({
      code: 'training.unit',
    });
    await expect(record(manager, '湖南省', [])).rejects.toMatchObject({ code: 'training.unit' });
    await expect(record(leader, '岳阳市', [])).rejects.toMatchObject({
      code: 'identity.forbidden',
    });
    const both = [part('岳阳市'), part('岳阳市')];
    await expect(record(supervisor, '湖南省', both)).rejects.toMatchObject({
      code: 'training.parts',
    });
    await record(supervisor, '湖南省', [
      part('岳阳市', { person: '周晓岚', score: '92', passed: true }),
      part('岳阳市', { person: '彭建军', score: '55', passed: false }),
      part('长沙市', { people: 30 }),
    ]);
    await expect(record(supervisor, '湖南省', [])).rejects.toMatchObject({
      code: 'training.exists',
    });
  });

  it('each unit sees itself in it, and nobody another', async () => {
    expect(await list(supervisor)).toEqual([['检查指标解读', 2, 32]]);
    expect(await list(sponsor)).toEqual([['检查指标解读', 1, 2]]);
    const own = await readTraining(office, manager, { id: 1 });
    expect(own.parts.map(({ unitName, person, passed }) => [unitName, person, passed])).toEqual([
      ['岳阳市', '周晓岚', true],
      ['岳阳市', '彭建军', false],
    ]);
    expect(own.mayEdit).toBe(false);
    await record(sponsor, '岳阳市', [part('平江县', { people: 4 })], { subject: '值班要求' });
    await expect(readTraining(office, changsha, { id: 2 })).rejects.toMatchObject({
      code: 'training.unknown',
    });
    expect(await list(changsha, { year: 2026, q: '值班' })).toEqual([]);
    expect(await list(supervisor, { year: 2025 })).toEqual([]);
  });

  it('is changed as it was seen, by who looks after its organiser, and counts until it is withdrawn', async () => {
    const change = (who: Actor, id: number, version: number, parts: readonly TrainingPart[]) =>
      changeTraining(office, who, { id, version, fields: FIELDS, parts, at: AT });
    await expect(change(manager, 1, 1, [])).rejects.toMatchObject({ code: 'training.unknown' });
    await change(supervisor, 1, 1, [
      part('岳阳市', { person: '周晓岚', score: '92', passed: true }),
      part('长沙市', { people: 20 }),
    ]);
    await expect(change(supervisor, 1, 1, [])).rejects.toMatchObject({ code: 'training.changed' });
    const [yueyang, pingjiang, cs] = ['岳阳市', '平江县', '长沙市'].map((name) =>
      office.unit(name),
    );
    const none = { passed: 0, examined: 0 };
    const before = await totals();
    expect(before).toEqual([
      { unitId: yueyang, sessions: 1, people: 1, personHours: 2.5, passed: 1, examined: 1 },
      { unitId: cs, sessions: 1, people: 20, personHours: 50, ...none },
      { unitId: pingjiang, sessions: 1, people: 4, personHours: 10, ...none },
    ]);
    const withdraw = (reason: string, version: number) =>
      withdrawTraining(office, sponsor, { id: 2, version, reason, at: AT });
    await expect(withdraw(' ', 1)).rejects.toMatchObject({ code: 'training.text' });
    await withdraw('登记重复', 1);
    await expect(withdraw('登记重复', 2)).rejects.toMatchObject({ code: 'training.withdrawn' });
    expect((await totals()).map(({ unitId }) => unitId)).toEqual([yueyang, cs]);
    // What is withdrawn does not stand in the way of the right one.
    await record(sponsor, '岳阳市', [part('平江县')], { subject: '值班要求' });
  });

  it('has evidence that is what it says, for who looks after the whole', async () => {
    const attach = (who: Actor, bytes: Buffer) =>
      attachTrainingFile(office, who, { id: 1, file: { name: '签到表.pdf', bytes }, at: AT });
    const pdf = Buffer.from('%PDF-1.4 签到 %%EOF');
    await expect(attach(supervisor, Buffer.from('MZ'))).rejects.toMatchObject({
      code: 'case.file-type',
    });
    await expect(attach(manager, pdf)).rejects.toMatchObject({ code: 'training.unknown' });
    for (let at = 0; at < 5; at += 1) await attach(supervisor, pdf);
    await expect(attach(supervisor, pdf)).rejects.toMatchObject({ code: 'training.files' });
    const { attached } = await readTraining(office, supervisor, { id: 1 });
    const file = { id: 1, fileId: attached[0]!.id };
    expect(Buffer.from((await openTrainingFile(office, supervisor, file)).content)).toEqual(pdf);
    // The list of who signed names people of every unit.
    expect((await readTraining(office, manager, { id: 1 })).attached).toEqual([]);
    await expect(openTrainingFile(office, manager, file)).rejects.toMatchObject({
      code: 'file.unknown',
    });
    await detachTrainingFile(office, supervisor, file);
    await expect(detachTrainingFile(office, supervisor, file)).rejects.toMatchObject({
      code: 'file.unknown',
    });
  });
});

describe('as a table', () => {
  const HEAD = [
    '培训主题',
    '日期',
    '授课人',
    '学时',
    '参加单位',
    '姓名',
    '人数',
    '成绩',
    '是否合格',
  ];
  const take = (rows: readonly (readonly string[])[], who: Actor = manager) =>
    importTrainings(office, who, {
      ...{ name: '培训.csv', bytes: writeCsv([HEAD, ...rows]), at: AT },
    });
  const good = ['应急演练', '2026/10/8', '张三', '3', '岳阳市', '周晓岚', '', '88', '是'];
  const other = ['应急演练', '2026年10月8日', '张三', '3', '平江县', '', '6', '', ''];

  it('takes all rows or none, and names the faulty ones', async () => {
    const faulty = [
      ['应急演练', '昨天', '张三', '3', '岳阳市', '', '', '', ''],
      ['应急演练', '2026-10-08', '张三', '三', '岳阳市', '', '', '', ''],
      ['应急演练', '2026-10-08', '张三', '3', '岳阳市', '', '', '', '也许'],
    ];
    await expect(take([good, ...faulty])).rejects.toMatchObject({
      code: 'duty.rows',
      details: [/^第 3 行：日期/, /^第 4 行：学时/, /^第 5 行：是否合格/].map((words) =>
        expect.stringMatching(words),
      ),
    });
    const strange = ['应急演练', '2026-10-08', '李四', '3', '长沙市', '', '', '', ''];
    await expect(take([good, strange])).rejects.toMatchObject({
      details: [expect.stringContaining('授课人'), expect.stringContaining('没有“长沙市”')],
    });
    await expect(take([good], leader)).rejects.toMatchObject({ code: 'identity.forbidden' });
    await expect(take([['', '', '', '', '', '', '', '', '']].slice(1), manager)).resolves.toEqual({
      ...{ sessions: 0, added: 0, same: 0 },
    });
    expect(await list(manager, { q: '应急' })).toEqual([]);
    expect(await take([good, other])).toEqual({ sessions: 1, added: 2, same: 0 });
    const late = ['应急演练', '2026-10-08', '张三', '3', '岳阳市', '彭建军', '1', '', ''];
    expect(await take([good, late])).toEqual({ sessions: 0, added: 1, same: 1 });
    await expect(take([good.with(7, '99')])).rejects.toMatchObject({
      details: [expect.stringContaining('人数或成绩不一样')],
    });
  });

  it('what is exported can be imported again, with each unit’s totals beside it', async () => {
    const bytes = await exportTrainings(office, manager, { year: 2026 });
    const [sheet, sums] = await readWorkbook(bytes, '培训.xlsx');
    expect(JSON.stringify(sheet)).not.toContain('长沙');
    expect(sums!.rows[1]).toEqual(['岳阳市', '2', '3', '8.5', '2', '2']);
    const own = sheet!.rows.filter(([subject]) => subject !== FIELDS.subject);
    const again = await writeXlsx([{ ...sheet!, rows: own }]);
    const file = { name: '培训.xlsx', bytes: again, at: AT };
    expect(await importTrainings(office, manager, file)).toEqual({
      sessions: 0,
      added: 0,
      same: 4,
    });
  });
});
