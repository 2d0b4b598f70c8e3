import type { Kysely } from 'kysely';
import { originNow } from '../../lib/node/origin.ts';
import { auditDb } from './audit-tables.ts';
import { heldAuditTrail } from './audit-trail.ts';
import { appendRow, takeChain } from './chain-rows.ts';

export interface AuditEntry {
  readonly actor: string;
  /** `feature.verb`, e.g. `registry.import`; its Chinese words are in `action-words.ts`. */
  readonly action: string;
  /** `kind:identity` of what was acted on. */
  readonly subject?: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** What the changed values were, and what they are now. */
  readonly before?: Readonly<Record<string, unknown>> | null;
  readonly after?: Readonly<Record<string, unknown>> | null;
}

/**
 * Writes one row of the append-only audit trail, chained to the one before it, inside the transaction of what it records.
 * Call it last in a transaction: other rows wait until it ends. Who and from where come from {@link originNow}. Secrets print
 * as `[secret]`. Throws UserError `audit.key` where the chain goes on under a key that this process was not given.
 */
export async function recordAudit<Tables>(trx: Kysely<Tables>, entry: AuditEntry): Promise<void> {
  const trail = heldAuditTrail();
  const db = auditDb(trx);
  const head = await takeChain(trx, db, trail.keys);
  const { userId, address, requestId } = originNow();
  await appendRow(db, trail.keys, head, {
    ...{ userId, address: address === null ? null : plain(address), requestId },
    actor: plain(entry.actor),
    action: entry.action,
    subject: entry.subject === undefined ? null : plain(entry.subject),
    detail: boundedJson(entry.detail),
    before: entry.before ? boundedJson(entry.before) : null,
    after: entry.after ? boundedJson(entry.after) : null,
  });
  trail.noteAppend();
}

/** One value of a row: a trail of a million rows must stay readable. */
const JSON_CHARACTERS_MAX = 100_000;
const CUT_SHOWN = 2_000;
const TEXT_CHARACTERS_MAX = 1_000;

/** Names under which a secret travels; a text below them is never written, whoever passed it. */
const SECRET_NAME = /secret|passw|token$|recovery|otpauth|cookie|private|api_?key/i;

function boundedJson(value: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(value, (name, each: unknown) => {
    if (typeof each !== 'string') return each;
    return SECRET_NAME.test(name) ? '[secret]' : storable(each);
  });
  if (text.length <= JSON_CHARACTERS_MAX) return text;
  return JSON.stringify({ cut: text.length, begin: storable(text.slice(0, CUT_SHOWN)) });
}

const plain = (text: string): string => storable(text.slice(0, TEXT_CHARACTERS_MAX));

/** What PostgreSQL refuses in a text: half a surrogate pair, and NUL. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '');
