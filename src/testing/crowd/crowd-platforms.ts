import type { IncomingMessage, ServerResponse } from 'node:http';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { Secret } from '../../lib/pure/secret.ts';
import { openCallback } from '../../wechat/callback/open-callback.ts';
import { writeArticle } from '../platforms/article/write-article.ts';
import { DouyinSimulator } from '../platforms/douyin/simulate-douyin.ts';
import { servePlatform } from '../platforms/platform-call.ts';
import { wechatHandler } from '../platforms/wechat/serve-wechat.ts';
import { WechatSimulator } from '../platforms/wechat/simulate-wechat.ts';
import { COMPONENT } from '../platforms/wechat/wechat-plans.ts';
import { WeiboSimulator } from '../platforms/weibo/simulate-weibo.ts';
import { writeFeed } from '../province/feeds/write-feed.ts';
import { HOSTS, namesOf } from './crowd-names.ts';
import { type CrowdTime, douyinPlanOf, wechatPlanOf, weiboPlanOf } from './crowd-plans.ts';
import { CrowdPosts } from './crowd-posts.ts';
import type { CrowdAccount } from './plan-crowd.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The outside world of a crowd of accounts: the platforms' simulators, feeds and articles, told apart by host name. */
export class CrowdPlatforms {
  /** Requests by host (bridges and sites without their numbers), and refusals of platforms by `platform code`. */
  readonly counts = new Map<string, number>();
  /** What the third-party platform knows: its ticket, and the refresh token of every account that authorised it. */
  readonly authorised: Authorised;
  readonly #wechat: WechatSimulator;
  readonly #now: () => number;
  readonly #time: CrowdTime;
  readonly #byNr: ReadonlyMap<number, CrowdAccount>;
  readonly #platforms: ReadonlyMap<string, Handler>;

