import { Secret } from '../../../lib/pure/secret.ts';
import { NO_ANSWER, refusal, type WechatAnswer, type WechatRefusal } from './wechat-answer.ts';
import type { WechatExchange } from './wechat-exchange.ts';
import { readToken } from './wechat-tokens.ts';

/** Our third-party platform (第三方平台), as registered on the open platform. */
export interface ComponentIdentity {
  readonly appId: string;
  readonly appSecret: Secret;
}

/** Seconds as the platform gave them. */
export interface ExpiringToken {
  readonly token: Secret;
  readonly expiresInSeconds: number;
}

/** What an account's administrator gave us by scanning. */
export interface Authorisation {
  readonly appId: string;
  readonly access: ExpiringToken;
  /** The only way to further tokens: lost, it has to be authorised anew. */
  readonly refreshToken: Secret;
  /** Permission sets by number: 7 publishing, comments and statistics; 11, 100 drafts; 1, 3, 15 messages, replies and menu. */
  readonly permissionSets: readonly number[];
}

export interface AuthorisedAccount {
  readonly nickName: string;
  /** Original id, `gh_…`. */
  readonly userName: string;
  /** Verified subject (认证主体). */
  readonly principalName: string;
}

export type Answered<T> = { readonly ok: true; readonly value: T } | WechatRefusal;

const BASE = '/cgi-bin/component';
const TEXT_LENGTH_MAX = 200;
const SETS_MAX = 200;
/** The platform gives 7200; what gives no number is trusted for no longer than a visit. */
const SECONDS_UNKNOWN = 300;

/** Calls of the third-party platform (new-media-apis §2.1). Every answer carries something secret: none is archived. */
export class ComponentClient {
  readonly #exchange: WechatExchange;
  readonly #identity: ComponentIdentity;

  constructor(exchange: WechatExchange, identity: ComponentIdentity) {
    this.#exchange = exchange;
    this.#identity = identity;
    exchange.hide(identity.appSecret);
  }

  /** `ticket` = the newest component_verify_ticket that was pushed to us. */
  async componentToken(ticket: Secret): Promise<Answered<ExpiringToken>> {
    this.#exchange.hide(ticket);
    const answer = await this.#exchange.send({
      path: `${BASE}/api_component_token`,
      method: 'POST',
      archive: false,
      body: {
        component_appid: this.#identity.appId,
        component_appsecret: this.#identity.appSecret.reveal(),
        component_verify_ticket: ticket.reveal(),
      },
    });
    return this.#expiring(answer, 'component_access_token');
  }

  async preAuthCode(token: Secret): Promise<Answered<ExpiringToken>> {
    return this.#expiring(await this.#call('api_create_preauthcode', token, {}), 'pre_auth_code');
  }

  /** Takes an authorisation; the code is good once. */
  async queryAuth(token: Secret, code: Secret): Promise<Answered<Authorisation>> {
    this.#exchange.hide(code);
    const answer = await this.#call('api_query_auth', token, { authorization_code: code.reveal() });
    if (!answer.ok) return answer;
    const info = recordOf(answer.data.authorization_info);
    return this.#authorisation(String(info.authorizer_appid ?? ''), info);
  }

  /** New tokens for an account. The refresh token may be another one: it has to be kept before anything else is done. */
  async authorizerToken(
    token: Secret,
    appId: string,
    refreshToken: Secret,
  ): Promise<Answered<Authorisation>> {
    this.#exchange.hide(refreshToken);
    const answer = await this.#call('api_authorizer_token', token, {
      authorizer_appid: appId,
      authorizer_refresh_token: refreshToken.reveal(),
    });
    return answer.ok ? this.#authorisation(appId, answer.data) : answer;
  }

  async authorizerInfo(token: Secret, appId: string): Promise<Answered<AuthorisedAccount>> {
    const answer = await this.#call('api_get_authorizer_info', token, { authorizer_appid: appId });
    if (!answer.ok) return answer;
    const info = recordOf(answer.data.authorizer_info);
    return {
      ok: true,
      value: {
        nickName: textOf(info.nick_name),
        userName: textOf(info.user_name),
        principalName: textOf(info.principal_name),
      },
    };
  }

  #call(name: string, token: Secret, body: object): Promise<WechatAnswer> {
    return this.#exchange.send({
      path: `${BASE}/${name}`,
      method: 'POST',
      archive: false,
      token: { name: 'component_access_token', value: token },
      body: { component_appid: this.#identity.appId, ...body },
    });
  }

  #expiring(answer: WechatAnswer, field: string): Answered<ExpiringToken> {
    const read = readToken(answer, field, this.#exchange);
    if (!read.ok || !answer.ok) return read.ok ? refusal(NO_ANSWER, `没有返回 ${field}`) : read;
    return {
      ok: true,
      value: { token: read.token, expiresInSeconds: secondsOf(answer.data.expires_in) },
    };
  }

  #authorisation(appId: string, info: Readonly<Record<string, unknown>>): Answered<Authorisation> {
    const [access, refresh] = [info.authorizer_access_token, info.authorizer_refresh_token].map(
      (text) => (typeof text === 'string' && text !== '' ? new Secret(text) : null),
    );
    if (appId === '' || !access || !refresh)
      return refusal(NO_ANSWER, '授权的答复里没有 AppID、令牌或刷新令牌');
    this.#exchange.hide(access);
    this.#exchange.hide(refresh);
    return {
      ok: true,
      value: {
        appId,
        access: { token: access, expiresInSeconds: secondsOf(info.expires_in) },
        refreshToken: refresh,
        permissionSets: setsOf(info.func_info),
      },
    };
  }
}

/**
 * The page on which an account's administrator scans and confirms; only 公众号 are offered. Opened in a browser from a page of the
 * registered domain (the platform checks where it comes from).
 */
export function authorisationLink(
  componentAppId: string,
  preAuthCode: Secret,
  redirectUri: string,
): string {
  const query = new URLSearchParams({
    component_appid: componentAppId,
    pre_auth_code: preAuthCode.reveal(),
    redirect_uri: redirectUri,
    auth_type: '1',
  });
  return `https://mp.weixin.qq.com/cgi-bin/componentloginpage?${query}`;
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const textOf = (value: unknown): string =>
  (typeof value === 'string' ? value : '').slice(0, TEXT_LENGTH_MAX);

function secondsOf(value: unknown): number {
  const seconds = Number(value ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : SECONDS_UNKNOWN;
}

function setsOf(value: unknown): readonly number[] {
  const list: readonly unknown[] = Array.isArray(value) ? value.slice(0, SETS_MAX) : [];
  return list
    .map((each) => Number(recordOf(recordOf(each).funcscope_category).id))
    .filter(Number.isSafeInteger);
}
