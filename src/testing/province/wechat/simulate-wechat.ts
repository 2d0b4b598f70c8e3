import { createHash } from 'node:crypto';
import { type Answer, answerCall } from './answer-call.ts';
import { refuse } from './refuse.ts';
import type { WechatPlan } from './wechat-plan.ts';

export interface WechatRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** What the platform remembers of one account. */
interface Session {
  readonly plan: WechatPlan;
  token: string;
  issued: number;
  calls: number;
  busyLeft: number;
}

const TOKEN_SECONDS = 7200;
/** The call after which an account's platform is busy once. */
const BUSY_AT = 3;

/**
 * The owner interfaces of the official-account platform for all accounts of a province, told apart by AppID and token
 * (new-media-apis §2). Refuses as the real one does; always HTTP 200. Its only state are tokens.
 */
export class WechatSimulator {
  readonly #byAppId: ReadonlyMap<string, Session>;
  readonly #byToken = new Map<string, Session>();

  constructor(plans: readonly WechatPlan[]) {
    this.#byAppId = new Map(
      plans.map((plan) => [
        plan.appId,
        { plan, token: '', issued: 0, calls: 0, busyLeft: plan.busyOnce ? 1 : 0 },
      ]),
    );
  }

  answer(request: WechatRequest): Answer {
    const isToken = request.path === '/cgi-bin/stable_token';
    const method = isToken ? 'POST' : METHODS[request.path];
    if (method === undefined) return refuse(40066, 'invalid url');
    if (method !== request.method)
      return method === 'POST'
        ? refuse(43002, 'require POST method')
        : refuse(43001, 'require GET method');
    if (!isToken) {
      const session = this.#authorise(request.query.get('access_token'));
      if ('errcode' in session) return session;
      return method === 'GET'
        ? answerCall(session.plan, request.path, {})
        : this.#post(session.plan, request);
    }
    const body = readBody(request.body);
    return 'errcode' in body ? body : this.#stableToken(body);
  }

  #post(plan: WechatPlan, request: WechatRequest): Answer {
    const body = readBody(request.body);
    return 'errcode' in body ? body : answerCall(plan, request.path, body);
  }

  #stableToken(body: Answer): Answer {
    if (body.grant_type !== 'client_credential') return refuse(40002, 'invalid grant_type');
    if (!body.appid) return refuse(41002, 'appid missing');
    if (!body.secret) return refuse(41004, 'appsecret missing');
    const session = this.#byAppId.get(String(body.appid));
    if (!session) return refuse(40013, 'invalid appid');
    if (session.plan.appSecret !== body.secret) return refuse(40125, 'invalid appsecret');
    if (session.plan.frozen)
      return refuse(40243, 'AppSecret is frozen, unfreeze it in the console');
    if (session.token === '' || this.#isExpired(session) || body.force_refresh === true)
      this.#renew(session);
    return { access_token: session.token, expires_in: TOKEN_SECONDS };
  }

  #authorise(token: string | null): Session | (Answer & { errcode: number }) {
    if (!token) return refuse(41001, 'access_token missing');
    const session = this.#byToken.get(token);
    if (!session || session.token !== token) {
      return refuse(40001, 'invalid credential, access_token is invalid or not latest');
    }
    if (this.#isExpired(session)) return refuse(42001, 'access_token expired');
    session.calls += 1;
    if (session.calls === BUSY_AT && session.busyLeft > 0) {
      session.busyLeft = 0;
      return refuse(-1, 'system error');
    }
    return session;
  }

  /** Only the first token of an account ages while a round is under way. */
  #isExpired({ plan, issued, calls }: Session): boolean {
    return plan.tokenCalls !== null && issued === 1 && calls >= plan.tokenCalls;
  }

  #renew(session: Session): void {
    session.issued += 1;
    const mark = `${session.plan.appId} ${session.plan.appSecret} ${session.issued}`;
    // As long as the platform's own: 136 characters.
    const digest = createHash('sha512').update(mark).digest('base64url');
    session.token = `${session.issued}_${digest}${digest}`.slice(0, 136);
    this.#byToken.set(session.token, session);
  }
}

const METHODS: Readonly<Record<string, 'GET' | 'POST'>> = {
  '/datacube/getarticletotaldetail': 'POST',
  '/cgi-bin/freepublish/batchget': 'POST',
  '/cgi-bin/get_current_selfmenu_info': 'GET',
  '/cgi-bin/get_current_autoreply_info': 'GET',
  '/cgi-bin/comment/list': 'POST',
};

function readBody(text: string): Answer | (Answer & { errcode: number }) {
  if (text === '') return refuse(44002, 'empty post data');
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Answer;
  } catch {
    return refuse(47001, 'data format error');
  }
  return refuse(47001, 'data format error');
}
