import { describe, expect, it } from 'vitest';
import type { Answer } from './answer-call.ts';
import { WechatSimulator } from './simulate-wechat.ts';
import type { WechatPlan } from './wechat-plan.ts';
import { ACCOUNT, post } from './wechat-plans.ts';

const PLAN: WechatPlan = {
  ...ACCOUNT,
  posts: [
    post('2020-09-17', { time: '00:10', quiet: true, counted: false }),
    post('2020-09-10'),
    post('2020-09-02', { quiet: true }),
    post('2020-09-15', { quiet: true, counted: false, deleted: true }),
  ],
  spanDays: 7,
};

const CREDENTIALS = {
  grant_type: 'client_credential',
  appid: 'wx1',
  secret: ACCOUNT.appSecret,
  force_refresh: false,
};
const DETAIL = '/datacube/getarticletotaldetail';
const LIST = '/cgi-bin/freepublish/batchget';
const MENU = '/cgi-bin/get_current_selfmenu_info';
const COMMENTS = '/cgi-bin/comment/list';

class Caller {
  now = Date.parse('2020-09-17T04:00:00.000Z');
  readonly #simulator: WechatSimulator;
  constructor(more: Partial<WechatPlan> = {}) {
    this.#simulator = new WechatSimulator([{ ...PLAN, ...more }], { now: () => this.now });
  }
  send(path: string, body: string, token: string | null = null, method = 'POST'): Answer {
    return this.#simulator.answer({
      method,
      path,
      query: new URLSearchParams(token === null ? {} : { access_token: token }),
      body,
      address: '203.0.113.9',
    });
  }
  stable(more: object = {}): Answer {
    return this.send('/cgi-bin/stable_token', JSON.stringify({ ...CREDENTIALS, ...more }));
  }
  token(more: object = {}): string {
    return String(this.stable(more).access_token);
  }
  ordinary(): Answer {
    return this.#simulator.answer({
      method: 'GET',
      path: '/cgi-bin/token',
      query: new URLSearchParams({ ...CREDENTIALS, force_refresh: '' }),
      body: '',
    });
  }
  call(path: string, body: object, token = this.token()): Answer {
    return this.send(path, JSON.stringify(body), token);
  }
  /** The errcode of a small call with this token; undefined = it was good. */
  use(token: string): unknown {
    return this.call(LIST, { offset: 0, count: 1 }, token).errcode;
  }
}

