import { describe, expect, it } from 'vitest';
import type { DouyinPlan, DouyinWork } from './douyin-plan.ts';
import { DouyinSimulator } from './simulate-douyin.ts';

const LIST = '/api/douyin/v1/video/video_list/';
const DAY_MS = 86_400_000;
const START = Date.parse('2020-09-17T04:00:00Z');
const work = (at: number, more: Partial<DouyinWork> = {}): DouyinWork => ({
  title: `第${at}个`,
  on: '2020-09-10',
  time: `12:${String(at).padStart(2, '0')}`,
  pinned: false,
  reviewed: true,
  ...more,
});
const PLAN: DouyinPlan = {
  baseUrl: 'http://douyin-api.province.test',
  clientKey: 'key',
  openId: 'open',
  accessToken: 'act.1',
  refreshToken: 'rft.1',
  accessAgeDays: 0,
  refreshAgeDays: 0,
  renewalsLeft: 5,
  mayRenew: true,
  works: Array.from({ length: 30 }, (_, at) => work(59 - at)),
  callsPerDay: null,
  busyOnce: false,
  refusal: null,
};

class Caller {
  now = START;
  readonly #simulator: DouyinSimulator;
  constructor(more: Partial<DouyinPlan> = {}) {
    this.#simulator = new DouyinSimulator([{ ...PLAN, ...more }], { now: () => this.now });
  }
  list(query: Record<string, string> = {}, token = 'act.1'): Readonly<Record<string, unknown>> {
    const params = new URLSearchParams({ open_id: 'open', cursor: '0', count: '20', ...query });
    const headers = { 'access-token': token };
    const reply = this.#simulator.answer({
      method: 'GET',
      path: LIST,
      query: params,
      headers,
      body: '',
    });
    expect(reply.status).toBe(200);
    return reply.body.data as Record<string, unknown>;
  }
  post(
    path: string,
    form: Record<string, string>,
    method = 'POST',
  ): Readonly<Record<string, unknown>> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams(form).toString();
    const reply = this.#simulator.answer({
      method,
      path,
      query: new URLSearchParams(),
      headers,
      body,
    });
    expect(reply.status).toBe(200);
    return reply.body.data as Record<string, unknown>;
  }
  refresh(token = 'rft.1', more: Record<string, string> = {}) {
    const form = { client_key: 'key', grant_type: 'refresh_token', refresh_token: token, ...more };
    return this.post('/oauth/refresh_token/', form);
  }
  renew(token = 'rft.1') {
    return this.post('/oauth/renew_refresh_token/', { client_key: 'key', refresh_token: token });
  }
}

describe('the list', () => {
  it('pages by its cursor until it says that there is no more', () => {
    const caller = new Caller();
    const first = caller.list();
    const second = caller.list({ cursor: String(first.cursor) });
    expect([first.has_more, (first.list as unknown[]).length]).toEqual([true, 20]);
    expect([second.has_more, (second.list as unknown[]).length]).toEqual([false, 10]);
  });

  it('what is pinned stands first, on the first page only', () => {
    const caller = new Caller({ works: [work(1, { pinned: true }), ...PLAN.works] });
    const first = caller.list();
    expect((first.list as { is_top: boolean }[])[0]).toMatchObject({
      is_top: true,
      item_id: expect.stringMatching(/^@/),
    });
    const second = caller.list({ cursor: String(first.cursor) });
    expect((second.list as { is_top: boolean }[]).some((each) => each.is_top)).toBe(false);
  });

  it.each<[string, Record<string, string>, string, number]>([
    ['21 at once', { count: '21' }, 'act.1', 2100005],
    ['none at once', { count: '0' }, 'act.1', 2100005],
    ['a cursor that is none', { cursor: 'x' }, 'act.1', 2100005],
    ['another’s open_id', { open_id: 'other' }, 'act.1', 28001015],
    ['a token that is none', {}, 'act.9', 2190002],
  ])('refuses %s', (_name, query, token, code) => {
    expect(new Caller().list(query, token)).toMatchObject({ error_code: code });
  });

  it('has a quota that begins anew on the next day in Shanghai', () => {
    const caller = new Caller({ callsPerDay: 1 });
    expect([caller.list(), caller.list()].map((data) => data.error_code)).toEqual([0, 2190001]);
    caller.now = Date.parse('2020-09-17T16:00:00Z');
    expect(caller.list().error_code).toBe(0);
  });

  it('one busy answer', () => {
    const caller = new Caller({ busyOnce: true });
    expect([caller.list(), caller.list()].map((data) => data.error_code)).toEqual([2100004, 0]);
  });
});

describe('tokens', () => {
  it('an access token lives fifteen days; refreshed while it lives it stays the same, later it is another', () => {
    const caller = new Caller();
    expect(caller.refresh().access_token).toBe('act.1');
    caller.now += 15 * DAY_MS;
    expect(caller.list().error_code).toBe(2190008);
    const next = String(caller.refresh().access_token);
    expect(caller.list({}, next).error_code).toBe(0);
    expect(caller.list().error_code).toBe(2190002);
  });

  it('a refresh token lives thirty days, however often it is used', () => {
    const caller = new Caller();
    caller.now += 29 * DAY_MS;
    expect(caller.refresh().error_code).toBe(0);
    caller.now += DAY_MS;
    expect(caller.refresh().error_code).toBe(10010);
  });

  it('is renewed five times, each time another', () => {
    const caller = new Caller();
    let token = 'rft.1';
    for (let times = 0; times < 5; times += 1) token = String(caller.renew(token).refresh_token);
    expect(caller.renew(token).error_code).toBe(10020);
    expect(caller.renew('rft.1').error_code).toBe(10010);
  });

  it.each<[string, (caller: Caller) => Readonly<Record<string, unknown>>, number]>([
    ['no client_key', (caller) => caller.refresh('rft.1', { client_key: '' }), 10005],
    ['another client_key', (caller) => caller.refresh('rft.1', { client_key: 'x' }), 10003],
    ['another grant', (caller) => caller.refresh('rft.1', { grant_type: 'code' }), 10005],
    ['GET', (caller) => caller.post('/oauth/refresh_token/', {}, 'GET'), 10005],
    ['an unknown path', (caller) => caller.post('/oauth/x/', {}), 28001017],
  ])('refuses %s', (_name, call, code) => {
    expect(call(new Caller())).toMatchObject({ error_code: code });
  });

  it('an application without the right cannot renew', () => {
    expect(new Caller({ mayRenew: false }).renew()).toMatchObject({ error_code: 10004 });
  });
});
