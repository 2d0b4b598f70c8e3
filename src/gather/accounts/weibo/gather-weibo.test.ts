import { describe, expect, it } from 'vitest';
import { addDays } from '../../../lib/pure/dates.ts';
import { Secret } from '../../../lib/pure/secret.ts';
import { servePlatform } from '../../../testing/platforms/platform-call.ts';
import { WeiboSimulator } from '../../../testing/platforms/weibo/simulate-weibo.ts';
import type { WeiboPlan, WeiboPost } from '../../../testing/platforms/weibo/weibo-plan.ts';
import * as behave from '../../../testing/servers/behaviours.ts';
import { type Handler, startServer } from '../../../testing/servers/start-server.ts';
import { impatient, TEST_NOW, testFetcher } from '../../../testing/servers/test-fetcher.ts';
import type { SourceGathered } from '../source-gathered.ts';
import { type GatherWeiboInput, gatherWeibo } from './gather-weibo.ts';

const TOKEN = '2.00abcDEFghiJKLmnoPQR';
const PLAN: WeiboPlan = {
  baseUrl: '',
  uid: '2656274875',
  name: '清溪发布',
  accessToken: TOKEN,
  token: 'good',
  posts: [],
  callsPerHour: null,
  granted: true,
  reviewed: true,
  busyOnce: false,
  banned: false,
};
const post = (on: string, more: Partial<WeiboPost> = {}): WeiboPost => ({
  text: `【公告】${on} <a href="/t">全文</a>`,
  on,
  time: '10:00',
  repost: false,
  pinned: false,
  deleted: false,
  secret: false,
  ...more,
});
const OLD = post('2020-08-20');
/** So many posts of one day, newest first. */
const many = (on: string, count: number): WeiboPost[] =>
  Array.from({ length: count }, (_, at) =>
    post(on, {
      time: `${String(20 - Math.floor(at / 60)).padStart(2, '0')}:${String(59 - (at % 60)).padStart(2, '0')}`,
    }),
  );

type Result = SourceGathered & { readonly asked: readonly string[] };

/** Beyond it an answer never comes: long for a busy machine, short where nothing is to come. */
const [PATIENCE_MS, SHORT_MS] = [10_000, 200];

async function gather(handler: Handler, more: Partial<GatherWeiboInput> = {}): Promise<Result> {
  await using server = await startServer(handler);
  await using fetcher = testFetcher();
  const gathered = await gatherWeibo({
    baseUrl: `${server.url}/`,
    token: new Secret(TOKEN),
    timeline: 'own',
    uid: PLAN.uid,
    monitoredAt: '2020-09-17T15:59:59.999Z',
    fetcher: impatient(fetcher, handler === behave.hang ? SHORT_MS : PATIENCE_MS),
    windowDays: 14,
    ...more,
  });
  return { ...gathered, asked: server.seen.map((request) => request.url) };
}

const serve = (...plans: readonly WeiboPlan[]): Handler =>
  servePlatform(new WeiboSimulator(plans, { now: () => Date.parse(TEST_NOW) }));
const gatherPlan = (more: Partial<WeiboPlan>, input: Partial<GatherWeiboInput> = {}) =>
  gather(serve({ ...PLAN, ...more }), input);

