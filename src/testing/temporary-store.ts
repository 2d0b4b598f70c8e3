import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { parseKeys } from '../identity/audit/audit-keys.ts';
import { AuditTrail, holdAuditTrail } from '../identity/audit/audit-trail.ts';
import { databaseSettings } from '../store/database-settings.ts';
import { openEmbeddedStore } from '../store/open-embedded-store.ts';
import { openPostgresStore } from '../store/open-postgres-store.ts';
import type { Store } from '../store/store.ts';
import { createTestDatabase, dropTestDatabase } from './postgres/test-databases.ts';

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
  remove(): Promise<void>;
}

const TEST_KEYS = parseKeys('5'.repeat(64), '测试');

/**
 * A store of its own, on the database of the running project: every test file that imports this runs on both
 * (vitest.config.ts). The folder has an awkward name; remove the store when the test is over.
 */
export async function temporaryStore(kind = inject('database')): Promise<TemporaryStore> {
  const folder = await mkdtemp(join(tmpdir(), '巡鉴 库-'));
  const url = kind === 'postgres' ? await createTestDatabase(inject('postgresUrl')) : null;
  const store =
    url === null ? await openEmbeddedStore(folder) : await openPostgresStore(databaseSettings(url));
  const settings = { store, dataDir: folder, key: null, keepDays: null };
  const audit = new AuditTrail(settings, TEST_KEYS);
  holdAuditTrail(audit);
  return {
    store,
    folder,
    audit,
    remove: async () => {
      await store.close();
      if (url !== null) await dropTestDatabase(url);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
