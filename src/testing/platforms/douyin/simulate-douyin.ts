import { createHash } from 'node:crypto';
import { shanghaiDate, shanghaiInstant } from '../../../lib/pure/dates.ts';
import type { PlatformCall, PlatformReply, PlatformSimulator } from '../platform-call.ts';
import type { DouyinPlan, DouyinWork } from './douyin-plan.ts';

const LIST = '/api/douyin/v1/video/video_list/';
const REFRESH = '/oauth/refresh_token/';
const RENEW = '/oauth/renew_refresh_token/';
const FORM = 'application/x-www-form-urlencoded';
/** Works of a page at the most (the sibling interface of the same platform documents 20). */
const COUNT_MAX = 20;
const DAY_MS = 86_400_000;
const ACCESS_DAYS = 15;
const REFRESH_DAYS = 30;

const WORDS: Readonly<Record<number, string>> = {
  10003: 'client_key 不存在',
  10004: '权限不足',
  10005: '缺少参数',
  10010: 'refresh_token 过期',
  10020: '超过刷新次数限制',
  2100004: '系统繁忙，此时请开发者稍候再试',
  2100005: '参数不合法',
  2190001: 'quota 已用完',
  2190002: 'access_token 无效',
  2190008: 'access_token 过期，请刷新或重新授权',
  28001015: '请求参数 access_token 和 openId 不匹配',
};

interface Session {
  readonly plan: DouyinPlan;
  access: string;
  accessEndsAt: number;
  refresh: string;
  refreshEndsAt: number;
  renewalsLeft: number;
  issued: number;
  day: string;
  calls: number;
  busyLeft: number;
}

/**
 * Douyin's list of own works and its token interfaces for all accounts of a province (new-media-apis §5). Always HTTP 200; a refusal
 * stands in `data` and `extra`. Its state are tokens and quotas.
 */
export class DouyinSimulator implements PlatformSimulator {
  readonly #sessions: readonly Session[];
  readonly #now: () => number;

