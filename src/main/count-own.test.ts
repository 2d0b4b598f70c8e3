import { join } from 'node:path';
import { sql } from 'kysely';
import mammoth from 'mammoth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { registerBulletinRoutes } from '../bulletin/index.ts';
import { proposeMeasure } from '../duty/measures/propose-measure.ts';
import { decideMeasure } from '../duty/measures/step-measure.ts';
import { answerMessage } from '../finderror/step-message.ts';
import { takeMessages } from '../finderror/take-messages.ts';
import { createServer } from '../http/create-server.ts';
import { listUnits } from '../registry/index.ts';
import { actorWith, asOwner } from '../testing/as-actor.ts';
import {
  freezeReviewed,
  registerTwoCities,
  reviewingRound,
} from '../testing/rounds/reviewing-round.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { countOwnOf } from './count-own.ts';

let opened: TemporaryStore;
const supervisor = actorWith({ userId: 1, login: 'zhang', name: '张三' });
const second = actorWith({ userId: 2, login: 'li', name: '李四' });
beforeAll(async () => {
  opened = await temporaryStore();
  await registerTwoCities(opened.store);
});
afterAll(() => opened?.remove());

const SPRING = { from: '2026-03-01', to: '2026-03-31' };
const counted = async (today: string, days = SPRING) =>
  Object.fromEntries(await countOwnOf(opened.store)({ ...days, today }));

it('nothing is known where nothing was ever kept', async () => {
  expect(await counted('2026-04-01')).toEqual({});
});

const message = (number: string, date: string) => ({
  ...{ number, siteCode: '4306000001', siteName: '', pageUrl: '', problemType: '' },
  ...{ content: '首页打不开', leftAt: `${date}T02:00:00.000Z` },
  receivedAt: `${date}T02:00:00.000Z`,
});
async function answerTruly(number: string, at: string): Promise<void> {
  const { rows } = await sql<{ id: number; version: number }>`
    select id, version from find_error where number = ${number}`.execute(opened.store.db);
  await answerMessage(opened, 'x', { ...rows[0]!, isTrue: true, answer: '已修复。', at });
}

async function proposeAgainstCity(kind: 'interview' | 'remind' | 'circulate', at: string) {
  const unit = (await listUnits(opened.store.db)).find(({ name }) => name === '岳阳市');
  return proposeMeasure(opened, supervisor, {
    ...{ unitId: unit!.id, kind, reason: '连续两期同一问题没有改正', people: 2 },
    ...{ demand: '查明原因，明确责任人。', dueOn: null, caseIds: [], at },
  });
}
const decide = (id: number, at: string) =>
  decideMeasure(opened, second, { id, version: 1, outcome: 'decided', note: '', at });

it('messages count by the day of their receipt; those in time only once none can still become one', async () => {
  await takeMessages(opened, supervisor, {
    items: [message('1', '2026-03-02'), message('2', '2026-03-30'), message('3', '2026-04-01')],
    at: '2026-04-01T03:00:00.000Z',
  });
  await answerTruly('1', '2026-03-03T02:00:00.000Z');
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
  const at = '2026-03-16T02:00:00.000Z';
  const { id } = await proposeAgainstCity('interview', at);
  await decide((await proposeAgainstCity('remind', at)).id, at);
  expect(await counted('2026-05-01')).not.toHaveProperty('accountability.talked');
  await decide(id, at);
  expect(await counted('2026-05-01')).toMatchObject({ 'accountability.talked': 2 });
  expect(await counted('2026-05-01')).not.toHaveProperty('accountability.criticised');
});

it('a bulletin built over HTTP prints the counts of its round’s days, with their source', async () => {
  const { store, folder } = opened;
  const at = '2020-08-03T02:00:00.000Z';
  await takeMessages(opened, supervisor, {
    items: ['07-06', '08-03', '08-04', '08-05'].map((day) => message(day, `2020-${day}`)),
    at: '2020-08-05T03:00:00.000Z',
  });
  // One of the day before the round's first does not count; of the three others two were answered in their three working days.
  await answerTruly('07-06', '2020-07-06T03:00:00.000Z');
  await answerTruly('08-03', '2020-08-04T03:00:00.000Z');
  await answerTruly('08-04', '2020-08-07T03:00:00.000Z');
  await answerTruly('08-05', '2020-08-20T03:00:00.000Z');
  await decide((await proposeAgainstCity('interview', at)).id, at);
  await decide((await proposeAgainstCity('circulate', at)).id, '2020-09-18T02:00:00.000Z');
  await reviewingRound(store, '2020Q3');
  await freezeReviewed(store, '2020Q3', '样例');
  const app = await createServer(asOwner);
  registerBulletinRoutes(app, {
    ...{ store, chromiumPath: '/bin/false', bulletinsDir: join(folder, 'bulletins') },
    templateDirs: [new URL('../../templates', import.meta.url).pathname],
    countOwn: countOwnOf(store),
  });
  const ask = (method: 'GET' | 'POST', path: string, payload?: object) =>
    app.inject({
      ...{ method, url: `/api/v1/bulletins/2020Q3/${path}`, headers: { host: '127.0.0.1' } },
      ...(payload && { payload }),
    });
  const built = await ask('POST', 'build', { template: 'liaoning-city' });
  expect(built.json()).toMatchObject({ files: expect.arrayContaining(['bulletin.docx']) });
  const content = (await ask('GET', 'files/bulletin.json')).json();
  const source = expect.stringMatching(/^平台记录：2020-07-07 至 2020-09-17，/);
  expect(content.figures).toEqual([
    { name: 'findError.received', count: 3, source },
    { name: 'findError.onTime', count: 2, source },
    { name: 'accountability.talked', count: 2, source },
  ]);
  const { rawPayload } = await ask('GET', 'files/bulletin.docx');
  const { value: inDocx } = await mammoth.extractRawText({ buffer: rawPayload });
  const inJson = JSON.stringify(content.text.paragraphs);
  await app.close();
  for (const words of ['收到网民留言3条，按期办结2条，按期办结率66.6%。', '约谈2人。']) {
    expect(inJson).toContain(words);
    expect(inDocx).toContain(words);
  }
});
