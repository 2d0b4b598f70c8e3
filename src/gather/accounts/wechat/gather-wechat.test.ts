import { describe, expect, it } from 'vitest';
import { Secret } from '../../../lib/pure/secret.ts';
import { wechatHandler } from '../../../testing/platforms/wechat/serve-wechat.ts';
import { WechatSimulator } from '../../../testing/platforms/wechat/simulate-wechat.ts';
import type { WechatPlan } from '../../../testing/platforms/wechat/wechat-plan.ts';
import { ACCOUNT, post } from '../../../testing/platforms/wechat/wechat-plans.ts';
import * as behave from '../../../testing/servers/behaviours.ts';
import { type Handler, startServer } from '../../../testing/servers/start-server.ts';
import { testFetcher } from '../../../testing/servers/test-fetcher.ts';
import { gatherWechat, type WechatGathered } from './gather-wechat.ts';

const SECRET = ACCOUNT.appSecret;
const PLAN = ACCOUNT;
const OLD = post('2020-08-20');

const serve = (plan: WechatPlan): Handler => wechatHandler(new WechatSimulator([plan]));

async function gather(handler: Handler): Promise<WechatGathered & { asked: readonly string[] }> {
  await using server = await startServer(handler);
  await using fetcher = testFetcher();
  const gathered = await gatherWechat({
    baseUrl: `${server.url}/`,
    credential: { mode: 'secret', appId: 'wx1', appSecret: new Secret(SECRET) },
    pause: async () => {},
    monitoredAt: '2020-09-17T15:59:59.999Z',
    fetcher,
    staleWindowDays: 14,
  });
  return { ...gathered, asked: server.seen.map((request) => request.url.split('?')[0]!) };
}
const gatherPlan = (more: Partial<WechatPlan>): ReturnType<typeof gather> =>
  gather(serve({ ...PLAN, ...more }));