  constructor(plans: readonly DouyinPlan[], options: { readonly now?: () => number } = {}) {
    this.#now = options.now ?? Date.now;
    const now = this.#now();
    this.#sessions = plans.map((plan) => ({
      plan,
      access: plan.accessToken,
      accessEndsAt: now + (ACCESS_DAYS - plan.accessAgeDays) * DAY_MS,
      refresh: plan.refreshToken,
      refreshEndsAt: now + (REFRESH_DAYS - plan.refreshAgeDays) * DAY_MS,
      renewalsLeft: plan.renewalsLeft,
      issued: 0,
      day: '',
      calls: 0,
      busyLeft: plan.busyOnce ? 1 : 0,
    }));
  }

  answer(call: PlatformCall): PlatformReply {
    if (call.path === LIST) return this.#list(call);
    if (call.path !== REFRESH && call.path !== RENEW) return this.#refuse(28001017);
    if (call.method !== 'POST' || call.headers['content-type'] !== FORM) return this.#refuse(10005);
    const form = new URLSearchParams(call.body);
    const [clientKey, refreshToken] = [form.get('client_key'), form.get('refresh_token')];
    if (!clientKey || !refreshToken) return this.#refuse(10005);
    const ofApp = this.#sessions.filter(({ plan }) => plan.clientKey === clientKey);
    if (ofApp.length === 0) return this.#refuse(10003);
    const session = ofApp.find(({ refresh }) => refresh === refreshToken);
    if (!session || session.refreshEndsAt <= this.#now()) return this.#refuse(10010);
    return call.path === REFRESH ? this.#refreshAccess(session, form) : this.#renew(session);
  }

  /** A token that still lives stays the same and lives longer; the refresh token lives no longer for it. */
  #refreshAccess(session: Session, form: URLSearchParams): PlatformReply {
    if (form.get('grant_type') !== 'refresh_token') return this.#refuse(10005);
    if (session.accessEndsAt <= this.#now()) session.access = this.#issue(session, 'act');
    session.accessEndsAt = this.#now() + ACCESS_DAYS * DAY_MS;
    return this.#give({
      access_token: session.access,
      refresh_token: session.refresh,
      open_id: session.plan.openId,
      scope: 'user_info,video.list.bind,renew_refresh_token',
      expires_in: String(ACCESS_DAYS * 86_400),
      refresh_expires_in: String(Math.round((session.refreshEndsAt - this.#now()) / 1000)),
    });
  }

  #renew(session: Session): PlatformReply {
    if (!session.plan.mayRenew) return this.#refuse(10004);
    if (session.renewalsLeft <= 0) return this.#refuse(10020);
    session.renewalsLeft -= 1;
    session.refresh = this.#issue(session, 'rft');
    session.refreshEndsAt = this.#now() + REFRESH_DAYS * DAY_MS;
    const expiresIn = String(REFRESH_DAYS * 86_400);
    return this.#give({ refresh_token: session.refresh, expires_in: expiresIn });
  }

  #issue(session: Session, kind: 'act' | 'rft'): string {
    session.issued += 1;
    const mark = `${session.plan.openId} ${session.plan.refreshToken} ${session.issued}`;
    return `${kind}.${createHash('sha256').update(mark).digest('hex')}`;
  }

  #list(call: PlatformCall): PlatformReply {
    const token = call.headers['access-token'];
    const openId = call.query.get('open_id');
    const session = this.#sessions.find(({ access }) => access === token);
    if (!session) return this.#refuse(2190002);
    if (session.accessEndsAt <= this.#now()) return this.#refuse(2190008);
    if (openId !== session.plan.openId) return this.#refuse(openId ? 28001015 : 2100005);
    if (session.plan.refusal !== null) return this.#refuse(session.plan.refusal);
    if (session.busyLeft > 0) {
      session.busyLeft -= 1;
      return this.#refuse(2100004);
    }
    if (!this.#isWithinQuota(session)) return this.#refuse(2190001);
    return this.#page(session.plan, call.query);
  }

  #isWithinQuota(session: Session): boolean {
    const today = shanghaiDate(this.#now());
    if (session.day !== today) [session.day, session.calls] = [today, 0];
    session.calls += 1;
    const { callsPerDay } = session.plan;
    return callsPerDay === null || session.calls <= callsPerDay;
  }

  /** The cursor is the time of the last work shown: pages follow each other although works come and go. */
  #page(plan: DouyinPlan, query: URLSearchParams): PlatformReply {
    const [cursor, count] = [query.get('cursor') ?? '0', Number(query.get('count'))];
    if (!/^\d{1,16}$/.test(cursor) || !(count >= 1 && count <= COUNT_MAX))
      return this.#refuse(2100005);
    const isFirst = cursor === '0';
    const pinned = isFirst ? plan.works.filter((work) => work.pinned) : [];
    const below = plan.works.filter(
      (work) => !work.pinned && (isFirst || millisOf(work) < Number(cursor)),
    );
    const shown = [...pinned, ...below].slice(0, count);
    const last = shown.findLast((work) => !work.pinned);
    const hasMore = shown.length < pinned.length + below.length;
    return this.#give({
      cursor: last ? millisOf(last) : Number(cursor),
      has_more: hasMore,
      list: shown.map((work) => writeWork(plan, work)),
    });
  }

  #give(data: Readonly<Record<string, unknown>>): PlatformReply {
    return this.#reply({ error_code: 0, description: '', ...data }, 0, '');
  }

  #refuse(code: number): PlatformReply {
    const words = WORDS[code] ?? '请求被拒绝';
    return this.#reply({ error_code: code, description: words }, code, words);
  }

  #reply(data: object, code: number, description: string): PlatformReply {
    const extra = {
      error_code: code,
      description,
      sub_error_code: 0,
      sub_description: '',
      logid: '202009171419360101980821035705926A',
      now: this.#now(),
    };
    return { status: 200, body: { data, extra, message: code === 0 ? 'success' : 'error' } };
  }
}

function writeWork(plan: DouyinPlan, work: DouyinWork): Readonly<Record<string, unknown>> {
  const id = `@${createHash('sha256').update(`${plan.openId} ${work.on} ${work.time}`).digest('base64')}`;
  return {
    item_id: id,
    title: work.title,
    cover: 'https://p3.example.test/cover.jpeg',
    create_time: millisOf(work) / 1000,
    is_top: work.pinned,
    is_reviewed: work.reviewed,
    media_type: 4,
    share_url: `https://www.iesdouyin.com/share/video/${millisOf(work)}/`,
    statistics: {
      play_count: work.reviewed ? 812 : 0,
      digg_count: 17,
      comment_count: 3,
      share_count: 2,
      download_count: 0,
      forward_count: 1,
    },
  };
}

const millisOf = ({ on, time }: DouyinWork): number =>
  Date.parse(shanghaiInstant(`${on} ${time}`)!);
