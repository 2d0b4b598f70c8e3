import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { parseKeys } from '../identity/audit/audit-keys.ts';
import { AuditTrail, holdAuditTrail } from '../identity/audit/audit-trail.ts';
import type { Sealing } from '../identity/index.ts';
import { databaseSettings } from '../store/database-settings.ts';
import { openEmbeddedStore } from '../store/open-embedded-store.ts';
import { openPostgresStore } from '../store/open-postgres-store.ts';
import type { Store } from '../store/store.ts';
import { createTestDatabase, dropTestDatabase } from './postgres/test-databases.ts';
import { TEST_SEALING } from './test-sealing.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** On which database this project's tests run. */
    readonly database: Store['kind'];
  }
}

export interface TemporaryStore {
  readonly store: Store;
  readonly folder: string;
  /** Its audit trail, held by this process as far as no other store was opened since. */
  readonly audit: AuditTrail;
  /** Under the key of every test's installation. */
  readonly sealing: Sealing;
  remove(): Promise<void>;
}

const TEST_KEYS = parseKeys('5'.repeat(64), '测试');

/** A place for a store of PostgreSQL; `url` is null where the running project is the embedded database's. */
export interface TemporaryDatabase {
  readonly url: string | null;
  remove(): Promise<void>;
}

export async function temporaryDatabase(kind = inject('database')): Promise<TemporaryDatabase> {
  if (kind === 'embedded') return { url: null, remove: async () => undefined };
  const url = await createTestDatabase(inject('postgresUrl'));
  return { url, remove: () => dropTestDatabase(url) };
}

/**
 * A store of its own, on the database of the running project: every test file that imports this runs on both
 * (vitest.config.ts). The folder has an awkward name; remove the store when the test is over.
 */
export async function temporaryStore(kind = inject('database')): Promise<TemporaryStore> {
  const folder = await mkdtemp(join(tmpdir(), '巡鉴 库-'));
  const database = await temporaryDatabase(kind);
  const { url } = database;
  const store =
    url === null ? await openEmbeddedStore(folder) : await openPostgresStore(databaseSettings(url));
  const settings = { store, dataDir: folder, key: null, keepDays: null };
  const audit = new AuditTrail(settings, TEST_KEYS);
  holdAuditTrail(audit);
  return {
    store,
    folder,
    audit,
    sealing: TEST_SEALING,
    remove: async () => {
      await store.close();
      await database.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