describe('tokens', () => {
  it('stay the same until they are forced or expire', () => {
    const caller = new Caller();
    const first = caller.token();
    expect(caller.token()).toBe(first);
    expect(first.length).toBeGreaterThan(100);
    const next = caller.token({ force_refresh: true });
    expect(next).not.toBe(first);
    expect(caller.call(LIST, { offset: 0, count: 20 }, first).errcode).toBe(40001);
    expect(caller.call(LIST, { offset: 0, count: 20 }, next).errcode).toBeUndefined();
  });

  it('a stable one is renewed five minutes before its end, and both are good until then', () => {
    const caller = new Caller();
    const first = caller.token();
    caller.now += 6_900_000 - 1;
    expect(caller.stable()).toMatchObject({ access_token: first, expires_in: 300 });
    caller.now += 1;
    const second = caller.token();
    expect(second).not.toBe(first);
    expect([caller.use(first), caller.use(second)]).toEqual([undefined, undefined]);
    caller.now += 300_000;
    expect([caller.use(first), caller.use(second)]).toEqual([42001, undefined]);
  });

  it('a forced one makes the one before bad at once; twice within 30 seconds nothing is renewed', () => {
    const caller = new Caller();
    const first = caller.token({ force_refresh: true });
    caller.now += 29_000;
    expect(caller.token({ force_refresh: true })).toBe(first);
    caller.now += 1_000;
    const second = caller.token({ force_refresh: true });
    expect([second === first, caller.use(first), caller.use(second)]).toEqual([
      false,
      40001,
      undefined,
    ]);
  });

  it('is forced twenty times a day', () => {
    const caller = new Caller();
    const codes = Array.from({ length: 21 }, () => {
      caller.now += 30_000;
      return caller.stable({ force_refresh: true }).errcode;
    });
    expect(codes).toEqual([...Array(20).fill(undefined), 45009]);
    caller.now = Date.parse('2020-09-17T16:00:00.000Z');
    expect(caller.stable({ force_refresh: true }).errcode).toBeUndefined();
  });

  it('an ordinary one is new on every call, the one before lives five minutes more, the stable one is apart', () => {
    const caller = new Caller();
    const stable = caller.token();
    const [first, second] = [caller.ordinary(), caller.ordinary()].map((each) =>
      String(each.access_token),
    ) as [string, string];
    expect([caller.use(first), caller.use(second), caller.use(stable)]).toEqual(
      Array(3).fill(undefined),
    );
    caller.now += 300_000;
    expect([caller.use(first), caller.use(second), caller.use(stable)]).toEqual([
      42001,
      undefined,
      undefined,
    ]);
  });

  it('ordinary ones are given two thousand times a day', () => {
    const caller = new Caller();
    for (let call = 0; call < 2000; call += 1) caller.ordinary();
    expect(caller.ordinary().errcode).toBe(45009);
  });

  it.each([
    [['203.0.113.9'], undefined],
    [[], 40164],
  ])('addresses allowed: %j', (allowedAddresses, errcode) => {
    const answer = new Caller({ allowedAddresses }).stable();
    expect(answer.errcode).toBe(errcode);
    if (errcode) expect(answer.errmsg).toMatch(/^invalid ip 203\.0\.113\.9 .*rid: /);
  });

  it('expire once, and another is given', () => {
    const caller = new Caller({ tokenCalls: 1 });
    const first = caller.token();
    caller.call(LIST, { offset: 0, count: 20 }, first);
    expect(caller.call(LIST, { offset: 0, count: 20 }, first).errcode).toBe(42001);
    expect(caller.call(LIST, { offset: 0, count: 20 }).errcode).toBeUndefined();
  });

  it.each<[string, object, number]>([
    ['a wrong secret', { ...CREDENTIALS, secret: 'x' }, 40125],
    ['an unknown AppID', { ...CREDENTIALS, appid: 'wx2' }, 40013],
    ['no AppID', { ...CREDENTIALS, appid: '' }, 41002],
    ['no secret', { ...CREDENTIALS, secret: '' }, 41004],
    ['another grant', { ...CREDENTIALS, grant_type: 'password' }, 40002],
  ])('%s is refused', (_name, body, errcode) => {
    expect(new Caller().send('/cgi-bin/stable_token', JSON.stringify(body)).errcode).toBe(errcode);
  });

  it('a frozen secret gets none', () => {
    expect(
      new Caller({ frozen: true }).send('/cgi-bin/stable_token', JSON.stringify(CREDENTIALS))
        .errcode,
    ).toBe(40243);
  });
});

describe('refusals', () => {
  it.each<[string, string, object, number]>([
    [
      'a span that is too long',
      DETAIL,
      { begin_date: '2020-09-01', end_date: '2020-09-08' },
      61501,
    ],
    [
      'a span that reaches today',
      DETAIL,
      { begin_date: '2020-09-16', end_date: '2020-09-17' },
      61501,
    ],
    [
      'a span before all statistics',
      DETAIL,
      { begin_date: '2014-11-30', end_date: '2014-11-30' },
      61501,
    ],
    ['a day that is none', DETAIL, { begin_date: '2020-9-1', end_date: '2020-09-02' }, 61500],
    ['a page that is too long', LIST, { offset: 0, count: 21 }, 40097],
    ['a page of nothing', LIST, { offset: 0, count: 0 }, 40097],
    ['fifty comments', COMMENTS, { msg_data_id: 1, begin: 0, count: 50 }, 40097],
    ['comments of no article', COMMENTS, { msg_data_id: 1, begin: 0, count: 10 }, 88001],
    ['an unknown path', '/cgi-bin/nothing', {}, 40066],
    ['POST where GET is meant', MENU, {}, 43001],
  ])('%s', (_name, path, body, errcode) => {
    expect(new Caller().call(path, body).errcode).toBe(errcode);
  });

  it.each<[string, string, string | null, number]>([
    ['no token', '{}', null, 41001],
    ['a wrong token', '{}', 'x', 40001],
  ])('%s', (_name, body, token, errcode) => {
    expect(new Caller().send(LIST, body, token).errcode).toBe(errcode);
  });

  it.each([
    ['broken JSON', '{', 47001],
    ['an array', '[]', 47001],
    ['nothing', '', 44002],
  ])('%s', (_name, body, errcode) => {
    const caller = new Caller();
    expect(caller.send(LIST, body, caller.token()).errcode).toBe(errcode);
  });

  it('interfaces that an account lacks, and comments without the right to them', () => {
    const caller = new Caller({
      withheld: ['freepublish', 'getarticletotaldetail'],
      comments: false,
    });
    expect(caller.call(LIST, { offset: 0, count: 20 }).errcode).toBe(48001);
    expect(caller.call(DETAIL, { begin_date: '2020-09-10', end_date: '2020-09-10' }).errcode).toBe(
      48001,
    );
    expect(caller.call(COMMENTS, { msg_data_id: 1, begin: 0, count: 10 }).errcode).toBe(88000);
  });

  it.each([48004, 50002] as const)('an account that is limited: %i', (limited) => {
    const caller = new Caller({ limited });
    expect(caller.use(caller.token())).toBe(limited);
  });

  it('a hundred pages of the list a day, and calls a minute where there is such a limit', () => {
    const caller = new Caller({ perMinute: { [COMMENTS]: 1 } });
    const token = caller.token();
    const codes = Array.from({ length: 101 }, () => caller.use(token));
    expect([codes[99], codes[100]]).toEqual([undefined, 45009]);
    const ask = (): unknown =>
      caller.call(COMMENTS, { msg_data_id: 1, begin: 0, count: 1 }, token).errcode;
    expect([ask(), ask()]).toEqual([88001, 45011]);
    caller.now += 60_000;
    expect(ask()).toBe(88001);
    caller.now = Date.parse('2020-09-17T16:00:00.000Z');
    expect(caller.use(caller.token())).toBeUndefined();
  });

  it('one busy answer', () => {
    const caller = new Caller({ busyOnce: true });
    const codes = [1, 2, 3, 4].map(() => caller.call(LIST, { offset: 0, count: 20 }).errcode);
    expect(codes).toEqual([undefined, undefined, -1, undefined]);
  });
});

