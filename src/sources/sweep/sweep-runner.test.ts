import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeCsv } from '../../documents/workbook.ts';
import { turnClock } from '../../jobs/clock/keep-clock.ts';
import { importRegistry } from '../../registry/index.ts';
import { actorWith } from '../../testing/as-actor.ts';
import * as behave from '../../testing/servers/behaviours.ts';
import { startServer, type TestServer } from '../../testing/servers/start-server.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { readSweeps } from './read-sweeps.ts';
import { SweepRunner } from './sweep-runner.ts';

const TIME = { minuteOfDay: 240, windowMinutes: 0 };
const RSS = `<rss version="2.0"><channel><title>号</title><item><title>公告</title><link>http://a.test/1</link>
  <guid>1</guid><pubDate>Mon, 07 Sep 2026 00:00:00 GMT</pubDate></item></channel></rss>`;
/** A time of Shanghai. */
const at = (text: string): string => new Date(`${text.replace(' ', 'T')}:00+08:00`).toISOString();

let opened: TemporaryStore;
let server: TestServer;
let now = '';
/** Called when a feed is asked, before it answers. */
let onAsked: () => Promise<void> | void = () => undefined;
beforeAll(async () => {
  opened = await temporaryStore();
  const answer = behave.answer(200, RSS, { 'content-type': 'application/rss+xml' });
  server = await startServer(async (request, response) => {
    await onAsked();
    return answer(request, response);
  });
  const units = [
    ['名称', '上级'],
    ['乙市', ''],
  ];
  const accounts = [
    ['平台', '账号名称', '账号ID', '主办单位', '信源种类', '信源地址'],
    ['头条号', '甲', 'a1', '乙市', 'rss', 'http://feeds.test/1.xml'],
  ];
  const files = [
    { name: '单位.csv', bytes: writeCsv(units) },
    { name: '新媒体.csv', bytes: writeCsv(accounts) },
  ];
  await importRegistry(opened, '测试', { files, dryRun: false, today: '2026-09-01' });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await opened.remove();
});
beforeEach(async () => {
  onAsked = () => undefined;
  for (const table of ['clock', 'account_sweep'])
    await sql`delete from ${sql.table(table)}`.execute(opened.store.db);
  await sql`update account_source set checked_at = null, park_until = null`.execute(
    opened.store.db,
  );
});

const followed: string[] = [];
const runnerOf = (): SweepRunner =>
  new SweepRunner(
    { ...opened, userAgent: 'Xunjian test' },
    {
      ...{ now: () => now, resolve: [`*.test=127.0.0.1:${server.port}`] },
      afterwards: async () => void followed.push(now),
    },
  );
const errors: unknown[] = [];
const turn = (runner: SweepRunner, text: string, signal = new AbortController().signal) => {
  now = at(text);
  return turnClock(opened.store, runner.clock(TIME), {
    ...{ now: () => now, signal, onError: (error: unknown) => void errors.push(error) },
  });
};
const standing = () => readSweeps({ ...opened, sweepTime: TIME }, '测试', now);

describe('the sweeps of a server', () => {
  it('come every day by themselves, and what goes by them follows', async () => {
    const runner = runnerOf();
    now = at('2026-09-08 03:00');
    expect(await standing()).toMatchObject({ newest: null, daily: { nextAt: now } });
    for (const time of ['2026-09-08 04:00', '2026-09-08 05:00', '2026-09-09 04:01'])
      await turn(runner, time);
    expect(followed.splice(0)).toEqual([at('2026-09-08 04:00'), at('2026-09-09 04:01')]);
    expect(await standing()).toMatchObject({
      newest: { state: 'done', startedBy: '系统（定时）', asked: 1, told: 1, states: { ok: 1 } },
      daily: { isRunning: false, problem: '', nextAt: at('2026-09-10 04:00') },
    });
    expect(errors).toEqual([]);
  });

  it('stopped in the midst, the day’s goes on in the next process, as the same sweep', async () => {
    const stop = new AbortController();
    onAsked = () => stop.abort();
    await turn(runnerOf(), '2026-09-08 04:00', stop.signal);
    const { newest } = await standing();
    expect([newest?.state, followed]).toEqual(['stopped', []]);
    onAsked = () => undefined;
    await turn(runnerOf(), '2026-09-08 04:02');
    expect((await standing()).newest).toMatchObject({ id: newest?.id, state: 'done' });
    expect(followed.splice(0)).toEqual([at('2026-09-08 04:02')]);
  });

  it('that a person asks for begin at once, one at a time over all processes, and are told while they run', async () => {
    const { promise: asked, resolve: tell } = Promise.withResolvers<void>();
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
    onAsked = () => {
      tell();
      return mayAnswer;
    };
    now = at('2026-09-08 10:00');
    const runner = runnerOf();
    expect(await runner.begin(actorWith({ name: '王' }))).toMatchObject({
      state: 'running',
      total: 1,
    });
    await asked;
    expect((await standing()).newest).toMatchObject({ state: 'running', startedBy: '王' });
    await expect(runnerOf().begin('测试')).rejects.toMatchObject({ code: 'sweep.running' });
    answer();
    await runner.stop();
    expect((await standing()).newest?.asked).toBe(1);
    followed.length = 0;
  });

  it('one that was killed is not said to run', async () => {
    await sql`insert into account_sweep (started_at, started_by, state, total, beat_at)
      values (${at('2026-09-08 04:00')}, '别处', 'running', 6, ${at('2026-09-08 04:00')})`.execute(
      opened.store.db,
    );
    now = at('2026-09-08 04:01');
    expect((await standing()).newest?.state).toBe('running');
    now = at('2026-09-08 04:03');
    expect((await standing()).newest?.state).toBe('stopped');
  });

  it('are for those who may', async () => {
    const nobody = actorWith({ abilities: ['registry.read'] });
    await expect(runnerOf().begin(nobody)).rejects.toMatchObject({ code: 'identity.forbidden' });
    await expect(readSweeps({ ...opened, sweepTime: TIME }, nobody, now)).rejects.toMatchObject({
      code: 'identity.forbidden',
    });
  });
});
