import {
  addDays,
  type CalendarDate,
  type Instant,
  shanghaiDate,
  shanghaiText,
  startOfDay,
} from '../../../lib/pure/dates.ts';
import type { Secret } from '../../../lib/pure/secret.ts';
import type { SourceAlarm, SourceStanding } from '../source-gathered.ts';
import { NOT_ASKED, refusal, type WechatAnswer, type WechatRefusal } from './wechat-answer.ts';
import {
  knownLack,
  type WechatCapabilities,
  type WechatCapability,
} from './wechat-capabilities.ts';
import { actionOf, wordRefusal } from './wechat-errors.ts';
import type { WechatExchange } from './wechat-exchange.ts';
import { QUOTAS, type QuotaCounter, type WechatQuota } from './wechat-quotas.ts';
import type { TokenSource } from './wechat-tokens.ts';

interface ApiSpec {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly capability: WechatCapability;
  readonly quota: WechatQuota;
}

/** The interfaces that are asked, by the name under which a refusal is told (new-media-apis §2.2 to §2.4). */
const APIS = {
  getarticletotaldetail: {
    path: '/datacube/getarticletotaldetail',
    method: 'POST',
    capability: 'statistics',
    quota: QUOTAS.statistics,
  },
  'freepublish/batchget': {
    path: '/cgi-bin/freepublish/batchget',
    method: 'POST',
    capability: 'quietList',
    quota: QUOTAS.publishList,
  },
  get_current_selfmenu_info: {
    path: '/cgi-bin/get_current_selfmenu_info',
    method: 'GET',
    capability: 'menu',
    quota: QUOTAS.menu,
  },
  get_current_autoreply_info: {
    path: '/cgi-bin/get_current_autoreply_info',
    method: 'GET',
    capability: 'autoReply',
    quota: QUOTAS.autoReply,
  },
  'comment/list': {
    path: '/cgi-bin/comment/list',
    method: 'POST',
    capability: 'comments',
    quota: QUOTAS.comments,
  },
} as const satisfies Record<string, ApiSpec>;
export type WechatApi = keyof typeof APIS;

/** How an account stands after a visit; plain data that the caller stores and acts on. */
export interface WechatStanding extends SourceStanding {
  /** Everything known now; give it back at the next visit. */
  readonly capabilities: WechatCapabilities;
  /** Found missing in this visit. */
  readonly capabilitiesLost: readonly WechatCapability[];
  /** Interfaces that must rest, and until when. */
  readonly parked: readonly { readonly api: WechatApi | 'token'; readonly until: Instant }[];
}

/** Refused until the owner renews a secret or scans again; other alarms are mended elsewhere (new-media-apis §2.6). */
const EXPIRED: ReadonlySet<number> = new Set([40001, 40014, 42001, 61003, 61023]);

const BACK_OFF_MS = 60_000;

export interface ClientDeps {
  readonly exchange: WechatExchange;
  readonly tokens: TokenSource;
  readonly quotas: QuotaCounter;
  readonly capabilities: WechatCapabilities;
  readonly now: () => number;
}

/**
 * Asks the owner interfaces of one account and does what the error table says (wechat-errors.ts): a bad token is replaced once and
 * the call replayed once; what the account lacks, what is used up for today and an account that refuses everything is not asked
 * again. Nothing waits here but the short pauses of {@link WechatExchange}: waiting is told as `parkUntil`.
 */
export class WechatClient {
  readonly #deps: ClientDeps;
  #capabilities: WechatCapabilities;
  readonly #lost = new Set<WechatCapability>();
  readonly #parked = new Map<WechatApi | 'token', Instant>();
  #stopped = false;
  #alarm: SourceAlarm | null = null;
  #token: Secret | null = null;

  constructor(deps: ClientDeps) {
    this.#deps = deps;
    this.#capabilities = deps.capabilities;
  }

  get exchange(): WechatExchange {
    return this.#deps.exchange;
  }

  /** Days that the statistics take at once, as far as we were taught by refusals; null = not yet refused. */
  get spanDays(): number | null {
    return this.#capabilities.statistics?.spanDays ?? null;
  }

  learnSpan(spanDays: number): void {
    const { statistics } = this.#capabilities;
    if (statistics)
      this.#capabilities = { ...this.#capabilities, statistics: { ...statistics, spanDays } };
  }