describe('the own timeline', () => {
  it('read back past the window it shows everything of it', async () => {
    const { fact, standing, calls } = await gatherPlan({ posts: [OLD] });
    expect(fact).toMatchObject({
      state: 'observed',
      value: {
        kind: 'weibo',
        level: 'A1',
        newest: { publishedOn: '2020-08-20', title: '【公告】2020-08-20 全文' },
        // The day on which it was asked is not over.
        completeFrom: '2020-09-03',
        completeTo: '2020-09-16',
      },
    });
    expect([standing.state, calls]).toEqual(['working', 1]);
  });

  it('a monitoring day in the past is complete itself', async () => {
    const { fact } = await gatherPlan(
      { posts: [OLD] },
      { monitoredAt: '2020-09-10T15:59:59.999Z' },
    );
    expect(fact).toMatchObject({ value: { completeFrom: '2020-08-27', completeTo: '2020-09-10' } });
  });

  it('pages follow each other without a gap, by max_id', async () => {
    const posts = [...many('2020-09-15', 250), OLD];
    const { fact, asked } = await gatherPlan({ posts });
    expect(fact).toMatchObject({ value: { itemCount: 251, completeFrom: '2020-09-03' } });
    expect(asked).toHaveLength(3);
    expect(asked[0]).toContain('count=100');
    expect(asked[1]).toMatch(/max_id=\d{16}/);
  });

  it('a post taken back between two pages leaves no gap', async () => {
    const posts = [...many('2020-09-15', 150), OLD];
    let asked = 0;
    const { fact } = await gather((request, response) => {
      asked += 1;
      const left = asked === 1 ? posts : posts.slice(3);
      serve({ ...PLAN, posts: left })(request, response);
    });
    expect(fact).toMatchObject({ value: { itemCount: 151, completeFrom: '2020-09-03' } });
  });

  it.each<[string, readonly WeiboPost[], string]>([
    ['marked', [post('2020-06-01', { pinned: true }), post('2020-09-14'), OLD], '2020-09-14'],
    ['the newest itself', [post('2020-09-12', { pinned: true }), OLD], '2020-09-12'],
    [
      'above a full page',
      [post('2020-06-01', { pinned: true }), ...many('2020-09-15', 120), OLD],
      '2020-09-15',
    ],
  ])('a pinned post ends no reading and hides nothing: %s', async (_name, posts, newest) => {
    const { fact } = await gatherPlan({ posts });
    expect(fact).toMatchObject({
      value: {
        newest: { publishedOn: newest },
        completeFrom: '2020-09-03',
        itemCount: posts.length,
      },
    });
  });

  it('a repost is an update, but not original', async () => {
    const { fact } = await gatherPlan({ posts: [post('2020-09-15', { repost: true }), OLD] });
    expect(fact).toMatchObject({
      value: {
        newest: { publishedOn: '2020-09-15' },
        posts: [{ original: false, shares: 3, comments: 2, likes: 11 }, { original: true }],
      },
    });
  });

  it.each<[string, Partial<WeiboPost>]>([
    ['taken back', { deleted: true }],
    ['seen by its author only', { secret: true }],
  ])(
    'a post that is %s is no newest item, and breaks the silence before it',
    async (_name, more) => {
      const { fact } = await gatherPlan({ posts: [post('2020-09-10', more), OLD] });
      expect(fact).toMatchObject({
        value: { newest: { publishedOn: '2020-08-20' }, completeFrom: '2020-09-11', itemCount: 1 },
      });
    },
  );

  it('that never had a post says so, and proves nothing', async () => {
    const { fact } = await gatherPlan({ posts: [] });
    expect(fact).toMatchObject({ value: { newest: null, itemCount: 0, completeFrom: null } });
  });

  it('that ends inside the window is whole when the platform counts no more', async () => {
    const { fact } = await gatherPlan({ posts: [post('2020-09-10'), post('2020-09-09')] });
    expect(fact).toMatchObject({ value: { completeFrom: '2020-09-03', itemCount: 2 } });
  });

  it('of somebody else is not the account’s', async () => {
    const { fact, standing } = await gatherPlan({ posts: [OLD], uid: '1111111111' });
    expect(fact).toMatchObject({
      state: 'unobserved',
      reason: expect.stringContaining('不是名录里的账号'),
    });
    expect(standing).toMatchObject({ state: 'stopped', alarm: { audience: 'owner' } });
  });

  it('a timeline without end is read so far and no further, and that is told', async () => {
    const posts = Array.from({ length: 21 }, (_, at) =>
      many(addDays('2020-09-16', -Math.floor(at / 7)), 100),
    ).flat();
    const { fact, calls } = await gatherPlan({
      posts: posts.map((each, at) => ({ ...each, time: timeOf(at) })),
    });
    expect(calls).toBeLessThanOrEqual(20);
    expect(fact).toMatchObject({
      value: {
        newest: { publishedOn: '2020-09-16' },
        completeFrom: null,
        refused: [{ message: expect.stringContaining('20 页') }],
      },
    });
  });
});

/** Times that go down through a day of 700 posts and begin anew. */
const timeOf = (at: number): string => {
  const minute = 1439 - (at % 700);
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
};

describe('another’s timeline', () => {
  const other = { timeline: 'other', uid: '3333333333' } as const;
  const theirs = (more: Partial<WeiboPlan>): WeiboPlan => ({
    ...PLAN,
    uid: other.uid,
    accessToken: 'x',
    ...more,
  });

  it('shows its newest post and proves no silence', async () => {
    const posts = [...many('2020-08-25', 40), OLD];
    const { fact, asked } = await gather(serve(PLAN, theirs({ posts })), other);
    expect(fact).toMatchObject({
      value: {
        level: 'B',
        newest: { publishedOn: '2020-08-25' },
        completeFrom: null,
        itemCount: 25,
      },
    });
    expect(asked).toEqual([expect.stringContaining('uid=3333333333&count=25')]);
  });

  it('of a closed account is unobserved', async () => {
    const { fact, standing } = await gather(
      serve(PLAN, theirs({ banned: true, posts: [OLD] })),
      other,
    );
    expect(fact).toMatchObject({ state: 'unobserved', reason: expect.stringContaining('20003') });
    expect(standing).toMatchObject({
      state: 'stopped',
      alarm: { audience: 'owner', errcode: 20003 },
    });
  });
});

