import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dialect, Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { MIGRATIONS } from '../../migrations/index.ts';
import { invariant } from '../lib/pure/errors.ts';
import { announceServer, readLock, releaseLock, takeLock } from './directory-lock.ts';
import { EmbeddedDatabase } from './embedded-database.ts';
import { EmbeddedDialect } from './embedded-dialect.ts';
import { observeQuery } from './query-metrics.ts';
import type { Store } from './store.ts';

export { announceServer, readLock };

/**
 * Opens the embedded database of a data folder, brings its tables up to date, and holds the folder until closed.
 * Throws UserError `store.locked` while another living process holds it.
 */
export async function openEmbeddedStore(dataDir: string): Promise<Store> {
  await waitForLock(dataDir);
  try {
    const database = await EmbeddedDatabase.open({
      folder: join(dataDir, 'db'),
      template: templatePath(),
    });
    const store = await openStore('embedded', new EmbeddedDialect(database));
    let closing: Promise<void> | null = null;
    return {
      ...store,
      close: () => {
        closing ??= store.close().finally(() => releaseLock(dataDir));
        return closing;
      },
    };
  } catch (error) {
    releaseLock(dataDir);
    throw error;
  }
}

/** Another command ends soon, and a killed process takes a moment to be gone; a server is not waited for. */
const LOCK_WAIT_MS = 3_000;
const LOCK_POLL_MS = 100;

async function waitForLock(dataDir: string): Promise<void> {
  for (const deadline = performance.now() + LOCK_WAIT_MS; ; ) {
    try {
      takeLock(dataDir);
      return;
    } catch (error) {
      if (performance.now() > deadline || readLock(dataDir)?.server) throw error;
      await sleep(LOCK_POLL_MS);
    }
  }
}

/** A store over any dialect, with its tables up to date: the seam at which PostgreSQL is put in. */
export async function openStore(kind: Store['kind'], dialect: Dialect): Promise<Store> {
  // biome-ignore lint/suspicious/noExplicitAny: features narrow it to their tables; the store cannot know them
  const db = new Kysely<any>({ dialect, log: observeQuery });
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => MIGRATIONS },
  }).migrateToLatest();
  if (error) {
    await db.destroy();
    throw error;
  }
  return {
    kind,
    db,
    transaction: (work) => db.transaction().execute(work),
    close: () => db.destroy(),
  };
}

/** Kept beside the package it belongs to, by its version, so that an upgrade makes a new one. */
function templatePath(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const folder = dirname(dirname(entry));
  const { version } = createRequire(import.meta.url)(join(folder, 'package.json')) as {
    version: string;
  };
  invariant(/^[\w.-]+$/.test(version), 'PGlite 的版本号读不出来');
  return join(folder, '..', '..', '.cache', 'xunjian', `pglite-${version}.tar.gz`);
}
