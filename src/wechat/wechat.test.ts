import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeCsv } from '../documents/workbook.ts';
import { gatherWechat } from '../gather/accounts/wechat/gather-wechat.ts';
import { createServer, type HttpServer } from '../http/create-server.ts';
import { Secret } from '../lib/pure/secret.ts';
import { importRegistry } from '../registry/index.ts';
import {
  type Pushed,
  pushCallback,
  pushVerification,
} from '../testing/platforms/wechat/push-callback.ts';
import { wechatHandler } from '../testing/platforms/wechat/serve-wechat.ts';
import { WechatSimulator } from '../testing/platforms/wechat/simulate-wechat.ts';
import { ACCOUNT, COMPONENT, post } from '../testing/platforms/wechat/wechat-plans.ts';
import * as behave from '../testing/servers/behaviours.ts';
import { type Handler, startServer, type TestServer } from '../testing/servers/start-server.ts';
import { impatient, testFetcher } from '../testing/servers/test-fetcher.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { readAccountAuthorisation, withdrawAuthorisation } from './account-authorisation.ts';
import {
  keepAuthorisations,
  registerWechatRoutes,
  resealWechat,
  type WechatDeps,
} from './index.ts';
import { inviteAccount, openInvitation } from './invite-account.ts';
import { listAuthorisations } from './list-authorisations.ts';

const NOON = Date.parse('2020-09-17T04:00:00.000Z');
const ORIGIN = 'https://xunjian.test';
const COMPONENT_PATH = '/api/v1/callbacks/wechat/component';

let opened: TemporaryStore;
let platform: TestServer;
let app: HttpServer;
let deps: WechatDeps;
let simulator: WechatSimulator;
let handler: Handler;
let now: number;
let fetchMs: number;

beforeAll(async () => {
  opened = await temporaryStore();
  const rows: [string, string[][]][] = [
    [
      '单位.csv',
      [
        ['名称', '上级'],
        ['乙市', ''],
      ],
    ],
    [
      '新媒体.csv',
      [
        ['平台', '账号名称', '账号ID', '主办单位'],
        ['微信公众号', '乙市发布', 'gh_wx1', '乙市'],
        ['微信公众号', '乙市交警', 'gh_other', '乙市'],
      ],
    ],
  ];
  const files = rows.map(([name, table]) => ({ name, bytes: writeCsv(table) }));
  await importRegistry(opened, '测试', { files, dryRun: false, today: '2020-01-01' });
});
afterAll(() => opened.remove());

beforeEach(async () => {
  [now, fetchMs] = [NOON, 10_000];
  const account = { ...ACCOUNT, posts: [post('2020-09-10')] };
  simulator = new WechatSimulator([account], { now: () => now, component: COMPONENT });
  handler = wechatHandler(simulator);
  platform = await startServer((request, response) => handler(request, response));
  deps = {
    store: opened.store,
    sealing: opened.sealing,
    wechat: {
      platform: {
        appId: COMPONENT.appId,
        appSecret: new Secret(COMPONENT.appSecret),
        token: new Secret(COMPONENT.token),
        encodingKeys: [new Secret(COMPONENT.encodingKey)],
        baseUrl: platform.url,
      },
      publicOrigin: ORIGIN,
      openFetcher: () => impatient(testFetcher(), fetchMs),
      now: () => now,
    },
  };
  app = await createServer(async () => null, { publicOrigin: ORIGIN });
  registerWechatRoutes(app, deps);
  await app.ready();
});
afterEach(async () => {
  await app.close();
  await platform[Symbol.asyncDispose]();
  await sql`truncate wechat_component, wechat_authorisation, wechat_invitation, wechat_pre_auth,
    wechat_callback, account_source cascade`.execute(deps.store.db);
});

async function send({ query, body }: Pushed, path = COMPONENT_PATH, at = app) {
  const answer = await at.inject({
    method: 'POST',
    url: `${path}?${new URLSearchParams(query)}`,
    headers: { host: 'xunjian.test', 'content-type': 'text/xml' },
    payload: body,
  });
  return { status: answer.statusCode, text: answer.payload };
}

