import { describe, expect, it } from 'vitest';
import { Secret } from '../../../lib/pure/secret.ts';
import type { DouyinPlan, DouyinWork } from '../../../testing/platforms/douyin/douyin-plan.ts';
import { DouyinSimulator } from '../../../testing/platforms/douyin/simulate-douyin.ts';
import { servePlatform } from '../../../testing/platforms/platform-call.ts';
import * as behave from '../../../testing/servers/behaviours.ts';
import { type Handler, startServer } from '../../../testing/servers/start-server.ts';
import { impatient, TEST_NOW, testFetcher } from '../../../testing/servers/test-fetcher.ts';
import { type DouyinGathered, type GatherDouyinInput, gatherDouyin } from './gather-douyin.ts';

const [ACCESS, REFRESH] = ['act.0f1e2d3c4b5a', 'rft.a5b4c3d2e1f0'];
const DAY_MS = 86_400_000;
const PLAN: DouyinPlan = {
  baseUrl: '',
  clientKey: 'tt10abc',
  openId: 'ba253642-0590-40bc',
  accessToken: ACCESS,
  refreshToken: REFRESH,
  accessAgeDays: 3,
  refreshAgeDays: 3,
  renewalsLeft: 5,
  mayRenew: true,
  works: [],
  callsPerDay: null,
  busyOnce: false,
  refusal: null,
};
const work = (on: string, more: Partial<DouyinWork> = {}): DouyinWork => ({
  title: `清溪的一天 ${on}`,
  on,
  time: '10:00',
  pinned: false,
  reviewed: true,
  ...more,
});
const OLD = work('2020-08-20');
const many = (on: string, count: number): DouyinWork[] =>
  Array.from({ length: count }, (_, at) =>
    work(on, { time: `${20 - Math.floor(at / 60)}:${String(59 - (at % 60)).padStart(2, '0')}` }),
  );

const inDays = (days: number): string =>
  new Date(Date.parse(TEST_NOW) + days * DAY_MS).toISOString();

interface Asked {
  readonly asked: readonly string[];
}

/** Tokens as old as the plan says. */
function inputOf(plan: DouyinPlan): Omit<GatherDouyinInput, 'baseUrl' | 'fetcher'> {
  return {
    clientKey: plan.clientKey,
    openId: plan.openId,
    tokens: {
      accessToken: new Secret(ACCESS),
      accessExpiresAt: inDays(15 - plan.accessAgeDays),
      refreshToken: new Secret(REFRESH),
      refreshExpiresAt: inDays(30 - plan.refreshAgeDays),
    },
    monitoredAt: '2020-09-17T15:59:59.999Z',
    now: TEST_NOW,
    windowDays: 14,
  };
}

/** Beyond it an answer never comes: long for a busy machine, short where nothing is to come. */
const [PATIENCE_MS, SHORT_MS] = [10_000, 200];

async function gather(
  handler: Handler,
  input: Partial<GatherDouyinInput> = {},
): Promise<DouyinGathered & Asked> {
  await using server = await startServer(handler);
  await using fetcher = testFetcher();
  const gathered = await gatherDouyin({
    ...inputOf(PLAN),
    baseUrl: server.url,
    fetcher: impatient(fetcher, handler === behave.hang ? SHORT_MS : PATIENCE_MS),
    ...input,
  });
  return { ...gathered, asked: server.seen.map(({ url }) => url.split('?')[0]!) };
}

const serve = (plan: DouyinPlan): Handler =>
  servePlatform(new DouyinSimulator([plan], { now: () => Date.parse(TEST_NOW) }));
function gatherPlan(
  more: Partial<DouyinPlan>,
  input: Partial<GatherDouyinInput> = {},
): Promise<DouyinGathered & Asked> {
  const plan = { ...PLAN, ...more };
  return gather(serve(plan), { ...inputOf(plan), ...input });
}

