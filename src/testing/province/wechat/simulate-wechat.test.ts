import { describe, expect, it } from 'vitest';
import type { Answer } from './answer-call.ts';
import { WechatSimulator } from './simulate-wechat.ts';
import type { WechatPlan, WechatPost } from './wechat-plan.ts';

const post = (on: string, more: Partial<WechatPost> = {}): WechatPost => ({
  title: '公告',
  on,
  time: '00:10',
  quiet: false,
  counted: true,
  deleted: false,
  ...more,
});

const PLAN: WechatPlan = {
  baseUrl: 'http://weixin-api.province.test',
  appId: 'wx1',
  appSecret: 'secret',
  today: '2020-09-17',
  posts: [
    post('2020-09-17', { quiet: true, counted: false }),
    post('2020-09-10'),
    post('2020-09-02', { quiet: true }),
    post('2020-09-15', { quiet: true, counted: false, deleted: true }),
  ],
  spanDays: 7,
  isDelayed: false,
  withheld: [],
  menu: true,
  autoReply: false,
  comments: true,
  tokenCalls: null,
  busyOnce: false,
  frozen: false,
};

const CREDENTIALS = {
  grant_type: 'client_credential',
  appid: 'wx1',
  secret: 'secret',
  force_refresh: false,
};
const DETAIL = '/datacube/getarticletotaldetail';
const LIST = '/cgi-bin/freepublish/batchget';
const MENU = '/cgi-bin/get_current_selfmenu_info';
const COMMENTS = '/cgi-bin/comment/list';

class Caller {
  readonly #simulator: WechatSimulator;
  constructor(more: Partial<WechatPlan> = {}) {
    this.#simulator = new WechatSimulator([{ ...PLAN, ...more }]);
  }
  send(path: string, body: string, token: string | null = null, method = 'POST'): Answer {
    return this.#simulator.answer({
      method,
      path,
      query: new URLSearchParams(token === null ? {} : { access_token: token }),
      body,
    });
  }
  token(more: object = {}): string {
    return String(
      this.send('/cgi-bin/stable_token', JSON.stringify({ ...CREDENTIALS, ...more })).access_token,
    );
  }
  call(path: string, body: object, token = this.token()): Answer {
    return this.send(path, JSON.stringify(body), token);
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
    ['fifty comments', COMMENTS, { msg_data_id: 1, count: 50 }, 40097],
    ['comments of no article', COMMENTS, { msg_data_id: 1, count: 10 }, 88001],
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
    expect(caller.call(COMMENTS, { msg_data_id: 1, count: 10 }).errcode).toBe(88000);
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
      caller.call(COMMENTS, { msg_data_id: Number(list[0]!.msgid.split('_')[0]), count: 10 }),
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
