import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresDriver,
  type PostgresIntrospector,
  type PostgresPool,
  type PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import { translateDatabaseError } from './database-error.ts';
import { type Patience, withRetry } from './with-retry.ts';

/**
 * Kysely's PostgreSQL dialect with errors in our families. With `patience`, getting a connection and statements outside a
 * transaction wait for a database that went away; a transaction as a whole is repeated by its caller, never a part of it.
 */
export class ServerDialect implements Dialect {
  readonly #inner: PostgresDialect;
  readonly #pool: PostgresPool;
  readonly #patience: Patience | null;

  constructor(pool: PostgresPool, patience: Patience | null) {
    this.#inner = new PostgresDialect({ pool });
    this.#pool = pool;
    this.#patience = patience;
  }
  createAdapter(): PostgresAdapter {
    return new PostgresAdapter();
  }
  createDriver(): Driver {
    return new ServerDriver(this.#pool, this.#patience);
  }
  createQueryCompiler(): PostgresQueryCompiler {
    return this.#inner.createQueryCompiler() as PostgresQueryCompiler;
  }
  createIntrospector(db: Kysely<unknown>): PostgresIntrospector {
    return this.#inner.createIntrospector(db) as PostgresIntrospector;
  }
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

class ServerDriver implements Driver {
  /** Kysely's own; as Driver, because it wants back the very connections that it gave. */
  readonly #inner: Driver;
  readonly #patience: Patience | null;

  constructor(pool: PostgresPool, patience: Patience | null) {
    this.#inner = new PostgresDriver({ pool });
    this.#patience = patience;
  }

  init(): Promise<void> {
    return this.#inner.init();
  }

  async acquireConnection(): Promise<ServerConnection> {
    const acquire = () => translated(() => this.#inner.acquireConnection());
    const patience = this.#patience;
    return new ServerConnection(
      patience === null ? await acquire() : await withRetry(acquire, patience),
      patience === null
        ? null
        : { patience, acquire, release: (broken) => this.#inner.releaseConnection(broken) },
    );
  }

  async releaseConnection(connection: ServerConnection): Promise<void> {
    if (connection.inner !== null) await this.#inner.releaseConnection(connection.inner);
  }

  async beginTransaction(
    connection: ServerConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    connection.inTransaction = true;
    await translated(() => this.#inner.beginTransaction(connection.present(), settings));
  }

  async commitTransaction(connection: ServerConnection): Promise<void> {
    await translated(() => this.#inner.commitTransaction(connection.present()));
    connection.inTransaction = false;
  }

  async rollbackTransaction(connection: ServerConnection): Promise<void> {
    connection.inTransaction = false;
    await translated(() => this.#inner.rollbackTransaction(connection.present()));
  }

  async destroy(): Promise<void> {
    await this.#inner.destroy();
  }
}

interface Renewal {
  readonly patience: Patience;
  acquire(): Promise<DatabaseConnection>;
  release(broken: DatabaseConnection): Promise<void>;
}

class ServerConnection implements DatabaseConnection {
  /** Null while a lost connection is being replaced. */
  inner: DatabaseConnection | null;
  inTransaction = false;
  readonly #renewal: Renewal | null;

  constructor(inner: DatabaseConnection, renewal: Renewal | null) {
    this.inner = inner;
    this.#renewal = renewal;
  }

  present(): DatabaseConnection {
    if (this.inner === null) throw new Error('数据库连接已经交还');
    return this.inner;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const once = () => translated(() => this.present().executeQuery<R>(query));
    const renewal = this.#renewal;
    if (renewal === null || this.inTransaction) return once();
    return withRetry(async () => {
      this.inner ??= await renewal.acquire();
      try {
        return await once();
      } catch (error) {
        // Whether the connection is still good is the pool's to find out: it throws away a broken one.
        const broken = this.present();
        this.inner = null;
        await renewal.release(broken);
        throw error;
      }
    }, renewal.patience);
  }

  // biome-ignore lint/correctness/useYield: the interface asks for a generator, and there are no cursors here
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('没有开游标，请按键分页');
  }
}
