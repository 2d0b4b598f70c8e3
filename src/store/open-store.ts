import { type Dialect, Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
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
