import type { Kysely, Selectable } from 'kysely';
import type { Sealing } from '../identity/index.ts';
import type { Secret } from '../lib/pure/secret.ts';
import { credentialPlace } from '../registry/index.ts';
import type { Source } from './source.ts';
import { type SourcesTables, sourcesDb } from './sources-db.ts';

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
  return Map.groupBy(rows.map(toSource), ({ accountId }) => accountId);
}

/** A row as the feature sees it. */
export const toSource = (row: Selectable<SourcesTables['account_source']>): Source => ({
  ...{ id: row.id, accountId: row.account_id, position: row.position },
  ...{ kind: row.kind, level: row.level, address: row.address, identity: row.identity },
  ...{ state: row.state, failures: row.failures, credential: row.credential },
  parkUntil: row.park_until && new Date(row.park_until).toISOString(),
  completeTo: row.complete_to,
  capabilities: row.capabilities as unknown as Readonly<Record<string, unknown>>,
});

/** The source's secret; null when it has none. Throws {@link UserError} `secret.foreign` or `secret.broken`. */
export function credentialOf(sealing: Sealing, source: Source): Secret | null {
  if (source.credential === null) return null;
  return sealing.open(credentialPlace(source.accountId), source.credential);
}
