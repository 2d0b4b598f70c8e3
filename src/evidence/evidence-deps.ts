import type { AuditTrail } from '../identity/index.ts';
import type { Archive } from '../store/archive/archive.ts';
import type { Store } from '../store/store.ts';

/** What the evidence feature needs; `main` opens it. */
export interface EvidenceDeps {
  readonly store: Store;
  readonly archive: Archive;
  readonly retention: RetentionSettings;
}

/** What opening a row needs. */
export type OpenDeps = Pick<EvidenceDeps, 'store' | 'archive'>;

/** What the chain of a finding needs besides: the audit trail, and the folder with the key that signs packs. */
export interface ChainDeps extends OpenDeps {
  readonly audit: AuditTrail;
  readonly dataDir: string;
}

/** How long whole rounds are kept; null = for ever. A round stays when either setting keeps it. */
export interface RetentionSettings {
  readonly keepRounds: number | null;
  /** Days since the round was frozen. */
  readonly keepDays: number | null;
}
