import { Kysely } from 'kysely';
import pg from 'pg';
import { TransientError, UserError } from '../lib/pure/errors.ts';
import { DatabaseError, translateDatabaseError } from './database-error.ts';
import type { DatabaseSettings } from './database-settings.ts';
import { openStore } from './open-store.ts';
import { ServerDialect } from './postgres-dialect.ts';
import { observeQuery } from './query-metrics.ts';
import type { Store, StoreWait } from './store.ts';
import { ELEMENT_PARSERS, sessionStatement, VALUE_PARSERS } from './values.ts';
import { withRetry } from './with-retry.ts';

const VERSION_MIN = 150_000;
const IDLE_MS = 30_000;
const KEEP_ALIVE_MS = 10_000;
/** Processes that start together bring the tables up to date one after the other. Any fixed number of our own serves. */
const START_LOCK = 4_701_982_020;
/** Another process may be in the midst of a long migration. */
const START_LOCK_SECONDS = 600;

/**
 * Opens a PostgreSQL database (15 or newer, UTF8) and brings its tables up to date; several processes may do so at once.
 * Throws {@link UserError} `store.unreachable`, `store.password`, `store.no-database`, `store.permission`, `store.version`,
 * `store.encoding` or `store.read-only`, each saying what to do.
 */
export async function openPostgresStore(settings: DatabaseSettings): Promise<Store> {
  const gate = await holdGate(settings);
  const pool = openPool(settings);
  try {
    const store = await openStore('postgres', new ServerDialect(pool, null));
    return withPatience(store, pool, settings);
  } catch (error) {
    throw wordOpenError(error, settings);
  } finally {
    await gate.end();
  }
}

function withPatience(store: Store, pool: pg.Pool, settings: DatabaseSettings): Store {
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closing ??= store.close();
    return closing;
  };
  const own: Store = {
    ...store,
    database: settings,
    close,
    patient: (wait) => {
      const patience = {
        signal: wait.signal,
        totalMs: settings.retrySeconds * 1000,
        onWait: nowAndThen(wait.onWait),
      };
      // biome-ignore lint/suspicious/noExplicitAny: as in openStore
      const db = new Kysely<any>({
        dialect: new ServerDialect(pool, patience),
        log: observeQuery,
      });
      const view: Store = {
        kind: 'postgres',
        database: settings,
        db,
        transaction: (work) => withRetry(() => db.transaction().execute(work), patience),
        patient: own.patient,
        close,
      };
      return view;
    },
  };
  return own;
}

/** Many statements wait at once; people are told at most this often. */
const TOLD_EVERY_MS = 5_000;

function nowAndThen(tell: StoreWait['onWait']): StoreWait['onWait'] {
  let next = 0;
  return (message) => {
    const now = performance.now();
    if (now < next) return;
    next = now + TOLD_EVERY_MS;
    tell?.(message);
  };
}

function openPool(settings: DatabaseSettings): pg.Pool {
  const pool = new pg.Pool({
    ...clientConfig(settings),
    max: settings.poolSize,
    idleTimeoutMillis: IDLE_MS,
    onConnect: async (client) => {
      // A connection that breaks is reported to whoever uses it next; without a listener it would end the process.
      client.on('error', () => undefined);
      await client.query(
        sessionStatement({ statement_timeout: `${settings.statementSeconds * 1000}` }),
      );
    },
  });
  pool.on('error', () => undefined);
  return pool;
}

function clientConfig(settings: DatabaseSettings): pg.ClientConfig {
  return {
    connectionString: settings.url.reveal(),
    connectionTimeoutMillis: settings.connectSeconds * 1000,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    application_name: 'xunjian',
    types: { getTypeParser } as pg.CustomTypesConfig,
  };
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
  const parse = VALUE_PARSERS[oid];
  if (parse) return parse;
  const parseElement = ELEMENT_PARSERS[oid];
  if (parseElement) return (text: string) => parseElements(parseTextArray(text), parseElement);
  return pg.types.getTypeParser(oid, format ?? 'text');
}

