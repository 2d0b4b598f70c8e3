import { sql } from 'kysely';
import type { Sealing } from '../identity/index.ts';
import { Secret } from '../lib/pure/secret.ts';
import { credentialPlace } from '../registry/index.ts';
import type { Store } from '../store/store.ts';
import { sourcesDb } from './sources-db.ts';

/** What migration 0400 put before a secret that it found in plain text: a migration has no key. */
const PLAIN = 'plain:';
const BATCH = 500;

/**
 * Seals the secrets that an older version kept in plain text, in batches; returns how many. What the database still holds of
 * the plain text in dead rows goes with the vacuum at the end.
 */
export async function sealPlain(store: Store, sealing: Sealing): Promise<number> {
  let sealed = 0;
  for (let last = 0, found = BATCH; found === BATCH; ) {
    const rows = await store.transaction(async (trx) => {
      const db = sourcesDb(trx);
      const plain = await db
        .selectFrom('account_source')
        .select(['id', 'account_id', 'credential'])
        .where('credential', 'like', `${PLAIN}%`)
        .where('id', '>', last)
        .orderBy('id')
        .limit(BATCH)
        .forUpdate()
        .execute();
      for (const { id, account_id, credential } of plain) {
        const secret = new Secret((credential ?? '').slice(PLAIN.length));
        await db
          .updateTable('account_source')
          .set({ credential: sealing.seal(credentialPlace(account_id), secret) })
          .where('id', '=', id)
          .execute();
      }
      return plain;
    });
    found = rows.length;
    sealed += found;
    last = rows.at(-1)?.id ?? last;
  }
  // Dropped columns and old rows stay in the files until they are written anew.
  if (sealed > 0) await sql`vacuum full account, account_source`.execute(store.db);
  return sealed;
}
