import type { GeneratedAlways, Kysely } from 'kysely';
import type { Ruleset } from '../domain/ruleset.ts';
import type { Instant } from '../lib/pure/dates.ts';

interface RulesetTables {
  ruleset_version: {
    id: GeneratedAlways<number>;
    ruleset_id: string;
    version: number;
    base_hash: string;
    hash: string;
    changes: string;
    content: string;
    reason: string;
    changed_by: string;
    changed_at: string;
  };
}

/** A version made here, without its content. */
export interface VersionHead {
  readonly rulesetId: string;
  readonly version: number;
  readonly baseHash: string;
  readonly hash: string;
  readonly reason: string;
  readonly changedBy: string;
  readonly changedAt: Instant;
}

export interface StoredVersion extends VersionHead {
  readonly content: Ruleset;
}

const tables = <Tables>(db: Kysely<Tables>) => db as unknown as Kysely<RulesetTables>;
const HEAD = [
  'ruleset_id',
  'version',
  'base_hash',
  'hash',
  'reason',
  'changed_by',
  'changed_at',
] as const;

function headOf(
  row: Omit<RulesetTables['ruleset_version'], 'id' | 'changes' | 'content'>,
): VersionHead {
  return {
    rulesetId: row.ruleset_id,
    version: row.version,
    baseHash: row.base_hash,
    hash: row.hash,
    reason: row.reason,
    changedBy: row.changed_by,
    changedAt: row.changed_at,
  };
}

/** Versions made here, by ruleset, the newest first. */
export async function listVersions<Tables>(db: Kysely<Tables>): Promise<VersionHead[]> {
  const rows = await tables(db)
    .selectFrom('ruleset_version')
    .select(HEAD)
    .orderBy('ruleset_id')
    .orderBy('version', 'desc')
    .limit(VERSIONS_MAX)
    .execute();
  return rows.map(headOf);
}

/** A ruleset is changed a few times a year; one read takes no more than this. */
const VERSIONS_MAX = 10_000;

/** A version of a ruleset, the newest when none is named; null when it was not made here. */
export async function findVersion<Tables>(
  db: Kysely<Tables>,
  rulesetId: string,
  version: number | null,
): Promise<StoredVersion | null> {
  let query = tables(db)
    .selectFrom('ruleset_version')
    .selectAll()
    .where('ruleset_id', '=', rulesetId);
  if (version !== null) query = query.where('version', '=', version);
  const row = await query.orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row ? { ...headOf(row), content: row.content as unknown as Ruleset } : null;
}

export async function insertVersion<Tables>(
  db: Kysely<Tables>,
  row: StoredVersion & { readonly changes: readonly unknown[] },
): Promise<void> {
  await tables(db)
    .insertInto('ruleset_version')
    .values({
      ruleset_id: row.rulesetId,
      version: row.version,
      base_hash: row.baseHash,
      hash: row.hash,
      changes: JSON.stringify(row.changes),
      content: JSON.stringify(row.content),
      reason: row.reason,
      changed_by: row.changedBy,
      changed_at: row.changedAt,
    })
    .execute();
}
