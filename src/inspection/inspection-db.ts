import type { Kysely, Transaction } from 'kysely';
import { lockInTransaction } from '../store/lock-in-transaction.ts';
import type { Store } from '../store/store.ts';
import type { InspectionTables } from './tables.ts';

export type InspectionDb = Kysely<InspectionTables>;

/** The store seen through this feature's tables. */
export function inspectionDb(store: Store): InspectionDb {
  return store.db as unknown as InspectionDb;
}

/** One transaction over this feature's tables (and, through `trx`, the audit trail). */
export function inTransaction<T>(
  store: Store,
  work: (trx: Transaction<InspectionTables>) => Promise<T>,
): Promise<T> {
  return store.transaction((trx) => work(trx as unknown as Transaction<InspectionTables>));
}

/** One transaction that decides something about a round: those of one period follow one another, in whatever process. */
export function inRoundTransaction<T>(
  store: Store,
  period: string,
  work: (trx: Transaction<InspectionTables>) => Promise<T>,
): Promise<T> {
  return inTransaction(store, async (trx) => {
    await lockInTransaction(trx, `round:${period}`);
    return work(trx);
  });
}
