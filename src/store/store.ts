import type { Kysely, Transaction } from 'kysely';
import type { Patience } from './with-retry.ts';

/**
 * The database seam. Features see their own tables through `Kysely<TheirTables>`; the store itself knows no table.
 * Inside `transaction` use only the given `trx`: on the embedded database the outer `db` would wait for ever.
 */
export interface Store {
  readonly kind: 'embedded' | 'postgres';
  // biome-ignore lint/suspicious/noExplicitAny: features narrow it with withTables; the store cannot know them
  readonly db: Kysely<any>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  transaction<T>(work: (trx: Transaction<any>) => Promise<T>): Promise<T>;
  /**
   * The same store for work that outlives a database restart: it waits and runs statements and transactions again, so each
   * must be safe to run twice and change nothing outside the database. The embedded database cannot go away: itself.
   */
  patient(wait: StoreWait): Store;
  /** Idempotent; releases the directory lock. */
  close(): Promise<void>;
}

/** See {@link Store.patient}. */
export type StoreWait = Pick<Patience, 'signal' | 'onWait'>;

/** What a command that needs the store gets. */
export interface StoreDeps {
  readonly store: Store;
}
