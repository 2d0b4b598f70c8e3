import { type Kysely, sql } from 'kysely';

/**
 * Waits until no other transaction holds this name, and holds it until the transaction ends. For operations that read, decide
 * and write: on PostgreSQL several processes may do so at once, and each would decide on what the other is about to change.
 */
export async function lockInTransaction<Tables>(trx: Kysely<Tables>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
}
