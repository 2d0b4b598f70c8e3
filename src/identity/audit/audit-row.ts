import type { AuditKey } from './audit-keys.ts';
import { macOf } from './audit-keys.ts';

/** A chained row, each value as the text in which the database keeps it: what is hashed is what is stored. */
export interface ChainedRow {
  readonly position: number;
  readonly id: number;
  /** `timestamptz::text` in UTC. */
  readonly at: string;
  readonly actor: string;
  readonly user_id: number | null;
  readonly address: string | null;
  readonly request_id: string | null;
  readonly action: string;
  readonly subject: string | null;
  /** `jsonb::text`. */
  readonly detail: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly key_id: string;
  readonly previous_hash: string;
}

const FORM = 'xunjian-audit/1';

/**
 * The text that is signed: the form's name, then every value as its length in UTF-8 bytes, a colon and itself (a netstring
 * without its comma), or `-` where there is none. No two rows give the same text, whatever stands in their values.
 */
export function canonicalText(row: ChainedRow): string {
  return (
    FORM +
    part(`${row.position}`) +
    part(`${row.id}`) +
    part(row.at) +
    part(row.actor) +
    part(row.user_id === null ? null : `${row.user_id}`) +
    part(row.address) +
    part(row.request_id) +
    part(row.action) +
    part(row.subject) +
    part(row.detail) +
    part(row.before) +
    part(row.after) +
    part(row.key_id) +
    part(row.previous_hash)
  );
}

function part(text: string | null): string {
  return text === null ? '\n-' : `\n${Buffer.byteLength(text)}:${text}`;
}

export function hashOf(row: ChainedRow, { key }: AuditKey): string {
  return macOf(key, canonicalText(row));
}

/** What the first row of a chain names as its predecessor. */
export const NO_PREDECESSOR = '0'.repeat(64);

/** A checkpoint's signature: where retention cut the chain. */
export function checkpointMac(
  { position, hash }: { readonly position: number; readonly hash: string },
  { key }: AuditKey,
): string {
  return macOf(key, `xunjian-audit-checkpoint/1${part(`${position}`)}${part(hash)}`);
}
