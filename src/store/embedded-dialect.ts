import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { EmbeddedDatabase } from './embedded-database.ts';
import { CONNECTION_WAITING } from './query-metrics.ts';

/**
 * Kysely over the one connection of the embedded database. Whoever has the connection keeps it until it is given back, so a
 * transaction is never mixed with queries from beside it (Kysely's own PGlite driver shares its connection).
 */
export class EmbeddedDialect implements Dialect {
  readonly #database: EmbeddedDatabase;
  constructor(database: EmbeddedDatabase) {
    this.#database = database;
  }
  createAdapter(): PostgresAdapter {
    return new PostgresAdapter();
  }
  createDriver(): Driver {
    return new EmbeddedDriver(this.#database);
  }
  createQueryCompiler(): PostgresQueryCompiler {
    return new PostgresQueryCompiler();
  }
  createIntrospector(db: Kysely<unknown>): PostgresIntrospector {
    return new PostgresIntrospector(db);
  }
}

class EmbeddedDriver implements Driver {
  readonly #database: EmbeddedDatabase;
  readonly #waiting: (() => void)[] = [];
  #taken = false;

  constructor(database: EmbeddedDatabase) {
    this.#database = database;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#taken) {
      CONNECTION_WAITING.inc();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      CONNECTION_WAITING.dec();
    }
    this.#taken = true;
    return new EmbeddedConnection(this.#database);
  }

  async releaseConnection(): Promise<void> {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#taken = false;
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy(): Promise<void> {
    await this.#database.close();
  }
}

class EmbeddedConnection implements DatabaseConnection {
  readonly #database: EmbeddedDatabase;
  constructor(database: EmbeddedDatabase) {
    this.#database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, affectedRows } = isScript(query)
      ? await this.#database.script(query.sql)
      : await this.#database.query(query.sql, query.parameters);
    return {
      rows: rows as R[],
      ...(affectedRows === null ? {} : { numAffectedRows: BigInt(affectedRows) }),
    };
  }

  // biome-ignore lint/correctness/useYield: the interface asks for a generator, and there are no cursors here
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('内嵌数据库没有游标，请按键分页');
  }
}

/** A raw text of several statements, as the job queue sets up its tables with. */
function isScript(query: CompiledQuery): boolean {
  return (
    query.query.kind === 'RawNode' && query.parameters.length === 0 && /;\s*\S/.test(query.sql)
  );
}
