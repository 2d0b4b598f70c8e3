import type { Kysely } from 'kysely';
import type { Sealing } from '../identity/index.ts';
import type { Secret } from '../lib/pure/secret.ts';
import { credentialPlace } from '../registry/index.ts';
import type { Source } from './source.ts';
import { sourcesDb } from './sources-db.ts';

/** Sources of some accounts, by account, in their order; accounts without any are not in the map. */
export async function sourcesOf<Tables>(
  db: Kysely<Tables>,
  accountIds: readonly number[],
): Promise<Map<number, Source[]>> {
  if (accountIds.length === 0) return new Map();
  const rows = await sourcesDb(db)
    .selectFrom('account_source')
    .selectAll()
    .where('account_id', 'in', [...accountIds])
    .where('removed_at', 'is', null)
    .orderBy('account_id')
    .orderBy('position')
    .orderBy('id')
    .execute();
  const sources = rows.map(
    (row): Source => ({
      ...{ id: row.id, accountId: row.account_id, position: row.position },
      ...{ kind: row.kind, level: row.level, address: row.address, identity: row.identity },
      ...{ state: row.state, parkUntil: row.park_until, credential: row.credential },
    }),
  );
  return Map.groupBy(sources, ({ accountId }) => accountId);
}

/** The source's secret; null when it has none. Throws {@link UserError} `secret.foreign` or `secret.broken`. */
export function credentialOf(sealing: Sealing, source: Source): Secret | null {
  if (source.credential === null) return null;
  return sealing.open(credentialPlace(source.accountId), source.credential);
}