async function look(path: string) {
  const answer = await app.inject({ url: path, headers: { host: 'xunjian.test' } });
  return { status: answer.statusCode, text: answer.payload };
}

const idOf = async (name: string): Promise<number> => {
  const { rows } = await sql<{ id: number }>`select id from account where name = ${name}`.execute(
    deps.store.db,
  );
  return rows[0]!.id;
};

/** The invitation's page, and the code of the platform in its link. */
async function invited(name: string): Promise<string> {
  const { url } = await inviteAccount(deps, '李明华', { accountId: await idOf(name) });
  const page = await look(new URL(url).pathname);
  expect([page.status, page.text.includes(name)]).toEqual([200, true]);
  const link = /href="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(new URL(link).searchParams.get('redirect_uri')).toContain(ORIGIN);
  return new URL(link).searchParams.get('pre_auth_code')!;
}

/** Ticket, invitation, scan, push. */
async function authorise(name = '乙市发布', sets: readonly number[] = [7, 11, 15]): Promise<void> {
  expect(await send(simulator.component.pushTicket())).toEqual({ status: 200, text: 'success' });
  const scanned = simulator.component.scan(await invited(name), 'wx1', sets);
  expect(await send(scanned!.pushed)).toEqual({ status: 200, text: 'success' });
}

const gather = () =>
  gatherWechat({
    baseUrl: platform.url,
    credential: { mode: 'component', appId: 'wx1', keeper: keepAuthorisations(deps) },
    monitoredAt: '2020-09-17T15:59:59.999Z',
    fetcher: testFetcher(),
    staleWindowDays: 14,
    now: () => now,
    pause: async () => {},
  });

const asked = (path: string): number =>
  platform.seen.filter(({ url }) => url.includes(path)).length;

