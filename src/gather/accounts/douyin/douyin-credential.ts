import { z } from 'zod';
import { Secret } from '../../../lib/pure/secret.ts';
import type { DouyinTokens } from './douyin-tokens.ts';

/** What a Douyin account's credential holds, as one secret text: a register's cell, or what is kept sealed. */
export interface DouyinCredential {
  /** The application that the account authorised. */
  readonly clientKey: string;
  readonly tokens: DouyinTokens;
}

const Written = z.object({
  clientKey: z.string().min(1).max(200),
  accessToken: z.string().min(1).max(1000),
  accessExpiresAt: z.iso.datetime().optional(),
  refreshToken: z.string().min(1).max(1000).optional(),
  refreshExpiresAt: z.iso.datetime().optional(),
});

const TOKEN_ONLY = /^[\w.-]{8,1000}$/;
/** When nothing is known of an end, the platform will tell it. */
const UNKNOWN_END = '9999-12-31T00:00:00.000Z';

/**
 * Reads a credential: JSON `{"clientKey","accessToken","accessExpiresAt","refreshToken","refreshExpiresAt"}` (instants in UTC), or an
 * access token alone, which works until it is past and cannot be prolonged. Null when it is neither.
 */
export function readDouyinCredential(secret: Secret): DouyinCredential | null {
  const text = secret.reveal().trim();
  const written = Written.safeParse(parseJson(text));
  if (!written.success)
    return TOKEN_ONLY.test(text)
      ? { clientKey: '', tokens: tokensOf({ accessToken: text }) }
      : null;
  const { clientKey, ...rest } = written.data;
  return { clientKey, tokens: tokensOf(rest) };
}

/** The same credential with other tokens, to be kept in place of it. */
export function writeDouyinCredential({ clientKey, tokens }: DouyinCredential): Secret {
  const { accessToken, refreshToken, accessExpiresAt, refreshExpiresAt } = tokens;
  return new Secret(
    JSON.stringify({
      clientKey,
      accessToken: accessToken.reveal(),
      accessExpiresAt,
      ...(refreshToken ? { refreshToken: refreshToken.reveal(), refreshExpiresAt } : {}),
    }),
  );
}

type Texts = Omit<z.infer<typeof Written>, 'clientKey'>;

function tokensOf(texts: Texts): DouyinTokens {
  const { accessToken, refreshToken } = texts;
  return {
    accessToken: new Secret(accessToken),
    accessExpiresAt: texts.accessExpiresAt ?? UNKNOWN_END,
    refreshToken: refreshToken === undefined ? null : new Secret(refreshToken),
    refreshExpiresAt: texts.refreshExpiresAt ?? UNKNOWN_END,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
