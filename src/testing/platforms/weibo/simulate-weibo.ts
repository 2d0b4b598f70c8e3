import type { PlatformCall, PlatformReply, PlatformSimulator } from '../platform-call.ts';
import type { WeiboPlan, WeiboPost } from './weibo-plan.ts';
import { statusId, writeStatus } from './write-status.ts';

const OWN = '/2/statuses/user_timeline/biz.json';
const OTHER = '/2/statuses/user_timeline/other.json';
/** open.weibo.com wiki: at most so many posts a page; what is more is treated as so many. */
const OWN_COUNT_MAX = 100;
const OTHER_COUNT_MAX = 25;
/** With a time range. */
const RANGE_COUNT_MAX = 20;
const COUNT_DEFAULT = 20;
/** Commercial interfaces: calls an hour and address. */
const CALLS_PER_HOUR_AND_ADDRESS = 50_000;
/** An application that was not reviewed may be used by so many test accounts (Weibo's page on rates). */
const TEST_ACCOUNTS_MAX = 15;
const HOUR_MS = 3_600_000;

interface Session {
  readonly plan: WeiboPlan;
  /** Among the application's accounts, in the order in which they authorised. */
  readonly place: number;
  hour: number;
  calls: number;
  busyLeft: number;
}

export interface WeiboSimulatorOptions {
  readonly now?: () => number;
  readonly callsPerHourAndAddress?: number;
}

/** Weibo's timelines for all accounts of a province, told apart by token (new-media-apis §3). Refuses as the real one does. */
export class WeiboSimulator implements PlatformSimulator {
  readonly #byToken: ReadonlyMap<string, Session>;
  readonly #byUid: ReadonlyMap<string, WeiboPlan>;
  readonly #now: () => number;
  readonly #perAddress: number;
  #hour = 0;
  #calls = 0;

  constructor(plans: readonly WeiboPlan[], options: WeiboSimulatorOptions = {}) {
    this.#byToken = new Map(
      plans.map((plan, place) => [
        plan.accessToken,
        { plan, place, hour: 0, calls: 0, busyLeft: plan.busyOnce ? 1 : 0 },
      ]),
    );
    this.#byUid = new Map(plans.map((plan) => [plan.uid, plan]));
    this.#now = options.now ?? Date.now;
    this.#perAddress = options.callsPerHourAndAddress ?? CALLS_PER_HOUR_AND_ADDRESS;
  }

  answer(call: PlatformCall): PlatformReply {
    const { path, method, query } = call;
    const refuse = (code: number, error: string, status = 400): PlatformReply => ({
      status,
      body: { error, error_code: code, request: path },
    });
    if (path !== OWN && path !== OTHER) return refuse(10020, 'Request api not found', 404);
    if (method !== 'GET') return refuse(10021, 'HTTP method is not suported for this request');
    const refused = this.#admit(query.get('access_token'));
    if (refused) return refuse(refused.code, refused.error, 403);
    const session = this.#byToken.get(query.get('access_token')!)!;
    if (session.busyLeft > 0) {
      session.busyLeft -= 1;
      return refuse(10009, 'Too many pending tasks, system is busy', 503);
    }
    if (path === OWN) return ownTimeline(session.plan, query, refuse);
    const uid = query.get('uid');
    if (!uid) return refuse(10016, 'Miss required parameter (uid) , see doc for more info');
    const other = this.#byUid.get(uid);
    if (!other || other.banned) return refuse(20003, 'User does not exists!');
    return otherTimeline(other, query, refuse);
  }

  #admit(token: string | null): { code: number; error: string } | null {
    if (!token) return { code: 10006, error: 'Source paramter (appkey) is missing' };
    const session = this.#byToken.get(token);
    if (!session) return { code: 21332, error: 'invalid_access_token' };
    const { plan, place } = session;
    if (plan.token === 'expired') return { code: 21327, error: 'expired_token' };
    if (plan.token === 'revoked') return { code: 21319, error: 'Accessor was revoked' };
    if (plan.banned) return { code: 10013, error: 'Invalid weibo user' };
    if (!plan.reviewed && place >= TEST_ACCOUNTS_MAX)
      return { code: 21321, error: 'applications over the unaudited use restrictions!' };
    if (!plan.granted) return { code: 10014, error: 'Insufficient app permissions' };
    return this.#count(session);
  }

  #count(session: Session): { code: number; error: string } | null {
    const hour = Math.floor(this.#now() / HOUR_MS);
    if (this.#hour !== hour) [this.#hour, this.#calls] = [hour, 0];
    if (session.hour !== hour) [session.hour, session.calls] = [hour, 0];
    this.#calls += 1;
    session.calls += 1;
    if (this.#calls > this.#perAddress)
      return { code: 10022, error: 'IP requests out of rate limit' };
    const { callsPerHour } = session.plan;
    return callsPerHour !== null && session.calls > callsPerHour
      ? { code: 10023, error: 'User requests out of rate limit' }
      : null;
  }
}

type Refuse = (code: number, error: string, status?: number) => PlatformReply;

function ownTimeline(plan: WeiboPlan, query: URLSearchParams, refuse: Refuse): PlatformReply {
  return page(plan, plan.posts, query, OWN_COUNT_MAX, refuse);
}

/** Of others nobody sees what was taken back, or what only its author may see. */
function otherTimeline(plan: WeiboPlan, query: URLSearchParams, refuse: Refuse): PlatformReply {
  const shown = plan.posts.filter((post) => !post.deleted && !post.secret);
  const isRange = query.has('start_time') || query.has('end_time');
  const [from, to] = [Number(query.get('start_time') ?? 0), Number(query.get('end_time') ?? 1e12)];
  const within = shown.filter((post) => {
    const second = Date.parse(`${post.on}T${post.time}:17+08:00`) / 1000;
    return second > from && second < to;
  });
  return page(
    plan,
    isRange ? within : shown,
    query,
    isRange ? RANGE_COUNT_MAX : OTHER_COUNT_MAX,
    refuse,
  );
}

function page(
  plan: WeiboPlan,
  posts: readonly WeiboPost[],
  query: URLSearchParams,
  countMax: number,
  refuse: Refuse,
): PlatformReply {
  const [count, number] = [asked(query, 'count', COUNT_DEFAULT), asked(query, 'page', 1)];
  const maxId = query.get('max_id') ?? '0';
  if (count === null || number === null || !/^\d{1,19}$/.test(maxId))
    return refuse(10017, "Parameter (count)'s value invalid, see doc for more info");
  // Only the first page has what is pinned, and it stands first there.
  const isFirst = maxId === '0' && number === 1;
  const pinned = posts.filter((post) => post.pinned);
  const others = posts.filter((post) => !post.pinned);
  const below = others.filter((post) => maxId === '0' || statusId(plan, post) <= BigInt(maxId));
  const size = Math.min(count, countMax);
  const start = (number - 1) * size;
  const shown = [...(isFirst ? pinned : []), ...below.slice(start, start + size)];
  const statuses = shown.slice(0, size).map((post) => writeStatus(plan, post));
  return {
    status: 200,
    body: {
      statuses,
      hasvisible: false,
      previous_cursor: 0,
      next_cursor: 0,
      total_number: posts.length,
    },
  };
}

/** A positive number; null when what was asked is none. */
function asked(query: URLSearchParams, name: string, otherwise: number): number | null {
  const text = query.get(name);
  if (text === null) return otherwise;
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}