describe('an authorisation', () => {
  it('lets the account be read without its AppSecret, and stands in the list', async () => {
    await authorise();
    const { published, interaction } = await gather();
    expect(published).toMatchObject({
      value: { newest: { publishedOn: '2020-09-10' }, completeFrom: '2020-09-03' },
    });
    expect(interaction).toMatchObject({ value: { menuOpen: true, comments: true } });
    const { authorisations, ticketAt } = await listAuthorisations(deps);
    expect(ticketAt).not.toBeNull();
    expect(authorisations).toMatchObject([
      {
        ...{ appId: 'wx1', accountName: '乙市发布', userName: 'gh_wx1', state: 'authorised' },
        reads: ['发布、评论与文章统计', '草稿与素材', '菜单与自动回复'],
      },
    ]);
    const { rows } =
      await sql`select kind, level, identity, credential from account_source`.execute(
        deps.store.db,
      );
    expect(rows).toEqual([{ kind: 'wechat', level: 'A1', identity: 'wx1', credential: null }]);
    expect(asked('stable_token')).toBe(0);
  });

  it('of fewer permission sets lacks the interfaces of the others', async () => {
    await authorise('乙市发布', [7]);
    const { published, interaction, standing } = await gather();
    expect(published.state).toBe('observed');
    expect(interaction).toMatchObject({
      value: { menuOpen: null, autoReply: null, comments: true },
    });
    expect(standing.capabilities.menu).toMatchObject({ has: false, errcode: 61007 });
  });

  it('is renewed before its token ends, once for all who ask, and the new refresh token is kept', async () => {
    await authorise();
    const keeper = keepAuthorisations(deps);
    const first = await keeper.token('wx1', null);
    now += 7_000_000;
    const [second, third] = await Promise.all([
      keeper.token('wx1', null),
      keeper.token('wx1', null),
    ]);
    expect(first.ok && second.ok && first.token.reveal() !== second.token.reveal()).toBe(true);
    expect(second).toEqual(third);
    expect(asked('api_authorizer_token')).toBe(1);
    // The component's own token ended as well; its ticket is still good.
    now += 7_000_000;
    expect((await keepAuthorisations(deps).token('wx1', null)).ok).toBe(true);
    expect(asked('api_component_token')).toBe(3);
    expect((await gather()).published.state).toBe('observed');
  });

  it('that was taken back is no silence of the account', async () => {
    await authorise();
    expect(await send(simulator.component.withdraw('wx1'))).toMatchObject({ text: 'success' });
    const { published, standing } = await gather();
    expect(published).toMatchObject({
      state: 'unobserved',
      reason: expect.stringMatching(/重新扫码授权/),
    });
    expect(standing.alarm).toMatchObject({ errcode: 61003, audience: 'owner' });
    const { rows } = await sql<{ kept: string | null }>`
      select refresh_token as kept from wechat_authorisation`.execute(deps.store.db);
    expect(rows).toEqual([{ kept: null }]);
  });

  it('that the platform no longer knows is told once, and its owner is asked to scan again', async () => {
    await authorise();
    simulator.component.withdraw('wx1');
    now += 7_200_000;
    expect((await gather()).standing.alarm).toMatchObject({ errcode: 61003 });
    const [listed] = (await listAuthorisations(deps)).authorisations;
    expect(listed).toMatchObject({
      state: 'broken',
      reason: expect.stringContaining('重新扫码授权'),
    });
  });

  it('whose refresh token the platform does not take is broken, and says what to do', async () => {
    await authorise();
    const lost = deps.sealing.seal('wechat-authorisation:wx1', new Secret('lost'));
    await sql`update wechat_authorisation set refresh_token = ${lost}, access_until = null`.execute(
      deps.store.db,
    );
    expect(await keepAuthorisations(deps).token('wx1', null)).toMatchObject({ errcode: 61023 });
    const [listed] = (await listAuthorisations(deps)).authorisations;
    expect(listed).toMatchObject({ state: 'broken' });
    // And it is not asked for again.
    const before = platform.seen.length;
    expect(await keepAuthorisations(deps).token('wx1', null)).toMatchObject({ errcode: 61003 });
    expect(platform.seen).toHaveLength(before);
  });

  it('that another process is renewing is left for later, until that process must be dead', async () => {
    await authorise();
    const until = new Date(now + 60_000).toISOString();
    await sql`update wechat_authorisation set leased_until = ${until}, access_until = null`.execute(
      deps.store.db,
    );
    expect(await keepAuthorisations(deps).token('wx1', null)).toMatchObject({ errcode: -1001 });
    now += 61_000;
    expect(await keepAuthorisations(deps).token('wx1', null)).toMatchObject({ ok: true });
  });

  it('by another account than the invited one is held for nobody', async () => {
    await authorise('乙市交警');
    const [listed] = (await listAuthorisations(deps)).authorisations;
    expect(listed).toMatchObject({ accountId: null, reason: expect.stringContaining('gh_other') });
    const { rows } = await sql`select 1 from account_source`.execute(deps.store.db);
    expect(rows).toEqual([]);
  });

  it('is seen by who sees the account, since when and for what; of one by another account it is said', async () => {
    const [own, other] = [await idOf('乙市发布'), await idOf('乙市交警')];
    expect(await readAccountAuthorisation(deps, '李', own)).toEqual({
      ...{ obstacle: null, invitation: null, authorisation: null },
    });
    await authorise('乙市交警', [7]);
    expect(await readAccountAuthorisation(deps, '李', other)).toMatchObject({
      invitation: { madeBy: '李明华', opened: 1 },
      authorisation: { state: 'mismatch', userName: 'gh_wx1', reads: ['发布、评论与文章统计'] },
    });
    await authorise();
    const authorisedAt = new Date(now).toISOString();
    expect(await readAccountAuthorisation(deps, '李', own)).toMatchObject({
      authorisation: { state: 'authorised', appId: 'wx1', authorisedAt },
    });
    const bare = { ...deps, wechat: { ...deps.wechat, publicOrigin: null } };
    const { obstacle } = await readAccountAuthorisation(bare, '李', own);
    expect(obstacle).toContain('XUNJIAN_PUBLIC_URL');
  });

  it('that is taken back here has no token, and comes back by a new link only', async () => {
    await authorise();
    const id = await idOf('乙市发布');
    await withdrawAuthorisation(deps, '周晓岚', id);
    const stands = async () => (await readAccountAuthorisation(deps, '李', id)).authorisation;
    expect(await stands()).toMatchObject({
      state: 'withdrawn',
      reason: '周晓岚在本平台撤回了授权',
    });
    expect((await gather()).published.state).toBe('unobserved');
    const { rows } = await sql`
      select a.refresh_token, s.state, s.state_reason as reason
        from wechat_authorisation a join account_source s on s.identity = a.app_id`.execute(
      deps.store.db,
    );
    expect(rows).toEqual([
      { refresh_token: null, state: 'expired', reason: '周晓岚在本平台撤回了授权' },
    ]);
    await expect(withdrawAuthorisation(deps, '周晓岚', id)).rejects.toMatchObject({
      code: 'wechat.none',
    });
    // He changes on WeChat's side what we may read: that begins nothing.
    const preAuthCode = await invited('乙市发布');
    await withdrawAuthorisation(deps, '周晓岚', id);
    expect(await send(simulator.component.scan(preAuthCode, 'wx1', [7, 11])!.pushed)).toMatchObject(
      {
        text: 'success',
      },
    );
    expect(await stands()).toMatchObject({ state: 'withdrawn' });
    await authorise();
    expect(await stands()).toMatchObject({ state: 'authorised', reason: '' });
    expect((await gather()).published.state).toBe('observed');
  });

  it('leaves rows that say who invited and who authorised, and no secret anywhere', async () => {
    await authorise();
    await keepAuthorisations(deps).token('wx1', null);
    const { rows } = await sql<{ actor: string; action: string; text: string }>`
      select actor, action, detail::text as text from audit where action like 'wechat.%' order by id desc limit 2`.execute(
      deps.store.db,
    );
    expect(rows.map(({ actor, action }) => [actor, action])).toEqual([
      ['微信平台', 'wechat.authorised'],
      ['李明华', 'wechat.invite'],
    ]);
    const tables = [
      'wechat_component',
      'wechat_authorisation',
      'wechat_pre_auth',
      'wechat_invitation',
    ];
    const kept = [];
    for (const table of tables)
      kept.push((await sql`select * from ${sql.table(table)}`.execute(deps.store.db)).rows);
    const words = JSON.stringify([rows, kept]);
    for (const part of ['ticket@@@', 'refreshtoken@@@', 'preauthcode@@@', COMPONENT.appSecret])
      expect(words).not.toContain(part);
  });

  it('is sealed anew by a new key, and still good', async () => {
    await authorise();
    expect(await resealWechat(deps)).toBe(0);
    const former = deps.sealing;
    const all = { ...former, isCurrent: () => false };
    expect(await resealWechat({ store: deps.store, sealing: all })).toBe(1);
    expect((await keepAuthorisations(deps).token('wx1', null)).ok).toBe(true);
  });

  it('sealed by a key that is gone does not stop the change of keys, and has to be scanned again', async () => {
    await authorise();
    await sql`update wechat_authorisation set refresh_token = 'of another key'`.execute(
      deps.store.db,
    );
    const sealing = { ...deps.sealing, isCurrent: () => false };
    expect(await resealWechat({ store: deps.store, sealing })).toBe(0);
    const [listed] = (await listAuthorisations(deps)).authorisations;
    expect(listed).toMatchObject({ state: 'broken', reason: expect.stringContaining('重新扫码') });
  });
});

