import type { Instant } from '../../../lib/pure/dates.ts';
import { Secret } from '../../../lib/pure/secret.ts';
import { asCount, asRecord, type JsonExchange, type JsonRecord } from '../json-exchange.ts';
import { NO_ANSWER, type PlatformRefusal } from '../platform-errors.ts';

/** An account's authorisation as it is stored: the access token lives 15 days, the refresh token 30. */
export interface DouyinTokens {
  readonly accessToken: Secret;
  readonly accessExpiresAt: Instant;
  /** Null = it was never given: the access token cannot be prolonged. */
  readonly refreshToken: Secret | null;
  readonly refreshExpiresAt: Instant;
}

/** Tokens that can be prolonged. */
type Prolongable = DouyinTokens & { readonly refreshToken: Secret };

export type TokensAnswer =
  | {
      readonly ok: true;
      readonly tokens: DouyinTokens;
      /** The refresh token is near its end, and the platform will not renew it. */
      readonly unrenewable: PlatformRefusal | null;
    }
  | PlatformRefusal;

/** A refresh token that ends sooner is made to live longer, which the platform allows five times. */
const RENEW_BEFORE_MS = 5 * 86_400_000;
/** Lifetimes where the answer does not tell them (developer.open-douyin.com, refresh-access-token, refresh-token). */
const ACCESS_LIFE_S = 15 * 86_400;
const REFRESH_LIFE_S = 30 * 86_400;

/** Whether the refresh token is near its end, and has to be renewed although the access token still works. */
export function isRenewalDue(tokens: DouyinTokens, now: Instant): tokens is Prolongable {
  const { refreshToken, refreshExpiresAt } = tokens;
  const left = Date.parse(refreshExpiresAt) - Date.parse(now);
  return refreshToken !== null && left > 0 && left <= RENEW_BEFORE_MS;
}

/**
 * A new access token by the refresh token, asked for once. Where that one is near its end too, it is renewed first: refreshing does
 * not lengthen its life. A renewal that is refused spoils nothing, as the old one still works.
 */
export async function refreshTokens(
  exchange: JsonExchange,
  clientKey: string,
  tokens: DouyinTokens,
  now: Instant,
): Promise<TokensAnswer> {
  if (!isProlongable(tokens)) return { ok: false, errcode: NEVER_GIVEN, message: '没有续期令牌' };
  const { renewed, unrenewable } = await renewIfDue(exchange, clientKey, tokens, now);
  const answer = await ask(exchange, '/oauth/refresh_token/', {
    client_key: clientKey,
    grant_type: 'refresh_token',
    refresh_token: renewed.refreshToken.reveal(),
  });
  if (!answer.ok) return answer;
  const accessToken = answer.data.access_token;
  if (typeof accessToken !== 'string' || accessToken === '')
    return { ok: false, errcode: NO_ANSWER, message: '续期没有返回 access_token' };
  const refreshToken = tokenOf(answer.data.refresh_token) ?? renewed.refreshToken;
  const next: Prolongable = {
    accessToken: new Secret(accessToken),
    accessExpiresAt: after(now, asCount(answer.data.expires_in) ?? ACCESS_LIFE_S),
    refreshToken,
    refreshExpiresAt: renewed.refreshExpiresAt,
  };
  exchange.hide(next.accessToken);
  exchange.hide(next.refreshToken);
  return { ok: true, tokens: next, unrenewable };
}

/** What the platform says of a refresh token that is past (10010): the owner has to authorise anew here too. */
const NEVER_GIVEN = 10010;

const isProlongable = (tokens: DouyinTokens): tokens is Prolongable => tokens.refreshToken !== null;

async function renewIfDue(
  exchange: JsonExchange,
  clientKey: string,
  tokens: Prolongable,
  now: Instant,
): Promise<{ renewed: Prolongable; unrenewable: PlatformRefusal | null }> {
  if (!isRenewalDue(tokens, now)) return { renewed: tokens, unrenewable: null };
  const answer = await ask(exchange, '/oauth/renew_refresh_token/', {
    client_key: clientKey,
    refresh_token: tokens.refreshToken.reveal(),
  });
  if (!answer.ok) return { renewed: tokens, unrenewable: answer };
  const refreshToken = tokenOf(answer.data.refresh_token) ?? tokens.refreshToken;
  exchange.hide(refreshToken);
  const refreshExpiresAt = after(now, asCount(answer.data.expires_in) ?? REFRESH_LIFE_S);
  return { renewed: { ...tokens, refreshToken, refreshExpiresAt }, unrenewable: null };
}

async function ask(
  exchange: JsonExchange,
  path: string,
  form: Readonly<Record<string, string>>,
): Promise<{ ok: true; data: JsonRecord } | PlatformRefusal> {
  const answer = await exchange.send({ path, method: 'POST', form, archive: false });
  return answer.ok ? { ok: true, data: asRecord(answer.data.data) ?? {} } : answer;
}

const tokenOf = (value: unknown): Secret | null =>
  typeof value === 'string' && value !== '' ? new Secret(value) : null;

const after = (now: Instant, seconds: number): Instant =>
  new Date(Date.parse(now) + seconds * 1000).toISOString();