describe('the list of own works', () => {
  it('read back past the window it shows everything of it', async () => {
    const { fact, standing, calls, renewed } = await gatherPlan({ works: [OLD] });
    expect(fact).toMatchObject({
      state: 'observed',
      value: {
        kind: 'douyin',
        level: 'A1',
        newest: { publishedOn: '2020-08-20' },
        completeFrom: '2020-09-03',
        completeTo: '2020-09-16',
        posts: [
          {
            reads: 812,
            likes: 17,
            comments: 3,
            shares: 3,
            publishedAt: '2020-08-20T02:00:00.000Z',
          },
        ],
      },
    });
    expect([standing.state, standing.alarm, calls, renewed]).toEqual(['working', null, 1, null]);
  });

  it('pages follow the cursor until the window is passed', async () => {
    const { fact, asked } = await gatherPlan({
      works: [...many('2020-09-15', 50), OLD, work('2020-08-01')],
    });
    expect(fact).toMatchObject({ value: { itemCount: 52, completeFrom: '2020-09-03' } });
    expect(asked).toHaveLength(3);
  });

  it('a list that ends inside the window was read whole', async () => {
    const { fact } = await gatherPlan({ works: [work('2020-09-14'), work('2020-09-10')] });
    expect(fact).toMatchObject({ value: { completeFrom: '2020-09-03', itemCount: 2 } });
  });

  it('a pinned old work on top is no newest work, and ends no reading', async () => {
    const works = [work('2020-05-01', { pinned: true }), ...many('2020-09-15', 30), OLD];
    const { fact } = await gatherPlan({ works });
    expect(fact).toMatchObject({
      value: { newest: { publishedOn: '2020-09-15' }, itemCount: 32, completeFrom: '2020-09-03' },
    });
  });

  it('a work under review is seen by nobody, and breaks the silence before it', async () => {
    const { fact } = await gatherPlan({ works: [work('2020-09-10', { reviewed: false }), OLD] });
    expect(fact).toMatchObject({
      value: { newest: { publishedOn: '2020-08-20' }, completeFrom: '2020-09-11' },
    });
  });

  it.each<[string, unknown]>([
    [
      'has_more as a number',
      { list: [{ item_id: 'a', create_time: 1_600_000_000 }], has_more: 0, cursor: 0 },
    ],
    [
      'counts as text',
      { list: [{ item_id: 'a', create_time: '1600000000' }], has_more: false, cursor: '0' },
    ],
  ])('older spellings: %s', async (_name, data) => {
    const { fact } = await gather(behave.answer(200, JSON.stringify({ data, extra: {} })));
    expect(fact).toMatchObject({
      value: { newest: { publishedOn: '2020-09-13' }, completeFrom: '2020-09-03' },
    });
  });

  it.each<[string, unknown]>([
    ['no end is told', { list: [{ item_id: 'a', create_time: 1_600_000_000 }] }],
    [
      'the cursor stands still',
      { list: [{ item_id: 'a', create_time: 1_600_000_000 }], has_more: true, cursor: 0 },
    ],
    [
      'a work without a date',
      {
        list: [{ item_id: 'a' }, { item_id: 'b', create_time: 1_597_000_000 }],
        has_more: false,
        cursor: 0,
      },
    ],
    [
      'a date beyond time',
      { list: [{ item_id: 'a', create_time: 9e14 }], has_more: false, cursor: 0 },
    ],
  ])('proves no silence where %s', async (_name, data) => {
    const { fact } = await gather(behave.answer(200, JSON.stringify({ data, extra: {} })));
    expect(fact).toMatchObject({ state: 'observed', value: { completeFrom: null } });
  });
});

