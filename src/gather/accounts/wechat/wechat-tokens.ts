import { type CalendarDate, shanghaiDate } from '../../../lib/pure/dates.ts';
import { Secret } from '../../../lib/pure/secret.ts';
import {
  NO_ANSWER,
  NOT_ASKED,
  refusal,
  type WechatAnswer,
  type WechatRefusal,
} from './wechat-answer.ts';
import type { WechatExchange } from './wechat-exchange.ts';
import { QUOTAS, type QuotaCounter, type WechatQuota } from './wechat-quotas.ts';

export type TokenAnswer = { readonly ok: true; readonly token: Secret } | WechatRefusal;

/** Where an account's token comes from: its own secret, or the authorisation that it gave to our third-party platform. */
export interface TokenSource {
  readonly appId: string;
  /** A token to call with. `refused` = the one that the platform has just called bad: another one has to come. */
  token(refused: Secret | null): Promise<TokenAnswer>;
}

/** The account's authorisation, kept and renewed by whoever stores it (a renewed refresh token must outlive us). */
export interface AuthorisationKeeper {
  token(appId: string, refused: Secret | null): Promise<TokenAnswer>;
}

export type WechatCredential =
  | { readonly mode: 'secret'; readonly appId: string; readonly appSecret: Secret }
  | { readonly mode: 'component'; readonly appId: string; readonly keeper: AuthorisationKeeper };

interface TokenDeps {
  readonly exchange: WechatExchange;
  readonly quotas: QuotaCounter;
  readonly now: () => number;
}

export function tokensOf(credential: WechatCredential, deps: TokenDeps): TokenSource {
  const { appId } = credential;
  if (credential.mode === 'secret') return new SecretTokens(appId, credential.appSecret, deps);
  return {
    appId,
    token: async (refused) => {
      const answer = await credential.keeper.token(appId, refused);
      if (answer.ok) deps.exchange.hide(answer.token);
      return answer;
    },
  };
}

/**
 * The stable token (new-media-apis §2.1): the same on every call, separate from the ordinary token that other systems of the unit
 * replace. A token that was called bad is asked for again first, as somebody may have forced a new one; only when the same comes
 * back is a new one forced, which is allowed twenty times a day and works every 30 seconds.
 */
class SecretTokens implements TokenSource {
  readonly appId: string;
  readonly #secret: Secret;
  readonly #deps: TokenDeps;
  #token: Secret | null = null;

  constructor(appId: string, secret: Secret, deps: TokenDeps) {
    this.appId = appId;
    this.#secret = secret;
    this.#deps = deps;
    deps.exchange.hide(secret);
  }

  async token(refused: Secret | null): Promise<TokenAnswer> {
    if (this.#token && this.#token.reveal() !== refused?.reveal())
      return { ok: true, token: this.#token };
    const asked = await this.#ask(false);
    const isSame = asked.ok && refused !== null && asked.token.reveal() === refused.reveal();
    const answer = isSame ? await this.#ask(true) : asked;
    this.#token = answer.ok ? answer.token : null;
    return answer;
  }

  async #ask(force: boolean): Promise<TokenAnswer> {
    const { exchange } = this.#deps;
    const answer = await exchange.send({
      path: '/cgi-bin/stable_token',
      method: 'POST',
      archive: false,
      admit: () => this.#admit(force),
      body: {
        grant_type: 'client_credential',
        appid: this.appId,
        secret: this.#secret.reveal(),
        force_refresh: force,
      },
    });
    return readToken(answer, 'access_token', exchange);
  }

  async #admit(force: boolean): Promise<WechatRefusal | null> {
    const day = shanghaiDate(this.#deps.now());
    if (force && !(await this.#take(QUOTAS.forcedToken, day)))
      return refusal(NOT_ASKED, '今天强制换新凭据的次数已用完（每天 20 次），次日零点恢复');
    return (await this.#take(QUOTAS.stableToken, day))
      ? null
      : refusal(NOT_ASKED, '今天取凭据的次数已用完，次日零点恢复');
  }

  #take(quota: WechatQuota, day: CalendarDate): Promise<boolean> {
    return this.#deps.quotas.take(this.appId, quota, day);
  }
}

/** The token in an answer, hidden from now on; an answer without one is none. */
export function readToken(
  answer: WechatAnswer,
  field: string,
  exchange: WechatExchange,
): TokenAnswer {
  if (!answer.ok) return answer;
  const text = answer.data[field];
  if (typeof text !== 'string' || text === '') return refusal(NO_ANSWER, `没有返回 ${field}`);
  const token = new Secret(text);
  exchange.hide(token);
  return { ok: true, token };
}