describe('the third-party platform’s own token', () => {
  it('waits for the first ticket, and says where to look', async () => {
    const { url } = await inviteAccount(deps, '李明华', { accountId: await idOf('乙市发布') });
    const page = await look(new URL(url).pathname);
    expect([page.status, page.text]).toEqual([
      410,
      expect.stringContaining('还没有收到微信推送的票据'),
    ]);
  });

  it('that is called bad is replaced once', async () => {
    await authorise();
    await sql`update wechat_component set token = ${deps.sealing.seal('wechat-component:wxcomponent', new Secret('bad'))}`.execute(
      deps.store.db,
    );
    await invited('乙市发布');
    expect(asked('api_component_token')).toBe(2);
  });

  it('that ended is asked for once, however many need it at once in two processes', async () => {
    await authorise();
    const { url } = await inviteAccount(deps, '李明华', { accountId: await idOf('乙市发布') });
    now += 3 * 3_600_000;
    const code = new URL(url).pathname.split('/').at(-1)!;
    const other = { ...deps, wechat: { ...deps.wechat } };
    const opening = Array.from({ length: 12 }, (_, at) =>
      openInvitation(at % 2 === 0 ? deps : other, code),
    );
    expect((await Promise.all(opening)).map(({ ok }) => ok)).toEqual(opening.map(() => true));
    expect(asked('api_component_token')).toBe(2);
  });

  it('whose ticket is refused is not asked for by every account in turn', async () => {
    await authorise();
    now += 12 * 3_600_000;
    for (let nr = 0; nr < 3; nr += 1) expect((await gather()).published.state).toBe('unobserved');
    expect(asked('api_component_token')).toBe(2);
    await send(simulator.component.pushTicket());
    expect((await gather()).published.state).toBe('observed');
  });

  it('an old ticket is refused by the platform: nobody is held to be silent', async () => {
    await authorise();
    now += 12 * 3_600_000;
    const { published, standing } = await gather();
    expect(published.state).toBe('unobserved');
    expect(standing.alarm).toMatchObject({ errcode: 61005, audience: 'operations' });
  });

  it('an answer that never comes makes the platform send its event again, and then it is taken', async () => {
    await send(simulator.component.pushTicket());
    const scanned = simulator.component.scan(await invited('乙市发布'), 'wx1', [7]);
    await sql`update wechat_component set token = null`.execute(deps.store.db);
    [handler, fetchMs] = [behave.hang, 30];
    expect((await send(scanned!.pushed)).status).toBeGreaterThanOrEqual(500);
    [handler, fetchMs] = [wechatHandler(simulator), 10_000];
    expect(await send(scanned!.pushed)).toEqual({ status: 200, text: 'success' });
    expect((await listAuthorisations(deps)).authorisations).toHaveLength(1);
  });
});