describe('what an account published', () => {
  it.each([30, 7, 1])('spans of %i days are asked as the platform allows', async (spanDays) => {
    const { published } = await gatherPlan({ spanDays, posts: [post('2020-09-10'), OLD] });
    expect(published).toMatchObject({
      state: 'observed',
      value: {
        newest: { publishedOn: '2020-09-10' },
        completeFrom: '2020-09-03',
        completeTo: '2020-09-16',
      },
    });
  });

  it.each([30, 7, 1])(
    'complete and silent: the last date is found by looking back, spans of %i',
    async (spanDays) => {
      const { published, apiCalls } = await gatherPlan({ spanDays, posts: [OLD] });
      expect(published).toMatchObject({
        value: {
          newest: { publishedOn: '2020-08-20' },
          completeFrom: '2020-09-03',
          completeTo: '2020-09-16',
        },
      });
      expect(apiCalls).toBeLessThanOrEqual(160);
    },
  );

  it('an account that never published costs no more than its budget', async () => {
    const { published, apiCalls, interaction } = await gatherPlan({ spanDays: 1 });
    expect(published).toMatchObject({ value: { newest: null, completeFrom: '2020-09-03' } });
    expect(apiCalls).toBeLessThanOrEqual(160);
    expect(interaction.state).toBe('observed');
  });

  it('what was published quietly counts, deleted or after the monitoring day does not', async () => {
    const quiet = { quiet: true, counted: false };
    const posts = [
      post('2020-09-12', quiet),
      post('2020-09-15', { ...quiet, deleted: true }),
      post('2020-09-18', quiet),
      OLD,
    ];
    const { published } = await gatherPlan({ posts });
    expect(published).toMatchObject({ value: { newest: { publishedOn: '2020-09-12' } } });
  });

  it('a quiet list alone is no complete source', async () => {
    const posts = [post('2020-08-01', { quiet: true })];
    const { published } = await gatherPlan({ withheld: ['getarticletotaldetail'], posts });
    expect(published).toMatchObject({
      value: {
        completeFrom: null,
        completeTo: null,
        newest: { publishedOn: '2020-08-01' },
        answered: ['freepublish/batchget'],
        refused: [{ api: 'getarticletotaldetail', errcode: 48001 }],
      },
    });
  });

  it('late statistics are no complete source', async () => {
    const { published } = await gatherPlan({ isDelayed: true, posts: [OLD] });
    expect(published).toMatchObject({ value: { completeFrom: null, completeTo: null } });
  });

  /** The simulator, but for one interface. */
  const answering = (path: string, answer: unknown): Handler => {
    const served = serve({ ...PLAN, menu: false, comments: false });
    return (request, response) => {
      if (request.url?.includes(path)) response.end(JSON.stringify(answer));
      else served(request, response);
    };
  };

  it.each([
    ['no list', {}],
    ['a list that is none', { list: 'none', is_delay: false }],
    ['a row without a day', { list: [{ ref_date: 'soon', msgid: '1_1' }] }],
  ])('an answer that cannot be read proves no silence: %s', async (_name, answer) => {
    const { published } = await gather(answering('getarticletotaldetail', answer));
    expect(published).toMatchObject({ value: { completeFrom: null, completeTo: null } });
  });

  it('a day written otherwise is read', async () => {
    const answer = { list: [{ ref_date: '20200910', msgid: '1_1' }] };
    const { published } = await gather(answering('getarticletotaldetail', answer));
    expect(published).toMatchObject({
      value: { newest: { publishedOn: '2020-09-10' }, completeFrom: '2020-09-03' },
    });
  });

  it('interaction answers that cannot be read are held against nobody', async () => {
    const { interaction } = await gather(answering('get_current_', {}));
    expect(interaction).toMatchObject({ value: { menuOpen: null, autoReply: null } });
  });

  it('no interface of publications: unobserved, with what each said', async () => {
    const { published } = await gatherPlan({ withheld: ['getarticletotaldetail', 'freepublish'] });
    expect(published).toMatchObject({
      state: 'unobserved',
      reason: expect.stringContaining('48001'),
    });
  });

  it('a token that expires on the way is renewed', async () => {
    const { published, asked } = await gatherPlan({
      tokenCalls: 2,
      spanDays: 7,
      posts: [post('2020-09-10')],
    });
    expect(published).toMatchObject({ value: { completeFrom: '2020-09-03' } });
    expect(asked.filter((path) => path.endsWith('stable_token'))).toHaveLength(2);
  });

  it('a token that somebody else replaced (40001) is renewed, once per call', async () => {
    let refused = 0;
    const inner = serve({ ...PLAN, posts: [post('2020-09-10')] });
    const { published } = await gather((request, response) => {
      if (request.url?.includes('getarticletotaldetail') && refused === 0) {
        refused += 1;
        response.end('{"errcode":40001,"errmsg":"invalid credential"}');
      } else inner(request, response);
    });
    expect(published).toMatchObject({ value: { completeFrom: '2020-09-03' } });
    const always = await gather((request, response) => {
      if (request.url?.includes('getarticletotaldetail'))
        response.end('{"errcode":40001,"errmsg":"invalid credential"}');
      else inner(request, response);
    });
    expect(always.apiCalls).toBeLessThan(20);
    expect(always.published).toMatchObject({ state: 'unobserved' });
    expect(always.standing.alarm).toMatchObject({ errcode: 40001, audience: 'owner' });
  });

  it('a busy platform is asked again', async () => {
    const { published } = await gatherPlan({ busyOnce: true, posts: [post('2020-09-10')] });
    expect(published).toMatchObject({ value: { newest: { publishedOn: '2020-09-10' } } });
  });
});

