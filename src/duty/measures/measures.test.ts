import { sql } from 'kysely';
import mammoth from 'mammoth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeOfficialDocx } from '../../documents/write-official-docx.ts';
import type { Actor } from '../../domain/actor.ts';
import { LifecycleOffice } from '../../testing/lifecycle/lifecycle-office.ts';
import { countMeasures } from './count-measures.ts';
import { listMeasures, readMeasure } from './list-measures.ts';
import { measureLetter } from './measure-letter.ts';
import { proposeMeasure } from './propose-measure.ts';
import { closeMeasure, decideMeasure } from './step-measure.ts';

let office: LifecycleOffice;
let supervisor: Actor;
let second: Actor;
let manager: Actor;
let county: Actor;
let changsha: Actor;
/** Monday, 30 November 2026, ten o'clock in Shanghai. */
const AT = '2026-11-30T02:00:00.000Z';
const today = '2026-11-30';

beforeAll(async () => {
  office = await LifecycleOffice.open('2026-01-01');
  supervisor = await office.person('supervisor', '湖南省');
  second = await office.person('supervisor', '湖南省');
  manager = await office.person('manager', '岳阳市');
  county = await office.person('sponsor', '平江县');
  changsha = await office.person('manager', '长沙市');
});
afterAll(() => office?.remove());

const propose = (who: Actor, unit: string, more: object = {}) =>
  proposeMeasure(office, who, {
    ...{ unitId: office.unit(unit), kind: 'interview', reason: '连续两期同一问题没有改正' },
    ...{ demand: '查明原因，明确责任人。', people: 2, dueOn: '2026-12-10', caseIds: [], at: AT },
    ...more,
  });
const decide = (
  who: Actor,
  id: number,
  outcome: 'decided' | 'refused' | 'withdrawn',
  { version = 1, note = '' } = {},
) => decideMeasure(office, who, { id, version, outcome, note, at: AT });
const seen = async (who: Actor) =>
  (await listMeasures(office, who, { limit: 50, offset: 0, today })).items.map(
    ({ unitName, state, number }) => [unitName, state, number],
  );

it('is proposed against whom one supervises only, with cases of that unit only', async () => {
  await expect(propose(manager, '岳阳市')).rejects.toMatchObject({ code: 'measure.unit' });
  await expect(propose(manager, '长沙市')).rejects.toMatchObject({ code: 'measure.unit' });
  await expect(propose(county, '平江县教育局')).rejects.toMatchObject({
    code: 'identity.forbidden',
  });
  await expect(propose(supervisor, '岳阳市', { caseIds: [999] })).rejects.toMatchObject({
    code: 'measure.cases',
  });
  expect(await seen(supervisor)).toEqual([]);
});

it('takes two people; before it is decided its unit does not see it', async () => {
  const { id } = await propose(supervisor, '岳阳市');
  await expect(decide(supervisor, id, 'decided')).rejects.toMatchObject({
    code: 'measure.same-person',
  });
  await expect(decide(second, id, 'withdrawn')).rejects.toMatchObject({
    code: 'measure.same-person',
  });
  await expect(decide(second, id, 'refused')).rejects.toMatchObject({ code: 'measure.text' });
  await expect(decide(manager, id, 'decided')).rejects.toMatchObject({ code: 'measure.unknown' });
  expect([await seen(manager), await seen(changsha)]).toEqual([[], []]);
  await expect(readMeasure(office, manager, { id, today })).rejects.toMatchObject({
    code: 'measure.unknown',
  });
  const proposed = await readMeasure(office, second, { id, today });
  expect(() => measureLetter(proposed)).toThrow(expect.objectContaining({ code: 'measure.state' }));
  await decide(second, id, 'decided');
  await expect(decide(second, id, 'decided', { version: 1 })).rejects.toMatchObject({
    code: 'measure.changed',
  });
  await expect(decide(second, id, 'decided', { version: 2 })).rejects.toMatchObject({
    code: 'measure.state',
  });
  expect(await seen(manager)).toEqual([['岳阳市', 'decided', '约谈〔2026〕1号']]);
  expect(await seen(changsha)).toEqual([]);
  const { rows } = await sql<{ unit_id: number }>`
    select unit_id from notice where key = ${`duty:measure:${id}`}`.execute(office.store.db);
  expect(rows).toEqual([{ unit_id: office.unit('岳阳市') }]);
});

it('a city takes measures against its counties; what is refused or withdrawn is not counted', async () => {
  const refused = await propose(manager, '平江县', { kind: 'remind' });
  await decide(supervisor, refused.id, 'refused', { note: '先催办' });
  const withdrawn = await propose(manager, '平江县');
  await decide(manager, withdrawn.id, 'withdrawn');
  const { id } = await propose(manager, '平江县', { kind: 'remind', people: 0, dueOn: null });
  await decide(supervisor, id, 'decided');
  expect(await seen(county)).toEqual([['平江县', 'decided', '提醒〔2026〕2号']]);
  const counted = await countMeasures(office.store, { from: '2026-11-01', to: '2026-12-31' });
  expect(counted).toEqual([
    { unitId: office.unit('岳阳市'), kind: 'interview', measures: 1, people: 2 },
    { unitId: office.unit('平江县'), kind: 'remind', measures: 1, people: 0 },
  ]);
  expect(await countMeasures(office.store, { from: '2026-12-01', to: '2026-12-31' })).toEqual([]);
});

it('has a letter that is always the same, is late, and ends with what was done', async () => {
  const one = (who: Actor, on = today) => readMeasure(office, who, { id: 1, today: on });
  const letter = measureLetter(await one(manager));
  const bytes = await writeOfficialDocx(letter);
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
  expect(value).toContain('约谈〔2026〕1号');
  expect(value).toContain('关于对岳阳市进行约谈的通知');
  expect(value).toContain('请于2026年12月10日前落实');
  expect(Buffer.from(await writeOfficialDocx(measureLetter(await one(second))))).toEqual(
    Buffer.from(bytes),
  );
  expect(await one(manager, '2026-12-11')).toMatchObject({ isLate: true, mayJudge: false });
  const close = { id: 1, version: 2, at: AT };
  await expect(closeMeasure(office, supervisor, { ...close, note: ' ' })).rejects.toMatchObject({
    code: 'measure.text',
  });
  await closeMeasure(office, supervisor, { ...close, note: '已约谈' });
  expect(await one(manager, '2026-12-11')).toMatchObject({
    ...{ state: 'done', outcome: '已约谈', doneOn: today, isLate: false },
  });
});
