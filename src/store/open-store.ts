import { type Dialect, Kysely, sql } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, Migrator } from 'kysely/migration';
import { MIGRATIONS } from '../../migrations/index.ts';
import { UserError } from '../lib/pure/errors.ts';
import { observeQuery } from './query-metrics.ts';
import type { Store } from './store.ts';

/** A store over any dialect, with its tables up to date. Throws {@link UserError} `store.newer` when a newer version wrote it. */
export async function openStore(kind: Store['kind'], dialect: Dialect): Promise<Store> {
  // biome-ignore lint/suspicious/noExplicitAny: features narrow it to their tables; the store cannot know them
  const db = new Kysely<any>({ dialect, log: observeQuery });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const store: Store = {
    kind,
    database: null,
    db,
    transaction: (work) => db.transaction().execute(work),
    patient: () => store,
    close: () => db.destroy(),
  };
  return store;
}

async function migrate(db: Kysely<unknown>): Promise<void> {
  if (await isUpToDate(db)) return;
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => MIGRATIONS },
  }).migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && error.message.startsWith('corrupted migrations')) {
    throw new UserError(
      'store.newer',
      '数据库的表结构不是这个版本的巡鉴建的（多半由更新的版本升级过）；请用当初的版本或更新的版本打开。',
      { family: 'state', details: [error.message], cause: error },
    );
  }
  throw error;
}

/** Two quick questions: the migrator reads the whole catalogue before it finds nothing to do, 0.3 s on the embedded database. */
async function isUpToDate(db: Kysely<unknown>): Promise<boolean> {
  const { rows: tables } = await sql<{
    there: boolean;
  }>`select to_regclass(${DEFAULT_MIGRATION_TABLE}) is not null as there`.execute(db);
  if (tables[0]?.there !== true) return false;
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(
    DEFAULT_MIGRATION_TABLE,
  )} order by name collate "C"`.execute(db);
  const names = Object.keys(MIGRATIONS).sort();
  return rows.length === names.length && rows.every(({ name }, index) => name === names[index]);
}
