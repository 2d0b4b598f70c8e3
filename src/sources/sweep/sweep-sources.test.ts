import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../../documents/workbook.ts';
import { importRegistry } from '../../registry/index.ts';
import { servePlatform } from '../../testing/platforms/platform-call.ts';
import { WeiboSimulator } from '../../testing/platforms/weibo/simulate-weibo.ts';
import type { WeiboPlan } from '../../testing/platforms/weibo/weibo-plan.ts';
import * as behave from '../../testing/servers/behaviours.ts';
import { startServer, type TestServer } from '../../testing/servers/start-server.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { ASKED_KINDS } from '../ask/ask-source.ts';
import { resealCredentials } from '../reseal-credentials.ts';
import { PlatformGate } from './platform-gate.ts';
import { readSweeps } from './read-sweeps.ts';
import { openSweepFetchers } from './sweep-fetchers.ts';
import { SWEEP_LANES } from './sweep-lanes.ts';
import { type SweepOptions, sweepSources } from './sweep-sources.ts';

const HOUR_MS = 3_600_000;
let opened: TemporaryStore;
let server: TestServer;
let clock = Date.parse('2020-09-17T04:00:00.000Z');
/** Called by a feed that never answers; null = feeds answer. */
let isHanging: (() => void) | null = null;
let feedDates = ['2020-09-16', '2020-09-01'];

const item = (on: string): string =>
  `<item><title>公告 ${on}</title><link>http://a.test/${on}</link><guid>${on}</guid><pubDate>${new Date(on).toUTCString()}</pubDate></item>`;
const rss = (dates: readonly string[]): string =>
  `<rss version="2.0"><channel><title>号</title>${dates.map(item).join('')}</channel></rss>`;

const post = { text: '公告', time: '10:00', repost: false, pinned: false, secret: false };
const plan = (token: string, more: Partial<WeiboPlan> = {}): WeiboPlan => ({
  ...{
    baseUrl: '',
    uid: `26562748${token.length}`,
    name: '清溪',
    accessToken: token,
    token: 'good',
  },
  posts: [
    { ...post, on: '2020-09-15', deleted: false },
    { ...post, on: '2020-08-01', deleted: false },
  ],
  ...{ callsPerHour: null, granted: true, reviewed: true, busyOnce: false, banned: false },
  ...more,
});
/** Newest first; what is taken out was taken back without a trace. */
const timeline = [
  { ...post, on: '2020-09-15', deleted: false },
  { ...post, on: '2020-08-01', deleted: false },
];
const PLANS = [
  plan('good-token', { posts: timeline }),
  plan('expired-token', { token: 'expired' }),
  plan('banned-token-1', { banned: true }),
];

beforeAll(async () => {
  opened = await temporaryStore();
  const weibo = servePlatform(new WeiboSimulator(PLANS, { now: () => clock }));
  server = await startServer((request, response) => {
    if (request.url?.startsWith('/2/')) return weibo(request, response);
    if (isHanging !== null) return isHanging();
    const dates = request.url === '/empty.xml' ? [] : feedDates;
    return behave.answer(200, rss(dates), { 'content-type': 'application/rss+xml' })(
      request,
      response,
    );
  });
  const accounts = [
    ['头条号', '甲', 'a1', '乙市', 'rss', 'http://feeds.test/1.xml', '', ''],
    ['头条号', '乙', 'a2', '乙市', 'rss', 'http://feeds.test/empty.xml', '', ''],
    ...PLANS.map(({ uid, accessToken }, n) => [
      ...['新浪微博', `微${n}`, uid, '乙市', 'weibo', 'http://weibo.test/', uid, accessToken],
    ]),
    ['抖音号', '丙', 'd1', '乙市', 'douyin', 'http://douyin.test/', 'open-1', ''],
  ];
  const head = [
    ...['平台', '账号名称', '账号ID', '主办单位', '信源种类', '信源地址', 'AppID', 'AppSecret'],
  ];
  const files = [
    {
      name: '单位.csv',
      bytes: writeCsv([
        ['名称', '上级'],
        ['乙市', ''],
      ]),
    },
    { name: '新媒体.csv', bytes: writeCsv([head, ...accounts]) },
  ];
  await importRegistry(opened, '测试', { files, dryRun: false, today: '2020-09-01' });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await opened.remove();
});