  /** The day of `now` is the first: what was used up then is there again on the next. */
  constructor(crowd: readonly CrowdAccount[], now: () => number) {
    this.#now = now;
    const firstDay = shanghaiDate(now());
    const time = { posts: new CrowdPosts(firstDay), firstDay, today: () => shanghaiDate(now()) };
    this.#time = time;
    this.#byNr = new Map(crowd.map((account) => [account.nr, account]));
    const plansOf = <Plan>(
      ways: readonly string[],
      planOf: (account: CrowdAccount, time: CrowdTime) => Plan,
    ): Plan[] => crowd.filter(({ way }) => ways.includes(way)).map((each) => planOf(each, time));
    const wechat = new WechatSimulator(plansOf(['owner', 'authorised'], wechatPlanOf), {
      now,
      component: COMPONENT,
    });
    this.#wechat = wechat;
    this.authorised = authorise(
      wechat,
      crowd.filter(({ way }) => way === 'authorised'),
      now(),
    );
    const weibo = new WeiboSimulator(plansOf(['weibo'], weiboPlanOf), { now });
    const douyin = new DouyinSimulator(plansOf(['douyin'], douyinPlanOf), { now });
    this.#platforms = new Map<string, Handler>([
      [HOSTS.wechat, wechatHandler(this.#counted('wechat', wechat))],
      [HOSTS.weibo, servePlatform(this.#counted('weibo', weibo))],
      [HOSTS.douyin, servePlatform(this.#counted('douyin', douyin))],
    ]);
  }

  /** What the third-party platform pushes every ten minutes. */
  pushTicket(): string {
    return ticketOf(this.#wechat, this.#now());
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    this.#count(host.replace(/\d+/, ''));
    const platform = this.#platforms.get(host);
    const account = this.#byNr.get(Number(/\d+/.exec(request.url ?? '')?.[0]));
    if (platform) platform(request, response);
    else if (!account) response.writeHead(404).end();
    else if (host === HOSTS.article) this.#answerArticle(account, response);
    else this.#answerFeed(account, response);
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** The same platform, its refusals counted. */
  #counted<Call, Reply extends object>(
    name: string,
    platform: { answer(call: Call): Reply },
  ): { answer(call: Call): Reply } {
    return {
      answer: (call) => {
        const reply = platform.answer(call);
        const code = refusalIn(reply);
        if (code !== 0) this.#count(`${name} ${code}`);
        return reply;
      },
    };
  }

  #answerArticle(account: CrowdAccount, response: ServerResponse): void {
    const { identity, accountId, name } = namesOf(account);
    const { title, on, time } = this.#postsOf(account).newestFirst[0]!;
    const page = writeArticle({
      ...{ path: '', biz: identity, ghId: accountId, nickname: name, title, on, time },
      ...{ state: account.trouble === 'deleted' ? 'deleted' : 'shown', form: 'text' },
    });
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  }

  #answerFeed(account: CrowdAccount, response: ServerResponse): void {
    const { feedKind, address, name } = namesOf(account);
    const { status, contentType, body } = writeFeed({
      ...{ kind: feedKind, url: address, title: name },
      // An item's id is its place: the oldest first, they keep theirs tomorrow.
      posts: this.#postsOf(account).oldestFirst,
      ...{ dateStyle: 'offset', charset: 'utf8', pinned: null, removed: null, future: null },
      ...{ onlyUpdated: false, touchedOn: this.#time.today() },
      fault: FAULTS[account.trouble] ?? null,
    });
    response.writeHead(status, { 'content-type': contentType }).end(body);
  }

  #postsOf({ nr }: CrowdAccount) {
    return this.#time.posts.of(nr, this.#time.today());
  }
}

const FAULTS: Readonly<Record<string, 'missing' | 'empty'>> = { gone: 'missing', empty: 'empty' };

/** WeChat says `errcode`, Weibo `error_code`, Douyin `data.error_code`. */
function refusalIn(reply: object): number {
  const { errcode, body } = reply as { errcode?: unknown; body?: Record<string, unknown> };
  const data = body?.data as Record<string, unknown> | undefined;
  return Number(errcode ?? body?.error_code ?? data?.error_code ?? 0);
}

export interface Authorised {
  readonly ticket: string;
  readonly refreshTokens: ReadonlyMap<string, string>;
}

/** Permission sets that an administrator ticks: publishing and statistics, drafts, menu. */
const SETS = [7, 11, 15];

/** Every account's administrator scans and confirms; some take it back since, and the push that says so is lost. */
function authorise(
  wechat: WechatSimulator,
  accounts: readonly CrowdAccount[],
  now: number,
): Authorised {
  const { component } = wechat;
  const ask = (name: string, body: object, token?: string) =>
    component.answer(
      `/cgi-bin/component/${name}`,
      new URLSearchParams(token ? { component_access_token: token } : {}),
      { component_appid: COMPONENT.appId, ...body },
    ) as Record<string, string> & { authorization_info: Record<string, string> };
  const ticket = ticketOf(wechat, now);
  const { component_access_token: token } = ask('api_component_token', {
    ...{ component_appsecret: COMPONENT.appSecret, component_verify_ticket: ticket },
  });
  const refreshTokens = new Map<string, string>();
  for (const account of accounts) {
    const { identity } = namesOf(account);
    const { pre_auth_code } = ask('api_create_preauthcode', {}, token);
    const scanned = component.scan(pre_auth_code!, identity, SETS);
    const given = ask('api_query_auth', { authorization_code: scanned!.code }, token);
    refreshTokens.set(identity, given.authorization_info.authorizer_refresh_token!);
    if (account.trouble === 'taken-back') component.withdraw(identity);
  }
  return { ticket, refreshTokens };
}

function ticketOf({ component }: WechatSimulator, now: number): string {
  const { query, body } = component.pushTicket();
  const keys = {
    ...{ appId: COMPONENT.appId, token: new Secret(COMPONENT.token) },
    encodingKeys: [new Secret(COMPONENT.encodingKey)],
  };
  const opened = openCallback(query, body, { keys, now });
  if (!opened.ok) throw new Error(`a ticket that does not open: ${opened.refused}`);
  return opened.fields.get('ComponentVerifyTicket') ?? '';
}
