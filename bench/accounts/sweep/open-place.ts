import process from 'node:process';
import { openAuditTrail } from '../../../src/identity/index.ts';
import { databaseSettings } from '../../../src/store/database-settings.ts';
import { openEmbeddedStore } from '../../../src/store/open-embedded-store.ts';
import { openPostgresStore } from '../../../src/store/open-postgres-store.ts';
import type { CrowdPlace } from '../../../src/testing/crowd/seed-crowd.ts';
import { TEST_SEALING } from '../../../src/testing/test-sealing.ts';

/** The installation of the environment: `DATABASE_URL` ('' = the embedded database) and the folder `XUNJIAN_DATA`. */
export async function openPlace(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<CrowdPlace & { close(): Promise<void> }> {
  const { DATABASE_URL: url = '', XUNJIAN_DATA: dataDir = '' } = environment;
  const store =
    url === '' ? await openEmbeddedStore(dataDir) : await openPostgresStore(databaseSettings(url));
  await openAuditTrail({ store, dataDir, key: null, keepDays: null });
  return { store, sealing: TEST_SEALING, close: () => store.close() };
}
