import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '../domain/actor.ts';
import { proposeMeasure } from '../duty/measures/propose-measure.ts';
import { decideMeasure } from '../duty/measures/step-measure.ts';
import { answerMessage } from '../finderror/step-message.ts';
import { takeMessages } from '../finderror/take-messages.ts';
import { LifecycleOffice } from '../testing/lifecycle/lifecycle-office.ts';
import { countOwnOf } from './count-own.ts';

let office: LifecycleOffice;
let supervisor: Actor;
let second: Actor;
beforeAll(async () => {
  office = await LifecycleOffice.open('2026-01-01');
  supervisor = await office.person('supervisor', '湖南省');
  second = await office.person('supervisor', '湖南省');
});
afterAll(() => office?.remove());

const SPRING = { from: '2026-03-01', to: '2026-03-31' };
const counted = async (today: string, days = SPRING) =>
  Object.fromEntries(await countOwnOf(office.store)({ ...days, today }));

it('nothing is known where nothing was ever kept', async () => {
  expect(await counted('2026-04-01')).toEqual({});
});

it('messages count by the day of their receipt; those in time only once none can still become one', async () => {
  const message = (number: string, date: string) => ({
    ...{ number, siteCode: '4306000001', siteName: '', pageUrl: '', problemType: '' },
    ...{ content: '首页打不开', leftAt: `${date}T02:00:00.000Z` },
    receivedAt: `${date}T02:00:00.000Z`,
  });
  await takeMessages(office, supervisor, {
    items: [message('1', '2026-03-02'), message('2', '2026-03-30'), message('3', '2026-04-01')],
    at: '2026-04-01T03:00:00.000Z',
  });
  const { rows } = await sql<{ id: number; version: number }>`
    select id, version from find_error where number = '1'`.execute(office.store.db);
  const answer = { isTrue: true, answer: '已修复。', at: '2026-03-03T02:00:00.000Z' };
  await answerMessage(office, 'x', { ...rows[0]!, ...answer });
  // Three working days for the second: until 2 April.
  expect(await counted('2026-04-01')).toEqual({ 'findError.received': 2 });
  expect(await counted('2026-05-01')).toEqual({
    'findError.received': 2,
    'findError.onTime': 1,
  });
  expect(await counted('2026-05-01', { from: '2026-02-01', to: '2026-02-28' })).toEqual({
    'findError.received': 0,
    'findError.onTime': 0,
  });
});

it('measures count once they are decided, by people and kind', async () => {
  const propose = (kind: 'interview' | 'remind', at: string) =>
    proposeMeasure(office, supervisor, {
      ...{ unitId: office.unit('岳阳市'), kind, reason: '连续两期同一问题没有改正', people: 2 },
      ...{ demand: '查明原因，明确责任人。', dueOn: '2026-12-10', caseIds: [], at },
    });
  const decide = (id: number, at: string) =>
    decideMeasure(office, second, { id, version: 1, outcome: 'decided', note: '', at });
  const at = '2026-03-16T02:00:00.000Z';
  const { id } = await propose('interview', at);
  await decide((await propose('remind', at)).id, at);
  expect(await counted('2026-05-01')).not.toHaveProperty('accountability.talked');
  await decide(id, at);
  expect(await counted('2026-05-01')).toMatchObject({ 'accountability.talked': 2 });
  expect(await counted('2026-05-01')).not.toHaveProperty('accountability.criticised');
});
