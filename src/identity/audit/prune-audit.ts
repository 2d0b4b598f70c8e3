import { sql } from 'kysely';
import { addDays, type Instant, shanghaiDate, startOfDay } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { checkpointMac } from './audit-row.ts';
import { auditDb } from './audit-tables.ts';
import type { AuditTrail } from './audit-trail.ts';
import { takeChain } from './chain-rows.ts';
import { recordAudit } from './record-audit.ts';
import { verifyAudit } from './verify-audit.ts';

export interface PrunedAudit {
  readonly rows: number;
  /** Position of the last deleted row; null when none was old enough. */
  readonly upTo: number | null;
}

/**
 * Deletes the rows that are older than the setting, from the beginning on. A signed checkpoint keeps the hash of the last of
 * them, so what stays is proved as before. Throws {@link UserError} `audit.broken` where the chain does not prove itself: what
 * shows a forgery is not thrown away.
 */
export async function pruneAudit(
  trail: AuditTrail,
  actor: string,
  now: Instant,
): Promise<PrunedAudit> {
  const { keepDays, store } = trail.settings;
  if (keepDays === null) return { rows: 0, upTo: null };
  const { firstBroken } = await verifyAudit(trail);
  if (firstBroken !== null)
    throw new UserError('audit.broken', `审计链不完好，没有清理：${firstBroken.why}。`, {
      family: 'state',
    });
  const before = startOfDay(addDays(shanghaiDate(now), -keepDays));
  return store.transaction(async (trx) => {
    const db = auditDb(trx);
    await takeChain(trx, db, trail.keys);
    const { rows } = await sql<{ position: number; hash: string }>`
      select position, hash from audit
       where position < coalesce((select min(position) from audit where at >= ${before}::timestamptz),
                                 (select max(position) from audit))
       order by position desc limit 1`.execute(db);
    const last = rows[0];
    if (last === undefined) return { rows: 0, upTo: null };
    const key = trail.keys.current;
    await db
      .insertInto('audit_checkpoint')
      .values({ at: now, ...last, key_id: key.id, mac: checkpointMac(last, key) })
      .execute();
    const deleted = await db
      .deleteFrom('audit')
      .where('position', '<=', last.position)
      .executeTakeFirst();
    const pruned = { rows: Number(deleted.numDeletedRows), upTo: last.position };
    await recordAudit(trx, { actor, action: 'audit.prune', detail: { ...pruned, keepDays } });
    return pruned;
  });
}
