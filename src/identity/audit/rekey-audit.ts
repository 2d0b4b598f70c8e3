import { UserError } from '../../lib/pure/errors.ts';
import { addAuditKey } from './audit-keys.ts';
import { auditDb, readHead } from './audit-tables.ts';
import type { AuditTrail } from './audit-trail.ts';
import { recordAudit } from './record-audit.ts';

/**
 * Goes on under a new key, because the old one was lost or became known; the row that says so is the first under it. Throws
 * {@link UserError} `audit.key` where the key comes from a setting: that is changed by whoever starts the processes.
 */
export async function rekeyAudit(
  trail: AuditTrail,
  actor: string,
  reason: string,
): Promise<{ readonly from: string | null; readonly to: string }> {
  const { store, dataDir, key } = trail.settings;
  if (key !== null)
    throw new UserError(
      'audit.key',
      '密钥由 XUNJIAN_AUDIT_KEY 给出：把新的写在旧的前面（空格隔开），再重新启动全部进程。',
      { family: 'state' },
    );
  const from = (await readHead(auditDb(store.db)))?.keyId ?? null;
  trail.keys = await addAuditKey(dataDir);
  const to = trail.keys.current.id;
  await store.transaction((trx) =>
    recordAudit(trx, { actor, action: 'audit.rekey', detail: { reason, from, to } }),
  );
  await trail.anchor();
  return { from, to };
}
