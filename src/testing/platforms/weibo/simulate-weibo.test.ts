import { describe, expect, it } from 'vitest';
import type { PlatformReply } from '../platform-call.ts';
import { WeiboSimulator, type WeiboSimulatorOptions } from './simulate-weibo.ts';
import type { WeiboPlan, WeiboPost } from './weibo-plan.ts';

const OWN = '/2/statuses/user_timeline/biz.json';
const OTHER = '/2/statuses/user_timeline/other.json';
const post = (minute: number, more: Partial<WeiboPost> = {}): WeiboPost => ({
  text: `第${minute}条`,
  on: '2020-09-10',
  time: `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
  repost: false,
  pinned: false,
  deleted: false,
  secret: false,
  ...more,
});
const POSTS = Array.from({ length: 130 }, (_, at) => post(200 - at));
const plan = (at: number, more: Partial<WeiboPlan> = {}): WeiboPlan => ({
  baseUrl: 'http://weibo-api.province.test',
  uid: String(2_000_000_000 + at),
  name: '清溪发布',
  accessToken: `t${at}`,
  token: 'good',
  posts: POSTS,
  callsPerHour: null,
  granted: true,
  reviewed: true,
  busyOnce: false,
  banned: false,
  ...more,
});

function ask(
  simulator: WeiboSimulator,
  query: Record<string, string>,
  path = OWN,
  method = 'GET',
): PlatformReply {
  return simulator.answer({
    method,
    path,
    query: new URLSearchParams(query),
    headers: {},
    body: '',
  });
}
const of = (more: Partial<WeiboPlan> = {}, options: WeiboSimulatorOptions = {}): WeiboSimulator =>
  new WeiboSimulator([plan(0, more)], options);
const sizeOf = ({ body }: PlatformReply): number => (body.statuses as unknown[]).length;

describe('pages', () => {
  it.each<[string, Record<string, string>, number]>([
    ['20 unless asked', {}, 20],
    ['100 at the most', { count: '100' }, 100],
    ['more is treated as 100', { count: '500' }, 100],
    ['the second page', { count: '100', page: '2' }, 30],
  ])('of the own timeline: %s', (_name, query, size) => {
    expect(sizeOf(ask(of(), { access_token: 't0', ...query }))).toBe(size);
  });

  it.each<[string, Record<string, string>, number]>([
    ['25 at the most', { count: '100' }, 25],
    ['20 within a time range', { count: '100', start_time: '1000000000' }, 20],
  ])('of another’s: %s', (_name, query, size) => {
    const simulator = new WeiboSimulator([plan(0), plan(1)]);
    const reply = ask(simulator, { access_token: 't0', uid: '2000000001', ...query }, OTHER);
    expect(sizeOf(reply)).toBe(size);
  });

  it('go back by max_id, which is shown again, and spell their fields as documented', () => {
    const first = ask(of(), { access_token: 't0', count: '5' });
    const [, , , , last] = first.body.statuses as { idstr: string; created_at: string }[];
    const second = ask(of(), { access_token: 't0', count: '5', max_id: last!.idstr });
    expect((second.body.statuses as { idstr: string }[])[0]!.idstr).toBe(last!.idstr);
    expect(last!.created_at).toBe('Thu Sep 10 03:16:17 +0800 2020');
    expect(first.body.total_number).toBe(130);
  });

  it('what was taken back keeps its place only in the own timeline', () => {
    const posts = [post(9, { deleted: true }), post(8, { secret: true }), post(7)];
    const simulator = new WeiboSimulator([plan(0, { posts })]);
    expect(sizeOf(ask(simulator, { access_token: 't0' }))).toBe(3);
    expect(sizeOf(ask(simulator, { access_token: 't0', uid: '2000000000' }, OTHER))).toBe(1);
  });
});

describe('refusals', () => {
  const codeOf = ({ body }: PlatformReply): unknown => body.error_code;

  it.each<[string, PlatformReply, number, number]>([
    ['no token', ask(of(), {}), 10006, 403],
    ['an unknown token', ask(of(), { access_token: 'x' }), 21332, 403],
    ['an expired token', ask(of({ token: 'expired' }), { access_token: 't0' }), 21327, 403],
    ['a revoked token', ask(of({ token: 'revoked' }), { access_token: 't0' }), 21319, 403],
    ['a closed account', ask(of({ banned: true }), { access_token: 't0' }), 10013, 403],
    ['no right', ask(of({ granted: false }), { access_token: 't0' }), 10014, 403],
    ['a count that is none', ask(of(), { access_token: 't0', count: 'all' }), 10017, 400],
    ['no uid', ask(of(), { access_token: 't0' }, OTHER), 10016, 400],
    ['nobody’s uid', ask(of(), { access_token: 't0', uid: '1' }, OTHER), 20003, 400],
    ['POST', ask(of(), { access_token: 't0' }, OWN, 'POST'), 10021, 400],
    ['an unknown interface', ask(of(), { access_token: 't0' }, '/2/x.json'), 10020, 404],
  ])('%s', (_name, reply, code, status) => {
    expect([codeOf(reply), reply.status]).toEqual([code, status]);
    expect(reply.body).toHaveProperty('request');
  });

  it('an application that was not reviewed serves fifteen test accounts', () => {
    const plans = Array.from({ length: 16 }, (_, at) => plan(at, { reviewed: false }));
    const simulator = new WeiboSimulator(plans);
    expect(codeOf(ask(simulator, { access_token: 't14' }))).toBeUndefined();
    expect(codeOf(ask(simulator, { access_token: 't15' }))).toBe(21321);
  });

  it('limits of an account and of an address last until the next hour', () => {
    let now = Date.parse('2020-09-17T04:30:00Z');
    const simulator = new WeiboSimulator([plan(0, { callsPerHour: 1 }), plan(1)], {
      now: () => now,
      callsPerHourAndAddress: 3,
    });
    const codes = ['t0', 't0', 't1', 't1'].map((access_token) =>
      codeOf(ask(simulator, { access_token })),
    );
    expect(codes).toEqual([undefined, 10023, undefined, 10022]);
    now = Date.parse('2020-09-17T05:00:00Z');
    expect(codeOf(ask(simulator, { access_token: 't0' }))).toBeUndefined();
  });

  it('one busy answer', () => {
    const simulator = of({ busyOnce: true });
    const codes = [1, 2].map(() => codeOf(ask(simulator, { access_token: 't0' })));
    expect(codes).toEqual([10009, undefined]);
  });
});
