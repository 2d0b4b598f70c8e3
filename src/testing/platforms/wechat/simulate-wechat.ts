import { type Answer, answerCall, type CallSpec, OWNER_CALLS } from './answer-call.ts';
import { CallQuotas } from './call-quotas.ts';
import { refuse } from './refuse.ts';
import { SimulatedComponent } from './simulate-component.ts';
import { newSession, type Session, TokenBook } from './token-book.ts';
import type { ComponentPlan, WechatPlan } from './wechat-plan.ts';

export interface WechatRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  /** Where the request comes from, for accounts that allow only some addresses. */
  readonly address?: string;
}

export interface SimulatorOptions {
  /** A clock that a test moves: tokens end and quotas begin anew by it. Not the day that the statistics stand on. */
  readonly now?: () => number;
  readonly component?: ComponentPlan;
}

/** The call after which an account's platform is busy once. */
const BUSY_AT = 3;
const STABLE = '/cgi-bin/stable_token';
const ORDINARY = '/cgi-bin/token';

/**
 * The owner interfaces of the official-account platform for all accounts of a province, told apart by AppID and token
 * (new-media-apis §2), and the third-party platform to which they may give authorisations. Refuses as the real one does;
 * always HTTP 200. Its state are tokens, counts and authorisations.
 */
export class WechatSimulator {
  readonly #byAppId: ReadonlyMap<string, Session>;
  readonly #tokens: TokenBook;
  readonly #quotas: CallQuotas;
  readonly #component: SimulatedComponent | null;

  constructor(plans: readonly WechatPlan[], options: SimulatorOptions = {}) {
    const now = options.now ?? Date.now;
    this.#byAppId = new Map(plans.map((plan) => [plan.appId, newSession(plan)]));
    this.#tokens = new TokenBook(now);
    this.#quotas = new CallQuotas(now);
    this.#component = options.component
      ? new SimulatedComponent(options.component, this.#byAppId, this.#tokens, now)
      : null;
  }

  /** What people do and the platform pushes: tickets, scans, withdrawals. Only with a component in the options. */
  get component(): SimulatedComponent {
    if (!this.#component) throw new Error('no component was planned');
    return this.#component;
  }

  answer(request: WechatRequest): Answer {
    const { path, method } = request;
    if (this.#component && path.startsWith('/cgi-bin/component/'))
      return method === 'POST'
        ? this.#component.answer(path, request.query, readBody(request.body))
        : refuse(43002, 'require POST method');
    if (path === ORDINARY) return this.#ordinaryToken(request);
    const spec: Pick<CallSpec, 'method'> | undefined =
      path === STABLE ? { method: 'POST' } : OWNER_CALLS[path];
    if (spec === undefined) return refuse(40066, 'invalid url');
    if (spec.method !== method)
      return method === 'POST'
        ? refuse(43001, 'require GET method')
        : refuse(43002, 'require POST method');
    return path === STABLE ? this.#stableToken(request) : this.#call(request);
  }

  #call({ path, method, query, body: text }: WechatRequest): Answer {
    const granted = this.#tokens.find(query.get('access_token'));
    if ('errcode' in granted) return granted;
    const { session, sets } = granted;
    session.calls += 1;
    if (session.calls === BUSY_AT && session.busyLeft > 0) {
      session.busyLeft = 0;
      return refuse(-1, 'system error');
    }
    const { plan } = session;
    if (plan.limited === 50002) return refuse(50002, 'user limited');
    if (plan.limited === 48004) return refuse(48004, 'api forbidden for irregularities');
    if (sets && !OWNER_CALLS[path]!.sets.some((set) => sets.has(set)))
      return refuse(61007, 'api is unauthorized to component');
    const body = method === 'GET' ? {} : readBody(text);
    if ('errcode' in body) return body;
    return this.#quotas.take(plan, path) ?? answerCall(plan, path, body);
  }

  #stableToken({ body: text, address }: WechatRequest): Answer {
    const body = readBody(text);
    if ('errcode' in body) return body;
    const session = this.#session(body.grant_type, body.appid, body.secret, address);
    if ('errcode' in session) return session;
    return (
      this.#quotas.take(session.plan, STABLE) ??
      this.#tokens.stable(session, body.force_refresh === true)
    );
  }

  #ordinaryToken({ method, query, address }: WechatRequest): Answer {
    if (method !== 'GET') return refuse(43001, 'require GET method');
    const [grant, appId, secret] = ['grant_type', 'appid', 'secret'].map((name) => query.get(name));
    const session = this.#session(grant, appId, secret, address);
    if ('errcode' in session) return session;
    return this.#quotas.take(session.plan, ORDINARY) ?? this.#tokens.ordinary(session);
  }

  #session(
    grant: unknown,
    appId: unknown,
    secret: unknown,
    address: string | undefined,
  ): Session | (Answer & { readonly errcode: number }) {
    if (grant !== 'client_credential') return refuse(40002, 'invalid grant_type');
    if (!appId) return refuse(41002, 'appid missing');
    if (!secret) return refuse(41004, 'appsecret missing');
    const session = this.#byAppId.get(String(appId));
    if (!session) return refuse(40013, 'invalid appid');
    const { plan } = session;
    if (plan.appSecret !== secret) return refuse(40125, 'invalid appsecret');
    if (plan.frozen) return refuse(40243, 'AppSecret is frozen, unfreeze it in the console');
    if (address !== undefined && plan.allowedAddresses?.includes(address) === false)
      return refuse(40164, `invalid ip ${address} ipv6 ::ffff:${address}, not in whitelist`);
    return session;
  }
}

function readBody(text: string): Answer | (Answer & { readonly errcode: number }) {
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
