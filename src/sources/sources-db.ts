import type { Kysely } from 'kysely';
import type { AccountSourceTable } from '../registry/index.ts';

/** The sources feature's tables (migration 0400); jsonb goes in as text and comes back parsed. */
export interface SourcesTables {
  account_source: AccountSourceTable;
}

export type SourcesDb = Kysely<SourcesTables>;

/** Any handle of the store seen through this feature's tables. */
export function sourcesDb<Tables>(db: Kysely<Tables>): SourcesDb {
  return db as unknown as SourcesDb;
}