const now = (): string => new Date(clock).toISOString();
async function sweep(more: Partial<SweepOptions> = {}) {
  const fetchers = openSweepFetchers({
    ...{ userAgent: 'Xunjian test', resolve: [`*.test=127.0.0.1:${server.port}`], now },
  });
  try {
    return await sweepSources(opened, {
      ...{ by: '测试', platform: null, limit: null, isPublicOnly: false, now },
      ...{ signal: new AbortController().signal, onProgress: () => undefined },
      fetcherOf: (kind) => fetchers.fetcherOf(kind),
      ...more,
    });
  } finally {
    await fetchers.close();
  }
}
const states = async () => {
  const { rows } = await sql<{ name: string; state: string; next_step: string; newest: string }>`
    select a.name, s.state, s.next_step, s.newest_on::text as newest
      from account_source s join account a on a.id = s.account_id order by s.id`.execute(
    opened.store.db,
  );
  return rows;
};
const followers = async () => {
  const { rows } = await sql<{ on: string; followers: string; kind: string }>`
    select on_day::text as on, followers::text, kind from account_follower_count order by on_day`.execute(
    opened.store.db,
  );
  return rows.map(({ on, followers: count, kind }) => [on, count, kind]);
};
const posts = async (name: string) => {
  const { rows } = await sql<{ on: string; deleted: boolean }>`
    select p.published_on::text as on, p.deleted from account_post p join account a on a.id = p.account_id
     where a.name = ${name} order by 1 desc`.execute(opened.store.db);
  return rows.map(({ on, deleted }) => `${on}${deleted ? ' 已删' : ''}`);
};

it('every kind that is asked has one lane', () => {
  const kinds = SWEEP_LANES.flatMap((lane) => lane.kinds);
  expect(kinds.toSorted()).toEqual([...ASKED_KINDS].sort());
});