describe('callbacks', () => {
  const stateOf = async (): Promise<unknown> =>
    (await sql`select ticket is null as none from wechat_component`.execute(deps.store.db)).rows;
  const ticket = (keys: Partial<typeof COMPONENT>): Pushed =>
    pushCallback(
      '<xml><InfoType>component_verify_ticket</InfoType><ComponentVerifyTicket>x</ComponentVerifyTicket></xml>',
      { ...COMPONENT, ...keys },
      { now },
    );
  const bomb =
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>';

  it.each<[string, () => Pushed, number]>([
    ['a wrong signature', () => ticket({ token: 'other' }), 403],
    ['another AppID', () => ticket({ appId: 'wxother' }), 403],
    ['another key', () => ticket({ encodingKey: 'Z'.repeat(43) }), 403],
    ['an entity bomb', () => ({ ...ticket({}), body: bomb }), 403],
    ['an empty body', () => ({ ...ticket({}), body: '' }), 403],
    ['a huge body', () => ({ ...ticket({}), body: 'x'.repeat(64 * 1024 + 1) }), 413],
    ['nothing in its query', () => ({ ...ticket({}), query: {} }), 403],
  ])('%s changes nothing', async (_name, pushed, status) => {
    expect((await send(pushed())).status).toBe(status);
    expect(await stateOf()).toEqual([]);
  });

  it('a replay and an old one are refused', async () => {
    const pushed = simulator.component.pushTicket();
    expect((await send(pushed)).status).toBe(200);
    expect(await send(pushed)).toEqual({ status: 403, text: '已经收过' });
    const late = simulator.component.pushTicket();
    now += 6 * 60_000;
    expect(await send(late)).toEqual({ status: 403, text: '时间相差太多' });
  });

  it('one that another process took is a replay too, one that it died over is taken, and old ones are forgotten', async () => {
    const pushed = simulator.component.pushTicket();
    const marks = async () =>
      (await sql<{ done: boolean }>`select done from wechat_callback`.execute(deps.store.db)).rows;
    await send(pushed);
    const other = await createServer(async () => null, { publicOrigin: ORIGIN });
    registerWechatRoutes(other, { ...deps });
    const again = async () => (await send(pushed, COMPONENT_PATH, other)).status;
    expect([await again(), await marks()]).toEqual([403, [{ done: true }]]);
    // As a process that was killed in the midst leaves it; another may still be at work on it.
    await sql`update wechat_callback set done = false`.execute(deps.store.db);
    expect(await again()).toBe(403);
    now += 61_000;
    expect([await again(), await again()]).toEqual([200, 403]);
    now += 11 * 60_000;
    await send(simulator.component.pushTicket());
    expect(await marks()).toEqual([{ done: true }]);
    await other.close();
  });

  it('the address proves to be ours, to the platform only', async () => {
    const query = pushVerification(COMPONENT, now, '1234');
    const at = (more: object) =>
      look(`${COMPONENT_PATH}?${new URLSearchParams({ ...query, ...more })}`);
    expect(await at({})).toEqual({ status: 200, text: '1234' });
    expect((await at({ signature: '0'.repeat(40) })).status).toBe(403);
  });

  it('a reader’s message is taken and nothing of it is kept', async () => {
    const message = '<xml><MsgType>text</MsgType><Content>您好</Content></xml>';
    const path = '/api/v1/callbacks/wechat/messages/wx1';
    expect((await send(simulator.component.pushMessage(message), path)).text).toBe('success');
  });

  it('without the settings there is nothing here', async () => {
    const bare = await createServer(async () => null, { publicOrigin: ORIGIN });
    registerWechatRoutes(bare, { ...deps, wechat: { ...deps.wechat, platform: null } });
    await bare.ready();
    const { query, body } = ticket({});
    const answer = await bare.inject({
      method: 'POST',
      url: `${COMPONENT_PATH}?${new URLSearchParams(query)}`,
      headers: { host: 'xunjian.test', 'content-type': 'text/xml' },
      payload: body,
    });
    expect(answer.statusCode).toBe(404);
    await bare.close();
  });

  it('six hundred a minute from one address, and no more', async () => {
    const codes = new Set<number>();
    for (let call = 0; call < 601; call += 1)
      codes.add((await look(`${COMPONENT_PATH}?echostr=1`)).status);
    expect([...codes]).toEqual([403, 429]);
  });
});