const TEXT_ARRAY: number = 1009;
const parseTextArray = pg.types.getTypeParser(TEXT_ARRAY, 'text') as (text: string) => unknown[];

/** Elements of an array of any depth; null stays. */
function parseElements(elements: unknown[], parse: (text: string) => unknown): unknown[] {
  return elements.map((each) =>
    Array.isArray(each) ? parseElements(each, parse) : each === null ? null : parse(String(each)),
  );
}

/** A connection of its own that is checked first, and holds the start lock until it is ended. */
async function holdGate(settings: DatabaseSettings): Promise<pg.Client> {
  const gate = new pg.Client(clientConfig(settings));
  gate.on('error', () => undefined);
  try {
    await gate.connect();
    await assertUsable(gate);
    await gate.query(`select set_config('lock_timeout', '${START_LOCK_SECONDS}s', false)`);
    await gate.query('select pg_advisory_lock($1)', [START_LOCK]);
    return gate;
  } catch (error) {
    await gate.end().catch(() => undefined);
    throw wordOpenError(error, settings);
  }
}

interface ServerState {
  readonly version: number;
  readonly version_text: string;
  readonly encoding: string;
  readonly read_only: string;
}

async function assertUsable(gate: pg.Client): Promise<void> {
  const { rows } = await gate.query<ServerState>(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as version_text,
            current_setting('server_encoding') as encoding, current_setting('transaction_read_only') as read_only`,
  );
  const state = rows[0]!;
  if (state.version < VERSION_MIN)
    throw refuse(
      'version',
      `PostgreSQL 的版本是 ${state.version_text}，巡鉴需要 15 或更新的版本；请升级数据库。`,
    );
  if (state.encoding !== 'UTF8')
    throw refuse(
      'encoding',
      `数据库的编码是 ${state.encoding}，必须是 UTF8；请另建一个库：createdb --encoding=UTF8 --template=template0 库名。`,
    );
  if (state.read_only === 'on')
    throw refuse('read-only', '数据库是只读的（可能是备库）；请把 DATABASE_URL 指向主库。');
}

function refuse(code: string, message: string, cause?: unknown): UserError {
  return new UserError(`store.${code}`, message, { family: 'state', cause });
}

/** SQLSTATE of a refused start → our code and words. */
const REFUSALS: Readonly<Record<string, readonly [string, string]>> = {
  '28P01': ['password', '用户名或密码不对，请检查 DATABASE_URL'],
  '28000': ['password', '不接受这个用户从本机登录，请检查用户名、密码和数据库的 pg_hba.conf'],
  '3D000': [
    'no-database',
    '没有这个库，请先建库：createdb --encoding=UTF8 --template=template0 库名',
  ],
  '42501': [
    'permission',
    '这个用户没有建表的权限，请让数据库管理员执行 grant create on schema public to 用户名，或把库的属主改为它',
  ],
};

function wordOpenError(error: unknown, settings: DatabaseSettings): unknown {
  const translated = translateDatabaseError(error);
  if (translated instanceof TransientError && translated.code === 'store.lost')
    return refuse(
      'unreachable',
      `连不上 PostgreSQL（${settings.shown}）：${translated.message}。请检查 DATABASE_URL 里的主机和端口，以及数据库是否已启动。`,
      error,
    );
  const refusal = translated instanceof DatabaseError ? REFUSALS[translated.code ?? ''] : undefined;
  if (refusal) return refuse(refusal[0], `PostgreSQL（${settings.shown}）${refusal[1]}。`, error);
  if (error instanceof Error && (isUnknownHost(error) || /password must be/.test(error.message)))
    return refuse(
      isUnknownHost(error) ? 'unreachable' : 'password',
      isUnknownHost(error)
        ? `找不到数据库主机（${settings.shown}），请检查 DATABASE_URL 里的主机名。`
        : `PostgreSQL（${settings.shown}）要密码，DATABASE_URL 里没有写。`,
      error,
    );
  return translated;
}

const isUnknownHost = (error: Error): boolean =>
  (error as NodeJS.ErrnoException).code === 'ENOTFOUND';