describe('how an account can be reached', () => {
  it.each([
    [
      'menu and comments',
      { menu: true, comments: true },
      { menuOpen: true, autoReply: false, comments: true },
    ],
    [
      'automatic replies only',
      { menu: false, autoReply: true, comments: false },
      { menuOpen: false, autoReply: true, comments: false },
    ],
    [
      'nothing: a greeting answers nobody',
      { menu: false, comments: false },
      { menuOpen: false, autoReply: false, comments: false },
    ],
  ])('%s', async (_name, more, value) => {
    const { interaction } = await gatherPlan({ ...more, posts: [post('2020-09-10')] });
    expect(interaction).toMatchObject({ state: 'observed', value });
  });

  it('without any article the right to comments cannot be told', async () => {
    const { interaction } = await gatherPlan({ menu: false });
    expect(interaction).toMatchObject({ value: { menuOpen: false, comments: null } });
  });
});

describe('an account that refuses', () => {
  it.each<[string, Partial<WechatPlan>, string]>([
    ['a frozen secret', { frozen: true }, '40243'],
    ['another secret', { appSecret: 'other' }, '40125'],
    ['another AppID', { appId: 'wx2' }, '40013'],
  ])('%s: both facts unobserved with the code', async (_name, more, code) => {
    const { published, interaction } = await gatherPlan(more);
    for (const fact of [published, interaction]) {
      expect(fact).toMatchObject({ state: 'unobserved', reason: expect.stringContaining(code) });
    }
  });

  it.each<[string, Handler]>([
    ['resets', behave.reset],
    ['500', behave.answer(500)],
    ['a page', behave.answer(200, '<html></html>')],
    ['an array', behave.answer(200, '[]')],
    ['no token', behave.answer(200, '{}')],
    ['a redirect', behave.redirect('/elsewhere')],
    ['without end', behave.endless('application/json')],
  ])('%s', async (_name, handler) => {
    const { published, apiCalls } = await gather(handler);
    expect(published.state).toBe('unobserved');
    expect(apiCalls).toBeLessThanOrEqual(3);
  });

  it('answers are kept for the archive, but no token answer, and no secret of ours in any of them', async () => {
    const tokens: string[] = [];
    const served = serve(PLAN);
    const { received } = await gather((request, response) => {
      const end = response.end.bind(response);
      response.end = ((text: string) => {
        const token = (JSON.parse(text) as { access_token?: string }).access_token;
        if (token !== undefined) tokens.push(token);
        // A platform that echoes what it was given.
        return end(text.replace(/}$/, `,"echo":"${tokens.at(-1)} ${SECRET}"}`));
      }) as typeof response.end;
      served(request, response);
    });
    expect(tokens.length).toBeGreaterThan(0);
    expect(received.map(({ url }) => new URL(url).pathname)).toEqual(
      expect.arrayContaining(['/datacube/getarticletotaldetail', '/cgi-bin/comment/list']),
    );
    const all = received.map(
      ({ body, ...head }) => JSON.stringify(head) + String(Buffer.from(body)),
    );
    for (const secret of [SECRET, ...tokens])
      expect(all.filter((text) => text.includes(secret))).toEqual([]);
    expect(all.filter((text) => text.includes('/cgi-bin/stable_token'))).toEqual([]);
    expect(all.every((text) => text.includes('access_token=REDACTED'))).toBe(true);
  });

  it('secret and token stand in no message, whatever the platform echoes', async () => {
    const echo: Handler = (_request, response) => {
      response.end(
        JSON.stringify({ errcode: 40125, errmsg: `invalid appsecret ${SECRET} for wx1` }),
      );
    };
    expect(JSON.stringify(await gather(echo))).not.toContain(SECRET);
    const token = 'T'.repeat(64);
    const leak: Handler = (request, response) => {
      const body = request.url?.includes('stable_token')
        ? { access_token: token, expires_in: 7200 }
        : { errcode: 48001, errmsg: `api unauthorized ${token} ${SECRET}` };
      response.end(JSON.stringify(body));
    };
    const { published, interaction } = await gather(leak);
    expect(published.state).toBe('unobserved');
    const words = JSON.stringify([published, interaction]);
    expect(words).not.toContain(token);
    expect(words).not.toContain(SECRET);
  });
});