describe('tokens', () => {
  it('one known to be past is refreshed before it is used, and handed back', async () => {
    const { fact, asked, renewed } = await gatherPlan({
      accessAgeDays: 16,
      refreshAgeDays: 16,
      works: [OLD],
    });
    expect(fact.state).toBe('observed');
    expect(asked).toEqual(['/oauth/refresh_token/', '/api/douyin/v1/video/video_list/']);
    expect(renewed?.accessToken.reveal()).toMatch(/^act\./);
    expect(renewed?.accessExpiresAt).toBe(inDays(15));
    expect(renewed?.refreshExpiresAt).toBe(inDays(14));
  });

  it('one that the platform calls past is refreshed, and the call made once more', async () => {
    const plan = { ...PLAN, accessAgeDays: 16, works: [OLD] };
    const tokens = { ...inputOf(plan).tokens, accessExpiresAt: inDays(3) };
    const { fact, asked } = await gatherPlan(plan, { tokens });
    expect(fact.state).toBe('observed');
    expect(asked.filter((path) => path === '/oauth/refresh_token/')).toHaveLength(1);
    expect(asked).toHaveLength(3);
  });

  it.each([10008, 2190002, 2190008, 28001003, 28001008])(
    'refused (%i) again after refreshing: expired, and no second refresh',
    async (code) => {
      const { fact, standing, asked, renewed } = await gatherPlan({ works: [OLD], refusal: code });
      expect(fact).toMatchObject({
        state: 'unobserved',
        reason: expect.stringContaining(String(code)),
      });
      expect(standing).toMatchObject({
        state: 'expired',
        alarm: { audience: 'owner', errcode: code },
      });
      expect(asked.filter((path) => path === '/oauth/refresh_token/')).toHaveLength(1);
      expect(renewed).not.toBeNull();
    },
  );

  it('a refresh token that is past needs its owner (10010)', async () => {
    const { fact, standing, asked } = await gatherPlan({
      accessAgeDays: 31,
      refreshAgeDays: 31,
      works: [OLD],
    });
    expect(fact).toMatchObject({
      state: 'unobserved',
      reason: expect.stringContaining('重新授权'),
    });
    expect(standing).toMatchObject({ state: 'expired', alarm: { errcode: 10010 } });
    expect(asked).toEqual(['/oauth/refresh_token/']);
  });

  it('an access token alone works until it is past, and then needs its owner', async () => {
    const tokens = { ...inputOf(PLAN).tokens, refreshToken: null };
    expect((await gatherPlan({ works: [OLD] }, { tokens })).fact.state).toBe('observed');
    const { standing, asked } = await gatherPlan({ accessAgeDays: 16, works: [OLD] }, { tokens });
    expect(standing).toMatchObject({ state: 'expired', alarm: { audience: 'owner' } });
    expect(asked).toEqual(['/api/douyin/v1/video/video_list/']);
  });

  it('a refresh token near its end is renewed, although the access token still works', async () => {
    const { renewed, asked, standing } = await gatherPlan({
      refreshAgeDays: 27,
      accessAgeDays: 12,
      works: [OLD],
    });
    expect(asked.slice(0, 2)).toEqual(['/oauth/renew_refresh_token/', '/oauth/refresh_token/']);
    expect(renewed?.refreshExpiresAt).toBe(inDays(30));
    expect(renewed?.refreshToken?.reveal()).not.toBe(REFRESH);
    expect(standing.alarm).toBeNull();
  });

  it.each<[string, Partial<DouyinPlan>, number]>([
    ['the five renewals are used up', { renewalsLeft: 0 }, 10020],
    ['the application may not renew', { mayRenew: false }, 10004],
  ])('the owner is told before the end: %s', async (_name, more, errcode) => {
    const { fact, standing } = await gatherPlan({
      ...more,
      refreshAgeDays: 27,
      accessAgeDays: 12,
      works: [OLD],
    });
    expect(fact.state).toBe('observed');
    expect(standing).toMatchObject({
      state: 'working',
      alarm: { errcode, audience: 'owner', message: expect.stringContaining('2020-09-20') },
    });
  });

  it('a token answer that never comes', async () => {
    const { fact, standing } = await gather(behave.hang, {
      tokens: { ...inputOf(PLAN).tokens, accessExpiresAt: inDays(-1) },
    });
    expect(fact.state).toBe('unobserved');
    expect(standing.state).toBe('waiting');
  });

  it('no token stands in what is kept or said', async () => {
    const leak: Handler = (request, response) => {
      const echo = `${request.headers['access-token']} ${REFRESH}`;
      response.setHeader('x-echo', echo);
      response.end(JSON.stringify({ data: { error_code: 2100005, description: echo }, extra: {} }));
    };
    const { fact, standing, received } = await gather(leak);
    const kept = received.map((each) => `${each.rawHeaders.join()} ${Buffer.from(each.body)}`);
    for (const secret of [ACCESS, REFRESH])
      expect(`${JSON.stringify([fact, standing])} ${kept.join()}`).not.toContain(secret);
    expect(received).toHaveLength(1);
  });

  it('answers with tokens are never archived', async () => {
    const { received } = await gatherPlan({ accessAgeDays: 16, refreshAgeDays: 27, works: [OLD] });
    expect(received.map(({ url }) => new URL(url).pathname)).toEqual([
      '/api/douyin/v1/video/video_list/',
    ]);
  });
});

