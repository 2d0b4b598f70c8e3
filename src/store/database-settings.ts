import { UserError } from '../lib/pure/errors.ts';
import { Secret } from '../lib/pure/secret.ts';

/** How a PostgreSQL database is reached and how patient we are with it. */
export interface DatabaseSettings {
  /** Whole connection URL: it holds the password. */
  readonly url: Secret;
  /** The same without password and options, for people. */
  readonly shown: string;
  /** Connections of this process at most. */
  readonly poolSize: number;
  /** A connection that is not there by then counts as failed. */
  readonly connectSeconds: number;
  /** One statement's limit; 0 = none. */
  readonly statementSeconds: number;
  /** How long round work waits for a database that went away. */
  readonly retrySeconds: number;
}

const DEFAULT_PORT = '5432';

/** Limits of a connection whose operator set none. */
export const DATABASE_DEFAULTS = {
  poolSize: 10,
  connectSeconds: 10,
  statementSeconds: 600,
  retrySeconds: 180,
} as const;

/**
 * Reads `postgresql://user:password@host:port/name?options`. Throws {@link UserError} `store.url`, which never repeats the text:
 * it may hold a password.
 */
export function databaseSettings(
  url: string,
  limits: Partial<Omit<DatabaseSettings, 'url' | 'shown'>> = {},
): DatabaseSettings {
  return { ...DATABASE_DEFAULTS, ...limits, url: new Secret(url), shown: shownUrl(url) };
}

/** `user:password@/name` names no host: the driver takes a local socket, `URL` takes no such text. */
const NO_HOST = /^(postgres(?:ql)?:\/\/[^/]*@)\//;

function shownUrl(url: string): string {
  const parsed = URL.parse(url.replace(NO_HOST, '$1localhost/'));
  const parts = parsed === null ? null : [parsed.pathname.slice(1), parsed.username].map(decode);
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol) || !parts || parts.includes(null)) {
    throw new UserError(
      'store.url',
      '数据库地址不对：应写作 postgresql://用户:密码@主机:5432/库名；密码里的 @ : / ? # % 要写成百分号编码。',
      { field: 'DATABASE_URL' },
    );
  }
  const host = parsed.searchParams.get('host') ?? parsed.hostname;
  const [name, user] = parts;
  return `postgresql://${user === '' ? '' : `${user}:[secret]@`}${host || 'localhost'}:${parsed.port || DEFAULT_PORT}/${name}`;
}

/** Null where a % begins no percent code. */
function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
