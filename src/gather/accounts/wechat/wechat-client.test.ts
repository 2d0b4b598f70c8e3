import { describe, expect, it } from 'vitest';
import { Secret } from '../../../lib/pure/secret.ts';
import { wechatHandler } from '../../../testing/platforms/wechat/serve-wechat.ts';
import { WechatSimulator } from '../../../testing/platforms/wechat/simulate-wechat.ts';
import type { WechatPlan } from '../../../testing/platforms/wechat/wechat-plan.ts';
import { ACCOUNT, post } from '../../../testing/platforms/wechat/wechat-plans.ts';
import * as behave from '../../../testing/servers/behaviours.ts';
import {
  type Handler,
  startServer,
  type TestServer,
} from '../../../testing/servers/start-server.ts';
import { impatient, testFetcher } from '../../../testing/servers/test-fetcher.ts';
import { clientFor } from './gather-wechat.ts';
import { probeWechat } from './probe-wechat.ts';
import type { WechatCapabilities } from './wechat-capabilities.ts';
import type { WechatClient } from './wechat-client.ts';
import { MemoryQuotas, type QuotaCounter } from './wechat-quotas.ts';

/** 17 September 2020, 12:00 in Shanghai; a test moves it. */
const NOON = Date.parse('2020-09-17T04:00:00.000Z');
const MIDNIGHT = '2020-09-17T16:00:00.000Z';
const LIST = { offset: 0, count: 20, no_content: 1 };

class Clock {
  at = NOON;
  readonly pauses: number[] = [];
  readonly now = (): number => this.at;
  readonly pause = async (milliseconds: number): Promise<void> => {
    this.pauses.push(milliseconds);
  };
}

interface Stage extends AsyncDisposable {
  readonly clock: Clock;
  readonly server: TestServer;
  readonly asked: () => readonly string[];
  visit(more?: { capabilities?: WechatCapabilities; quotas?: QuotaCounter }): WechatClient;
  probe(): ReturnType<typeof probeWechat>;
}