describe('a refusal is unobserved, with what to do next', () => {
  it.each<[number, string, string | null, string | null]>([
    [2190001, 'waiting', null, '2020-09-17T16:00:00.000Z'],
    [28003017, 'waiting', null, '2020-09-17T16:00:00.000Z'],
    [28003018, 'waiting', null, '2020-09-17T04:01:00.000Z'],
    [28001052, 'waiting', null, '2020-09-17T04:01:00.000Z'],
    [2190003, 'lacking', 'owner', null],
    [2190004, 'lacking', 'owner', null],
    [28001012, 'lacking', 'owner', null],
    [28001018, 'lacking', 'owner', null],
    [28001020, 'lacking', 'owner', null],
    [28001016, 'stopped', 'operations', null],
    [28001021, 'stopped', 'operations', null],
    [2100005, 'stopped', 'operations', null],
    [28001007, 'stopped', 'operations', null],
    [10003, 'stopped', 'operations', null],
    [10013, 'stopped', 'operations', null],
    [28001015, 'stopped', 'owner', null],
    [2100009, 'stopped', 'owner', null],
    [28001045, 'stopped', 'owner', null],
    [28001046, 'stopped', 'owner', null],
    [28001047, 'stopped', 'owner', null],
    [77777, 'waiting', 'operations', '2020-09-17T04:01:00.000Z'],
  ])('code %i', async (refusal, state, audience, parkUntil) => {
    const { fact, standing, calls } = await gatherPlan({ works: [OLD], refusal });
    expect(fact).toMatchObject({
      state: 'unobserved',
      reason: expect.stringContaining(String(refusal)),
    });
    expect({ ...standing, alarm: standing.alarm?.audience ?? null }).toEqual({
      state,
      parkUntil,
      alarm: audience,
    });
    expect(calls).toBe(1);
  });

  it.each([2100004, 28001005, 28001006])('busy (%i): three times at the most', async (refusal) => {
    const { standing, calls } = await gatherPlan({ works: [OLD], refusal });
    expect([standing.state, calls]).toEqual(['waiting', 3]);
  });

  it('busy in passing is forgiven; a quota that ends on the way keeps what was read', async () => {
    expect((await gatherPlan({ works: [OLD], busyOnce: true })).fact.state).toBe('observed');
    const { fact, standing } = await gatherPlan({ works: many('2020-09-15', 30), callsPerDay: 1 });
    expect(fact).toMatchObject({
      value: {
        newest: { publishedOn: '2020-09-15' },
        completeFrom: null,
        refused: [{ errcode: 2190001 }],
      },
    });
    expect(standing).toMatchObject({ state: 'waiting', parkUntil: '2020-09-17T16:00:00.000Z' });
  });

  it.each<[string, Handler]>([
    ['an empty list', serve(PLAN)],
    ['a page', behave.answer(200, '<html>登录</html>')],
    ['HTTP 502', behave.answer(502, '{"data":{}}')],
    ['a list that is none', behave.answer(200, '{"data":{"list":"x","has_more":false}}')],
    ['a code in extra only', behave.answer(200, '{"data":{},"extra":{"error_code":2190008}}')],
  ])('%s', async (_name, handler) => {
    expect((await gather(handler)).fact.state).toBe('unobserved');
  });
});
