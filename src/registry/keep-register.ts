import { type RepeatedWork, repeatWork } from '../jobs/repeated-work.ts';
import type { Instant } from '../lib/pure/dates.ts';
import type { StoreDeps } from '../store/store.ts';
import { sweepDiffs } from './diff/keep-diff.ts';
import { sweepDrafts } from './import/import-draft.repository.ts';
import { fillCompleteness } from './record/fill-completeness.ts';
import { registryDb } from './registry.repository.ts';

/** A pass computes some ten thousand accounts: a province is through within the first hour. */
const EVERY_MS = 600_000;

/** What the calendar wants of the register: drafts and comparisons that are over go, completeness that nobody computed is computed. */
export async function tidyRegister(deps: StoreDeps, at: Instant): Promise<void> {
  await deps.store.transaction(async (trx) => {
    const db = registryDb(trx);
    await sweepDrafts(db, at);
    await sweepDiffs(db, at);
  });
  await fillCompleteness(deps);
}

/** Keeps the register tidy in a serving process. Several may do so on one database. */
export function keepRegister(
  deps: StoreDeps,
  io: { readonly now: () => Instant; readonly onError: (error: unknown) => void },
): RepeatedWork {
  return repeatWork({
    everyMs: EVERY_MS,
    work: () => tidyRegister(deps, io.now()),
    onError: io.onError,
  });
}
