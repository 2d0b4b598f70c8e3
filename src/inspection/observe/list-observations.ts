import { type Acting, assertMay } from '../../domain/acting.ts';
import type { Store } from '../../store/store.ts';
import { inspectionDb } from '../inspection-db.ts';
import { type ListedObservation, observationPage } from './observation.repository.ts';
import { type ObservedAccount, requireAccount } from './observed-account.ts';

/** What inspectors saw of one account, newest first, also what was withdrawn. */
export interface AccountObservations {
  readonly account: ObservedAccount;
  readonly items: readonly ListedObservation[];
  readonly total: number;
}

/** Throws {@link UserError} `identity.forbidden`, `account.unknown`. */
export async function listObservations(
  deps: { readonly store: Store },
  acting: Acting,
  input: { readonly accountId: number; readonly limit: number; readonly offset: number },
): Promise<AccountObservations> {
  assertMay(acting, 'evidence.read');
  const db = inspectionDb(deps.store);
  const account = await requireAccount(db, acting, input.accountId);
  return { account, ...(await observationPage(db, input)) };
}