/** An account on loopback, and visits to it by one clock. */
async function stage(given: Partial<WechatPlan> | Handler, timeoutMs = 10_000): Promise<Stage> {
  const clock = new Clock();
  const simulated = typeof given === 'function' ? [] : [{ ...ACCOUNT, ...given }];
  const simulator = new WechatSimulator(simulated, { now: clock.now });
  const server = await startServer(typeof given === 'function' ? given : wechatHandler(simulator));
  const fetcher = testFetcher();
  const base = {
    baseUrl: server.url,
    credential: { mode: 'secret', appId: 'wx1', appSecret: new Secret(ACCOUNT.appSecret) },
    fetcher: impatient(fetcher, timeoutMs),
    now: clock.now,
    pause: clock.pause,
  } as const;
  return {
    clock,
    server,
    asked: () => server.seen.map(({ url }) => url.split('?')[0]!.split('/').at(-1)!),
    visit: (more = {}) => clientFor({ ...base, ...more }).client,
    probe: () => probeWechat(base),
    [Symbol.asyncDispose]: async () => {
      await fetcher.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe('what the account or the platform refuses for good', () => {
  it.each<[string, Partial<WechatPlan>, number, 'owner' | 'operations', RegExp]>([
    ['a wrong secret', { appSecret: 'other' }, 40125, 'owner', /AppSecret 不正确；请账号管理员/],
    ['an unknown AppID', { appId: 'wx2' }, 40013, 'owner', /AppID 不正确；请账号管理员核对/],
    ['a frozen secret', { frozen: true }, 40243, 'owner', /冻结；.*解冻/],
    [
      'an address that is not listed, which is named',
      { allowedAddresses: ['192.0.2.1'] },
      40164,
      'operations',
      /IP白名单”加入：127\.0\.0\.1/,
    ],
  ])('no token: %s', async (_name, plan, errcode, audience, message) => {
    await using on = await stage(plan);
    const client = on.visit();
    expect(await client.connect()).toMatchObject({ errcode });
    expect(await client.call('freepublish/batchget', LIST)).toMatchObject({ errcode: -1001 });
    expect(client.standing.alarm).toMatchObject({ errcode, audience });
    expect(client.standing.alarm?.message).toMatch(message);
    expect(on.asked()).toEqual(['stable_token']);
  });

  it.each([48004, 50002] as const)('%i: the account is asked nothing more', async (limited) => {
    await using on = await stage({ limited });
    const client = on.visit();
    await client.connect();
    expect(await client.call('get_current_selfmenu_info')).toMatchObject({ errcode: limited });
    expect(await client.call('freepublish/batchget', LIST)).toMatchObject({ errcode: -1001 });
    expect(client.standing.alarm).toMatchObject({ errcode: limited, audience: 'owner' });
    expect(on.asked()).toHaveLength(2);
  });

  it('errmsg with its rid stays in the alarm, for the platform’s support', async () => {
    await using on = await stage({ frozen: true });
    const client = on.visit();
    await client.connect();
    expect(client.standing.alarm?.message).toMatch(/rid: [0-9a-f-]+/);
  });
});

describe('tokens', () => {
  it('one that ended meanwhile is asked for again, without forcing', async () => {
    await using on = await stage({});
    const client = on.visit();
    await client.connect();
    on.clock.at += 7_200_000;
    expect(await client.call('freepublish/batchget', LIST)).toMatchObject({ ok: true });
    expect(on.asked()).toEqual(['stable_token', 'batchget', 'stable_token', 'batchget']);
    expect(client.standing.alarm).toBeNull();
  });

  it('a token that is bad and comes again is forced anew once, then the owner is told', async () => {
    let forced = 0;
    await using on = await stage((request, response) => {
      if (!request.url?.includes('stable_token')) {
        request.resume();
        response.end('{"errcode":42001,"errmsg":"access_token expired rid: 1"}');
        return;
      }
      request.on('data', (chunk: Buffer) => {
        if (String(chunk).includes('"force_refresh":true')) forced += 1;
        response.end(`{"access_token":"token-${forced}","expires_in":7200}`);
      });
    });
    const client = on.visit();
    await client.connect();
    expect(await client.call('freepublish/batchget', LIST)).toMatchObject({ errcode: 42001 });
    expect(forced).toBe(1);
    expect(client.standing.alarm).toMatchObject({ errcode: 42001, audience: 'owner' });
    expect(on.asked().filter((path) => path === 'batchget')).toHaveLength(2);
  });

  it('a token answer that never comes ends in its time, and nothing else is asked', async () => {
    await using on = await stage(behave.hang, 40);
    const client = on.visit();
    expect(await client.connect()).toMatchObject({ errcode: -1000 });
    expect(on.asked()).toEqual(['stable_token', 'stable_token', 'stable_token']);
    expect(on.clock.pauses).toEqual([250, 500]);
    expect(client.standing).toMatchObject({
      ...{ state: 'waiting', parkUntil: '2020-09-17T04:01:00.000Z', alarm: null },
    });
    expect(await client.call('freepublish/batchget', LIST)).toMatchObject({ ok: false });
    expect(on.server.seen).toHaveLength(3);
  });
});

describe('limits', () => {
  it('45009 parks the interface until midnight in Shanghai, and other visits know it', async () => {
    await using on = await stage({ perDay: { '/cgi-bin/freepublish/batchget': 1 } });
    const quotas = new MemoryQuotas();
    const client = on.visit({ quotas });
    await client.connect();
    expect(await client.call('freepublish/batchget', LIST)).toMatchObject({ ok: true });
    expect(await client.call('freepublish/batchget', LIST)).toMatchObject({ errcode: 45009 });
    expect(client.standing).toMatchObject({
      parkUntil: MIDNIGHT,
      parked: [{ api: 'freepublish/batchget', until: MIDNIGHT }],
      alarm: null,
    });
    expect(await client.call('get_current_selfmenu_info')).toMatchObject({ ok: true });
    const before = on.server.seen.length;
    const second = on.visit({ quotas });
    await second.connect();
    expect(await second.call('freepublish/batchget', LIST)).toMatchObject({ errcode: -1001 });
    expect(on.server.seen).toHaveLength(before + 1);
    on.clock.at = Date.parse(MIDNIGHT);
    const next = on.visit({ quotas });
    await next.connect();
    expect(await next.call('freepublish/batchget', LIST)).toMatchObject({ ok: true });
  });

  it('the list is counted beforehand: the hundred and first page of a day is not asked for', async () => {
    await using on = await stage({});
    const quotas = new MemoryQuotas();
    const client = on.visit({ quotas });
    await client.connect();
    for (let call = 0; call < 100; call += 1)
      expect((await client.call('freepublish/batchget', LIST)).ok).toBe(true);
    expect(await client.call('freepublish/batchget', LIST)).toMatchObject({
      errcode: -1001,
      message: expect.stringContaining('每天 100 次'),
    });
    expect(client.standing.parkUntil).toBe(MIDNIGHT);
    expect(on.asked().filter((path) => path === 'batchget')).toHaveLength(100);
  });

  it('45011: a minute of rest for this interface, told and not waited for', async () => {
    await using on = await stage({ perMinute: { '/cgi-bin/comment/list': 0 } });
    const client = on.visit();
    await client.connect();
    const ask = () => client.call('comment/list', { msg_data_id: 1, index: 0, begin: 0, count: 1 });
    expect(await ask()).toMatchObject({ errcode: 45011 });
    expect(await ask()).toMatchObject({ errcode: -1001 });
    expect(client.standing.parkUntil).toBe('2020-09-17T04:01:00.000Z');
    expect(on.clock.pauses).toEqual([]);
    expect(await client.call('get_current_selfmenu_info')).toMatchObject({ ok: true });
  });

  it.each([
    ['a day’s tokens', { perDay: { '/cgi-bin/stable_token': 0 } }, 45009, MIDNIGHT],
    [
      'a minute’s tokens',
      { perMinute: { '/cgi-bin/stable_token': 0 } },
      45011,
      '2020-09-17T04:01:00.000Z',
    ],
  ])('%s are used up: everything rests', async (_name, plan, errcode, until) => {
    await using on = await stage(plan);
    const client = on.visit();
    expect(await client.connect()).toMatchObject({ errcode });
    expect(client.standing).toMatchObject({ parkUntil: until, alarm: null });
  });

  it('a busy platform is asked again after growing pauses, three times at the most', async () => {
    await using once = await stage({ busyOnce: true });
    const client = once.visit();
    await client.connect();
    const codes = [];
    for (let call = 0; call < 3; call += 1)
      codes.push((await client.call('freepublish/batchget', LIST)).ok);
    expect(codes).toEqual([true, true, true]);
    expect(once.clock.pauses).toEqual([250]);
    await using always = await stage(behave.answer(200, '{"errcode":-1,"errmsg":"system error"}'));
    expect(await always.visit().connect()).toMatchObject({ errcode: -1 });
    expect(always.server.seen).toHaveLength(3);
  });
});

describe('capabilities', () => {
  it('what an account lacks is found in six calls, remembered, and asked for again after a week', async () => {
    await using on = await stage({ withheld: ['freepublish'], comments: false });
    const { standing, refused, problem, apiCalls } = await on.probe();
    expect({ problem, apiCalls }).toEqual({ problem: null, apiCalls: 6 });
    expect(standing.capabilitiesLost).toEqual(['quietList', 'comments']);
    expect(refused.map(({ errcode }) => errcode)).toEqual([48001, 88000]);
    expect(standing.capabilities).toMatchObject({
      statistics: { has: true, errcode: 0, checkedOn: '2020-09-17' },
      quietList: { has: false, errcode: 48001 },
      menu: { has: true },
      autoReply: { has: true },
      comments: { has: false, errcode: 88000 },
    });
    const stored = JSON.parse(JSON.stringify(standing.capabilities)) as WechatCapabilities;
    on.clock.at += 6 * 86_400_000;
    const soon = on.visit({ capabilities: stored });
    await soon.connect();
    const before = on.server.seen.length;
    expect(await soon.call('freepublish/batchget', LIST)).toMatchObject({ errcode: 48001 });
    expect(on.server.seen).toHaveLength(before);
    on.clock.at += 86_400_000;
    const later = on.visit({ capabilities: stored });
    await later.connect();
    expect(await later.call('freepublish/batchget', LIST)).toMatchObject({ errcode: 48001 });
    expect(later.standing.capabilitiesLost).toEqual(['quietList']);
    expect(on.server.seen.length).toBeGreaterThan(before + 1);
  });

  it('a credential that is no good says what to do, after one call', async () => {
    await using on = await stage({ frozen: true });
    const { problem, apiCalls, standing } = await on.probe();
    expect(problem).toContain('解冻');
    expect({ apiCalls, known: standing.capabilities }).toEqual({ apiCalls: 1, known: {} });
    expect(standing.state).toBe('stopped');
  });

  it.each<[string, Partial<WechatPlan>, string]>([
    [
      'without statistics and list',
      { withheld: ['getarticletotaldetail', 'freepublish'] },
      'lacking',
    ],
    ['without statistics', { withheld: ['getarticletotaldetail'] }, 'working'],
    ['with a day’s tokens used up', { perDay: { '/cgi-bin/stable_token': 0 } }, 'waiting'],
  ])('%s it stands as “%s”', async (_name, plan, state) => {
    await using on = await stage(plan);
    expect((await on.probe()).standing.state).toBe(state);
  });

  it('a healthy account with articles lacks nothing', async () => {
    await using on = await stage({ posts: [post('2020-09-10')] });
    const { standing, refused } = await on.probe();
    expect(standing.capabilitiesLost).toEqual([]);
    // The comments of no article.
    expect(refused.map(({ errcode }) => errcode)).toEqual([88001]);
  });
});

describe('counting in memory', () => {
  const quota = { key: 'publishList', perDay: 2 };
  it('is by account and day', async () => {
    const quotas = new MemoryQuotas();
    const take = (appId: string, day: string) => quotas.take(appId, quota, day);
    const taken = [
      await take('a', '2020-09-17'),
      await take('a', '2020-09-17'),
      await take('a', '2020-09-17'),
      await take('b', '2020-09-17'),
      await take('a', '2020-09-18'),
    ];
    expect(taken).toEqual([true, true, false, true, true]);
  });

  it('keeps only so many accounts, and says how many it gave up', async () => {
    const quotas = new MemoryQuotas(2);
    for (const appId of ['a', 'b', 'c']) await quotas.exhaust(appId, quota, '2020-09-17');
    expect(quotas.forgotten).toBe(1);
    expect(await quotas.take('a', quota, '2020-09-17')).toBe(true);
    expect(await quotas.take('c', quota, '2020-09-17')).toBe(false);
  });
});