describe('answers', () => {
  it('statistics list what was read until yesterday, with ids by which comments can be asked', () => {
    const caller = new Caller({ spanDays: 31 });
    const { list } = caller.call(DETAIL, { begin_date: '2020-09-01', end_date: '2020-09-16' }) as {
      list: { ref_date: string; msgid: string }[];
    };
    expect(list.map((row) => row.ref_date)).toEqual(['2020-09-10', '2020-09-02']);
    expect(
      caller.call(COMMENTS, {
        msg_data_id: Number(list[0]!.msgid.split('_')[0]),
        begin: 0,
        count: 10,
      }),
    ).toEqual({ total: 0, comment: [] });
  });

  it('the quiet list pages, and marks what was deleted', () => {
    const caller = new Caller();
    const page = caller.call(LIST, { offset: 1, count: 2, no_content: 1 }) as {
      total_count: number;
      item_count: number;
    };
    expect(page).toMatchObject({ total_count: 3, item_count: 2 });
    expect(JSON.stringify(caller.call(LIST, { offset: 0, count: 20 }))).toContain(
      '"is_deleted":true',
    );
  });

  it('spells deletion as the plan says, and is late when it says so', () => {
    const caller = new Caller({ deletedField: 'is_delete', isDelayed: true });
    const list = JSON.stringify(caller.call(LIST, { offset: 0, count: 20 }));
    expect(list).toContain('"is_delete":true');
    expect(list).not.toContain('is_deleted');
    const day = { begin_date: '2020-09-10', end_date: '2020-09-10' };
    expect(caller.call(DETAIL, day).is_delay).toBe(true);
  });

  it('comments come in pages, with replies and their times', () => {
    const reply = { content: '已转办', at: '2020-09-11 09:00' };
    const comments = [
      { content: '何时修路', at: '2020-09-10 12:00', reply },
      { content: '谢谢', at: '2020-09-12 12:00' },
    ];
    const caller = new Caller({ posts: [post('2020-09-10', { comments })] });
    const ask = (begin: number): Answer =>
      caller.call(COMMENTS, { msg_data_id: 2_247_480_001, index: 0, begin, count: 1, type: 0 });
    expect(ask(0)).toMatchObject({
      total: 2,
      comment: [
        {
          create_time: 1_599_710_400,
          content: '何时修路',
          reply: { content: '已转办', create_time: 1_599_786_000 },
        },
      ],
    });
    expect(ask(1)).toMatchObject({ total: 2, comment: [{ content: '谢谢' }] });
  });

  it('a greeting is no automatic reply, and a closed menu has no buttons', () => {
    const caller = new Caller({ menu: false });
    const token = caller.token();
    expect(caller.send(MENU, '', token, 'GET')).toMatchObject({
      is_menu_open: 0,
      selfmenu_info: { button: [] },
    });
    expect(caller.send('/cgi-bin/get_current_autoreply_info', '', token, 'GET')).toMatchObject({
      is_add_friend_reply_open: 1,
      is_autoreply_open: 0,
    });
  });
});