describe('an invitation', () => {
  it('is one an account: a new one ends the one before', async () => {
    const at = { accountId: await idOf('乙市发布') };
    const [first, second] = [
      await inviteAccount(deps, '李', at),
      await inviteAccount(deps, '王', at),
    ];
    await send(simulator.component.pushTicket());
    const codes = [first, second].map(({ url }) => new URL(url).pathname);
    expect([(await look(codes[0]!)).status, (await look(codes[1]!)).status]).toEqual([410, 200]);
  });

  it.each([
    ['unknown', async () => 'x'.repeat(43)],
    [
      'too old',
      async () => {
        const { url } = await inviteAccount(deps, '李', { accountId: await idOf('乙市发布') });
        now += 8 * 86_400_000;
        return url.split('/').at(-1)!;
      },
    ],
  ])('%s opens nothing', async (_name, code) => {
    const page = await look(`/api/v1/callbacks/wechat/invitations/${await code()}`);
    expect([page.status, page.text]).toEqual([410, expect.stringContaining('无效或已过期')]);
    expect(platform.seen).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['for no account', () => inviteAccount(deps, '李', { accountId: 999_999 }), 'account.unknown'],
    [
      'without the settings',
      () =>
        inviteAccount({ ...deps, wechat: { ...deps.wechat, platform: null } }, '李', {
          accountId: 1,
        }),
      'wechat.not-set',
    ],
    [
      'without an address outside',
      () =>
        inviteAccount({ ...deps, wechat: { ...deps.wechat, publicOrigin: null } }, '李', {
          accountId: 1,
        }),
      'wechat.no-origin',
    ],
  ])('%s is not made', async (_name, make, code) => {
    await expect(make()).rejects.toMatchObject({ code });
  });
});
