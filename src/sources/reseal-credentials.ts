import type { Sealing } from '../identity/index.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Secret } from '../lib/pure/secret.ts';
import { credentialPlace } from '../registry/index.ts';
import type { Store } from '../store/store.ts';
import { sourcesDb } from './sources-db.ts';

const BATCH = 500;

export interface Resealed {
  readonly sealed: number;
  /** Sealed by another installation, or changed: only a new credential helps. */
  readonly unopened: number;
}

/** Seals every credential by the present key, batch by batch; what is already is left alone, so it may be interrupted. */
export async function resealCredentials(store: Store, sealing: Sealing): Promise<Resealed> {
  let [sealed, unopened, last] = [0, 0, 0];
  for (let found = BATCH; found === BATCH; ) {
    await store.transaction(async (trx) => {
      const db = sourcesDb(trx);
      const rows = await db
        .selectFrom('account_source')
        .select(['id', 'account_id', 'credential'])
        .where('credential', 'is not', null)
        .where('id', '>', last)
        .orderBy('id')
        .limit(BATCH)
        .forUpdate()
        .execute();
      for (const { id, account_id, credential } of rows) {
        if (credential === null || sealing.isCurrent(credential)) continue;
        const place = credentialPlace(account_id);
        const secret = openOrNull(sealing, place, credential);
        if (secret === null) {
          unopened += 1;
          continue;
        }
        const anew = sealing.seal(place, secret);
        await db
          .updateTable('account_source')
          .set({ credential: anew })
          .where('id', '=', id)
          .execute();
        sealed += 1;
      }
      found = rows.length;
      last = rows.at(-1)?.id ?? last;
    });
  }
  return { sealed, unopened };
}

function openOrNull(sealing: Sealing, place: string, sealed: string): Secret | null {
  try {
    return sealing.open(place, sealed);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
