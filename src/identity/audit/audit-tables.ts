import { type GeneratedAlways, type Kysely, sql } from 'kysely';

/** The audit trail (migrations/0001-registry.ts, 0210-audit-chain.ts). Position, key and hashes are null before a row is chained. */
export interface AuditTables {
  audit: {
    id: GeneratedAlways<number>;
    at: string;
    actor: string;
    action: string;
    subject: string | null;
    detail: unknown;
    user_id: number | null;
    address: string | null;
    request_id: string | null;
    before: unknown;
    after: unknown;
    position: number | null;
    key_id: string | null;
    previous_hash: string | null;
    hash: string | null;
  };
  audit_checkpoint: {
    id: GeneratedAlways<number>;
    at: string;
    position: number;
    hash: string;
    key_id: string;
    mac: string;
  };
}
export type AuditDb = Kysely<AuditTables>;

/** Any handle of the store seen through the trail's tables. */
export function auditDb<Tables>(db: Kysely<Tables>): AuditDb {
  return db as unknown as AuditDb;
}

/** The end of the chain. */
export interface Head {
  readonly position: number;
  readonly hash: string;
  readonly keyId: string;
}

/** The newest chained row, else the newest checkpoint, else null: nothing was ever chained. */
export async function readHead(db: AuditDb): Promise<Head | null> {
  const { rows } = await sql<Head>`
    select position, hash, key_id as "keyId" from (
      (select position, hash, key_id, 1 as kind from audit where position is not null order by position desc limit 1)
      union all
      (select position, hash, key_id, 2 as kind from audit_checkpoint order by position desc limit 1)
    ) ends order by kind limit 1`.execute(db);
  return rows[0] ?? null;
}

/** Columns of a chained row as {@link ChainedRow} has them. */
export const CHAINED_COLUMNS = sql`position, id, at::text as at, actor, user_id, address, request_id, action, subject,
  detail::text as detail, before::text as before, after::text as after, key_id, previous_hash, hash`;
