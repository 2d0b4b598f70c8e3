import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { announceServer, readLock, releaseLock, takeLock } from './directory-lock.ts';
import { EmbeddedDatabase } from './embedded-database.ts';
import { EmbeddedDialect } from './embedded-dialect.ts';
import { openStore } from './open-store.ts';
import type { Store } from './store.ts';

export { announceServer, readLock };

const DATABASE_FOLDER = 'db';
const TEMPLATE_PREFIX = 'embedded-';

/** Whether a data folder holds an embedded database already. */
export const hasEmbeddedStore = (dataDir: string): boolean =>
  existsSync(join(dataDir, DATABASE_FOLDER));

/**
 * Opens the embedded database of a data folder, brings its tables up to date, and holds the folder until closed. A new one is copied
 * from `template`, a folder that the first one makes.
 * Throws UserError `store.locked` while another living process holds it.
 */
export async function openEmbeddedStore(
  dataDir: string,
  template = templatePath(),
): Promise<Store> {
  await waitForLock(dataDir);
  try {
    const folder = join(dataDir, DATABASE_FOLDER);
    if (!existsSync(folder) && !existsSync(template)) await makeTemplate(template);
    const store = await openFolder(folder, template);
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

async function openFolder(folder: string, template: string | null): Promise<Store> {
  const database = await EmbeddedDatabase.open({ folder, template });
  return openStore('embedded', new EmbeddedDialect(database));
}

/**
 * Makes the empty database that new ones are copied from: a copy opens in a tenth of the time that initdb and the migrations
 * take. It only saves time: a checkout that cannot be written to does without.
 */
async function makeTemplate(template: string): Promise<void> {
  const unfinished = join(dirname(template), `unfinished-${process.pid}-${basename(template)}`);
  try {
    await (await openFolder(unfinished, null)).close();
    for (const name of await readdir(dirname(template)))
      if (name.startsWith(TEMPLATE_PREFIX) && name !== basename(template))
        await rm(join(dirname(template), name), { recursive: true, force: true });
    await rename(unfinished, template);
  } catch {
    // Where nothing can be written there is nothing to take away either.
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Kept beside the packages, by the version of PGlite and by the migrations, so that a change of either makes a new one. */
function templatePath(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const folder = dirname(dirname(entry));
  const migrations = join(import.meta.dirname, '..', '..', 'migrations');
  const digest = createHash('sha256').update(readFileSync(join(folder, 'package.json')));
  for (const name of readdirSync(migrations).sort())
    digest.update(name).update(readFileSync(join(migrations, name)));
  const name = `${TEMPLATE_PREFIX}${digest.digest('hex').slice(0, 32)}`;
  return join(folder, '..', '..', '.cache', 'xunjian', name);
}