  get standing(): WechatStanding {
    const parked = [...this.#parked].map(([api, until]) => ({ api, until }));
    return {
      state: this.#state(),
      capabilities: this.#capabilities,
      capabilitiesLost: [...this.#lost],
      parked,
      parkUntil: parked.reduce<Instant | null>(
        (latest, { until }) => (latest === null || until > latest ? until : latest),
        null,
      ),
      alarm: this.#alarm,
    };
  }

  #state(): SourceStanding['state'] {
    if (this.#alarm) return EXPIRED.has(this.#alarm.errcode) ? 'expired' : 'stopped';
    if (this.#parked.size > 0) return 'waiting';
    const { statistics, quietList } = this.#capabilities;
    return statistics?.has === false && quietList?.has === false ? 'lacking' : 'working';
  }

  /** Gets a token; null means that calls may begin. */
  async connect(): Promise<WechatRefusal | null> {
    return this.#renew(null);
  }

  async call(api: WechatApi, body?: unknown): Promise<WechatAnswer> {
    const barred = this.#barred(api);
    if (barred) return barred;
    let answer = await this.#send(api, body);
    if (!answer.ok && actionOf(answer.errcode) === 'refresh-token') {
      const refused = await this.#renew(this.#token);
      if (refused) return refused;
      answer = await this.#send(api, body);
      if (!answer.ok && actionOf(answer.errcode) === 'refresh-token')
        this.#stopFor(answer, 'owner');
    }
    await this.#learn(api, answer);
    return answer;
  }

  #barred(api: WechatApi): WechatRefusal | null {
    if (this.#stopped) return refusal(NOT_ASKED, '前面的调用已被拒绝，没有再问');
    const until = this.#parked.get(api);
    if (until !== undefined)
      return refusal(NOT_ASKED, `${api} 在 ${shanghaiText(until)} 以后再调用`);
    const lack = knownLack(this.#capabilities, APIS[api].capability, this.#today());
    return lack === null ? null : refusal(lack, '不久前问过，账号没有这个接口的权限');
  }

  async #renew(refused: Secret | null): Promise<WechatRefusal | null> {
    const answer = await this.#deps.tokens.token(refused);
    if (answer.ok) {
      this.#token = answer.token;
      return null;
    }
    const action = actionOf(answer.errcode);
    this.#stopFor(answer, action === 'stop-operations' ? 'operations' : 'owner');
    if (action === 'park') this.#parked.set('token', this.#nextDay());
    if (action === 'back-off' || action === 'retry') this.#parked.set('token', this.#soon());
    return answer;
  }

  #send(api: WechatApi, body: unknown): Promise<WechatAnswer> {
    const { path, method, quota } = APIS[api];
    return this.#deps.exchange.send({
      path,
      method,
      body,
      archive: true,
      ...(this.#token ? { token: { name: 'access_token', value: this.#token } } : {}),
      admit: async () => {
        if (await this.#deps.quotas.take(this.#deps.tokens.appId, quota, this.#today()))
          return null;
        this.#parked.set(api, this.#nextDay());
        return refusal(
          NOT_ASKED,
          `今天调用 ${api} 的次数已用完（每天 ${quota.perDay} 次），次日零点恢复`,
        );
      },
    });
  }

  async #learn(api: WechatApi, answer: WechatAnswer): Promise<void> {
    const { capability, quota } = APIS[api];
    if (answer.ok) return this.#know(capability, 0);
    switch (actionOf(answer.errcode)) {
      case 'drop-capability':
        this.#lost.add(capability);
        return this.#know(capability, answer.errcode);
      case 'split-span':
      case 'none-there':
        return this.#know(capability, 0);
      case 'park':
        this.#parked.set(api, this.#nextDay());
        return this.#deps.quotas.exhaust(this.#deps.tokens.appId, quota, this.#today());
      case 'retry':
      case 'back-off':
        this.#parked.set(api, this.#soon());
        return;
      case 'stop-owner':
        return this.#stopFor(answer, 'owner');
      case 'stop-operations':
        return this.#stopFor(answer, 'operations');
      default:
    }
  }

  #know(name: WechatCapability, errcode: number): void {
    const known = { has: errcode === 0, errcode, checkedOn: this.#today() };
    const before = this.#capabilities[name];
    this.#capabilities = { ...this.#capabilities, [name]: { ...before, ...known } };
  }

  /** The account is asked nothing more. A platform that does not answer, and our own limits, are no one's to mend. */
  #stopFor(answer: WechatRefusal, audience: SourceAlarm['audience']): void {
    this.#stopped = true;
    if (['stop-owner', 'stop-operations', 'refresh-token'].includes(actionOf(answer.errcode)))
      this.#alarm ??= { errcode: answer.errcode, audience, message: wordRefusal(answer) };
  }

  #today(): CalendarDate {
    return shanghaiDate(this.#deps.now());
  }

  #nextDay(): Instant {
    return startOfDay(addDays(this.#today(), 1));
  }

  #soon(): Instant {
    return new Date(this.#deps.now() + BACK_OFF_MS).toISOString();
  }
}
