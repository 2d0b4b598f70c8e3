import type { Kysely } from 'kysely';

export interface AuditEntry {
  readonly actor: string;
  /** `feature.verb`, e.g. `registry.import`. */
  readonly action: string;
  /** `kind:identity` of what was acted on. */
  readonly subject?: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

interface AuditTables {
  audit: { actor: string; action: string; subject: string | null; detail: string };
}

/** Writes one row of the append-only audit trail, inside the transaction of what it records. Secrets print as `[secret]`. */
export async function recordAudit<Tables>(trx: Kysely<Tables>, entry: AuditEntry): Promise<void> {
  await (trx as unknown as Kysely<AuditTables>)
    .insertInto('audit')
    .values({
      actor: entry.actor,
      action: entry.action,
      subject: entry.subject ?? null,
      detail: JSON.stringify(entry.detail),
    })
    .execute();
}
