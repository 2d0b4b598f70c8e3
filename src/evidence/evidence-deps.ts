import type { Archive } from '../store/archive/archive.ts';
import type { Store } from '../store/store.ts';

/** What the evidence feature needs; `main` opens it. */
export interface EvidenceDeps {
  readonly store: Store;
  readonly archive: Archive;
}