describe('a refusal is unobserved, with what to do next', () => {
  it.each<[string, Partial<WeiboPlan>, number, string, string | null]>([
    ['an expired token', { token: 'expired' }, 21327, 'expired', null],
    ['a revoked token', { token: 'revoked' }, 21319, 'expired', null],
    ['an unknown token', { accessToken: 'another' }, 21332, 'expired', null],
    ['the hour’s calls used up', { callsPerHour: 0 }, 10023, 'waiting', '2020-09-17T05:00:00.000Z'],
    ['an interface that was not granted', { granted: false }, 10014, 'lacking', null],
    ['a closed account', { banned: true }, 10013, 'stopped', null],
  ])('%s', async (_name, more, errcode, state, parkUntil) => {
    const { fact, standing, calls } = await gatherPlan({ posts: [OLD], ...more });
    expect(fact).toMatchObject({
      state: 'unobserved',
      reason: expect.stringContaining(String(errcode)),
    });
    expect(standing).toMatchObject({ state, parkUntil });
    expect(calls).toBe(1);
  });

  it.each<[number, string, string | null]>([
    [10004, 'stopped', 'operations'],
    [10005, 'lacking', 'owner'],
    [10006, 'expired', 'owner'],
    [10017, 'stopped', 'operations'],
    [10022, 'waiting', null],
    [10024, 'waiting', null],
    [21314, 'expired', 'owner'],
    [21315, 'expired', 'owner'],
    [21316, 'expired', 'owner'],
    [21317, 'expired', 'owner'],
    [21321, 'lacking', 'owner'],
    [21337, 'lacking', 'owner'],
    [99999, 'waiting', 'operations'],
  ])('code %i', async (errcode, state, audience) => {
    const body = JSON.stringify({ error: 'x', error_code: String(errcode), request: '/2/x' });
    const { fact, standing } = await gather(behave.answer(403, body));
    expect(fact).toMatchObject({
      state: 'unobserved',
      reason: expect.stringContaining(String(errcode)),
    });
    expect(standing.state).toBe(state);
    expect(standing.alarm?.audience ?? null).toBe(audience);
  });

  it.each([10001, 10002, 10003, 10009, 10010, 10011, 21331])(
    'busy (%i) is asked again, three times at the most, and then rests for a minute',
    async (errcode) => {
      const body = JSON.stringify({ error: 'busy', error_code: errcode });
      const { standing, asked } = await gather(behave.answer(503, body));
      expect(asked).toHaveLength(3);
      expect(standing).toEqual({
        state: 'waiting',
        parkUntil: '2020-09-17T04:01:00.000Z',
        alarm: null,
      });
    },
  );

  it('busy in passing is forgiven', async () => {
    const { fact, calls } = await gatherPlan({ posts: [OLD], busyOnce: true });
    expect([fact.state, calls]).toEqual(['observed', 2]);
  });

  it('a limit on the way keeps what was read, which is no longer everything', async () => {
    const posts = [...many('2020-09-15', 150), OLD];
    const { fact, standing } = await gatherPlan({ posts, callsPerHour: 1 });
    expect(fact).toMatchObject({
      value: {
        newest: { publishedOn: '2020-09-15' },
        completeFrom: null,
        refused: [{ errcode: 10023, api: 'statuses/user_timeline/biz' }],
      },
    });
    expect(standing).toMatchObject({ state: 'waiting', parkUntil: '2020-09-17T05:00:00.000Z' });
  });

  it.each<[string, Handler]>([
    ['no answer', behave.hang],
    ['a page', behave.answer(200, '<html>登录</html>')],
    ['an array', behave.answer(200, '[]')],
    ['too much', behave.endless('application/json')],
    ['a line that breaks off', behave.truncated],
    ['a redirect', behave.redirect('/login')],
    ['nothing at all', behave.answer(200, '{}')],
    ['an empty list of many', behave.answer(200, '{"statuses":[],"total_number":812}')],
    ['a list that is none', behave.answer(200, '{"statuses":"x","total_number":3}')],
  ])('%s', async (_name, handler) => {
    expect((await gather(handler)).fact.state).toBe('unobserved');
  });

  it('posts that cannot be read prove no silence', async () => {
    const odd = {
      statuses: [{ idstr: '1', created_at: '昨天', text: 'x' }, null, 7],
      total_number: 3,
    };
    const { fact } = await gather(behave.answer(200, JSON.stringify(odd)));
    expect(fact).toMatchObject({ value: { undatedItems: 1, completeFrom: null, newest: null } });
  });

  it('the token stands in nothing that is kept or said', async () => {
    const leak = JSON.stringify({ error: `bad ${TOKEN}`, error_code: 21327, request: TOKEN });
    const { fact, standing, received } = await gather(behave.answer(403, leak));
    expect(JSON.stringify([fact, standing])).not.toContain(TOKEN);
    expect(received.map(({ url, body }) => `${url} ${Buffer.from(body)}`).join()).not.toContain(
      TOKEN,
    );
    expect(received).toHaveLength(1);
  });
});
