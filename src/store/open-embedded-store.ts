import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { invariant } from '../lib/pure/errors.ts';
import { announceServer, readLock, releaseLock, takeLock } from './directory-lock.ts';
import { EmbeddedDatabase } from './embedded-database.ts';
import { EmbeddedDialect } from './embedded-dialect.ts';
import { openStore } from './open-store.ts';
import type { Store } from './store.ts';

export { announceServer, readLock };

const DATABASE_FOLDER = 'db';

/** Whether a data folder holds an embedded database already. */
export const hasEmbeddedStore = (dataDir: string): boolean =>
  existsSync(join(dataDir, DATABASE_FOLDER));

/**
 * Opens the embedded database of a data folder, brings its tables up to date, and holds the folder until closed.
 * Throws UserError `store.locked` while another living process holds it.
 */
export async function openEmbeddedStore(dataDir: string): Promise<Store> {
  await waitForLock(dataDir);
  try {
    const database = await EmbeddedDatabase.open({
      folder: join(dataDir, DATABASE_FOLDER),
      template: templatePath(),
    });
    const store = await openStore('embedded', new EmbeddedDialect(database));
    let closing: Promise<void> | null = null;
    const own: Store = {
      ...store,
      patient: () => own,
      close: () => {
        closing ??= store.close().finally(() => releaseLock(dataDir));
        return closing;
      },
    };
    return own;
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
