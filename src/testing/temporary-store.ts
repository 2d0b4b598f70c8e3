import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '../store/open-embedded-store.ts';
import type { Store } from '../store/store.ts';

export interface TemporaryStore {
  readonly store: Store;
  readonly folder: string;
  remove(): Promise<void>;
}

/** An embedded store in a folder with an awkward name of its own; remove it when the test is over. */
export async function temporaryStore(): Promise<TemporaryStore> {
  const folder = await mkdtemp(join(tmpdir(), '巡鉴 库-'));
  const store = await openEmbeddedStore(folder);
  return {
    store,
    folder,
    remove: async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