describe('a sweep', () => {
  it('tells of every source how it stands and what to do, and never takes silence for a fact', async () => {
    const result = await sweep();
    expect(result).toMatchObject({
      ...{ state: 'done', total: 6, asked: 6, told: 2, postponed: 0, accounts: 6, stops: {} },
      states: { ok: 2, failing: 2, expired: 1, banned: 1 },
    });
    const found = await states();
    expect(found.map(({ name, state, newest }) => [name, state, newest])).toEqual([
      ['甲', 'ok', '2020-09-16'],
      ['乙', 'failing', null],
      ['微0', 'ok', '2020-09-15'],
      ['微1', 'expired', null],
      ['微2', 'banned', null],
      ['丙', 'failing', null],
    ]);
    expect(found.filter(({ state, next_step }) => (state === 'ok') !== (next_step === ''))).toEqual(
      [],
    );
    expect(await posts('甲')).toEqual(['2020-09-16', '2020-09-01']);
    const named =
      await sql`select s.seen_name as name from account_source s where s.seen_name is not null`.execute(
        opened.store.db,
      );
    expect(named.rows).toEqual([{ name: '清溪' }]);
    expect(await followers()).toEqual([['2020-09-17', '20480', 'weibo']]);
  });

  it('run again at once asks nothing again', async () => {
    const before = server.seen.length;
    expect(await sweep()).toMatchObject({ state: 'done', total: 0, asked: 0 });
    expect(server.seen.length).toBe(before);
  });

  it('the next day asks what is not parked; what is gone from a complete list is marked, never removed', async () => {
    clock += 24 * HOUR_MS;
    feedDates = ['2020-09-17', '2020-09-16'];
    timeline.shift();
    const result = await sweep({ platform: '头条号' });
    expect(result).toMatchObject({ total: 2, asked: 2, told: 1 });
    expect(await posts('甲')).toEqual(['2020-09-17', '2020-09-16', '2020-09-01']);
    await sweep({ platform: 'weibo' });
    // A day later there is a number already that is near enough.
    expect(await followers()).toHaveLength(1);
    expect(await posts('微0')).toEqual(['2020-09-15 已删', '2020-08-01']);
  });

  it('stopped, it goes on where it was', async () => {
    clock += 24 * HOUR_MS;
    const first = await sweep({ limit: 2 });
    expect(first).toMatchObject({ state: 'done', total: 2, asked: 2 });
    clock += 24 * HOUR_MS;
    const stop = new AbortController();
    stop.abort();
    const stopped = await sweep({ signal: stop.signal });
    expect(stopped).toMatchObject({ state: 'stopped', asked: 0 });
    const again = await sweep();
    expect([again.id, again.state, again.asked]).toEqual([stopped.id, 'done', again.total]);
  });

  it('that is to stop waits only so long for whoever does not answer, and asks him again', async () => {
    clock += 24 * HOUR_MS;
    const stop = new AbortController();
    isHanging = () => stop.abort();
    const stopped = await sweep({ platform: '头条号', signal: stop.signal, inHandMs: 0 });
    isHanging = null;
    expect([stopped.state, stopped.total - stopped.asked > 0]).toEqual(['stopped', true]);
    expect(await sweep({ platform: '头条号' })).toMatchObject({
      id: stopped.id,
      state: 'done',
      asked: 2,
    });
  });

  it('without resolve rules leaves the sample province alone', async () => {
    clock += 24 * HOUR_MS;
    const before = server.seen.length;
    expect(await sweep({ isPublicOnly: true })).toMatchObject({
      state: 'done',
      total: 0,
      asked: 0,
    });
    expect(server.seen.length).toBe(before);
    const at = { ...{ sweepTime: null }, ...opened };
    expect(await readSweeps(at, '测试', now())).toMatchObject({ simulated: 6, daily: null });
    await sql`update account_source set address = 'https://test.gov.cn/a.xml?x=http://b.test/'
               where address = 'http://feeds.test/1.xml'`.execute(opened.store.db);
    expect((await readSweeps(at, '测试', now())).simulated).toBe(5);
    await sql`update account_source set address = 'http://feeds.test/1.xml'
               where address like 'https://test.gov.cn/%'`.execute(opened.store.db);
  });

  it('another at work is not joined, one that was killed is gone on with', async () => {
    clock += 24 * HOUR_MS;
    await sql`insert into account_sweep (started_at, started_by, state, total, asked, beat_at)
      values (${now()}, '别处', 'running', 6, 1, ${now()})`.execute(opened.store.db);
    await expect(sweep()).rejects.toMatchObject({ code: 'sweep.running' });
    clock += 10 * 60_000;
    expect(await sweep()).toMatchObject({ state: 'done', startedBy: '别处' });
  });

  it('asks what was closed once a week, for whether it still publishes', async () => {
    await sql`update account set status = 'closed' where name = '甲'`.execute(opened.store.db);
    await sql`update account_source set checked_at = ${now()} where address = 'http://feeds.test/1.xml'`.execute(
      opened.store.db,
    );
    const totals: number[] = [];
    for (let day = 1; day <= 8; day += 1) {
      clock += 24 * HOUR_MS;
      totals.push((await sweep({ platform: '头条号' })).total);
    }
    await sql`update account set status = 'running' where name = '甲'`.execute(opened.store.db);
    expect(totals).toEqual([1, 1, 1, 1, 1, 1, 2, 1]);
  });

  it('what a platform as a whole allows no more is put off with its reason', async () => {
    clock += 24 * HOUR_MS;
    const gate = new PlatformGate({ weibo: 0 });
    const result = await sweep({ platform: '新浪微博', gate });
    expect(result).toMatchObject({ asked: 0, postponed: result.total });
    expect(Object.keys(result.stops)).toEqual(['weibo']);
    expect((await states()).filter(({ state }) => state === 'parked').length).toBe(result.total);
  });

  it('credentials are sealed anew by a new key, and those that cannot be opened are counted', async () => {
    await sql`update account_source set credential = 'AAAA' where id = (select max(id) from account_source where credential is not null)`.execute(
      opened.store.db,
    );
    expect(await resealCredentials(opened.store, opened.sealing)).toEqual({
      sealed: 0,
      unopened: 1,
    });
  });
});
