import { type Kysely, sql } from 'kysely';
import type { Instant } from '../lib/pure/dates.ts';
import { giveCopies } from './give-copies.ts';
import { type NoticeDraft, rowOf } from './notice.ts';

/** Notices written at once. */
const SLICE = 1_000;

/**
 * Queues notices in the caller's transaction: they lie in the inboxes when it commits, and are sent by other ways afterwards. A key that
 * was queued before is left alone. Returns how many are new. Breaks an invariant for a kind without a name.
 */
export async function queueNotices<Tables>(
  trx: Kysely<Tables>,
  drafts: readonly NoticeDraft[],
  at: Instant,
): Promise<number> {
  let added = 0;
  for (let from = 0; from < drafts.length; from += SLICE) {
    const rows = drafts.slice(from, from + SLICE).map(rowOf);
    const { rows: fresh } = await sql<{ id: number }>`
      insert into notice (key, kind, audience, unit_id, user_id, title, text, link, urgent, made_at)
      select key, kind, audience, unit_id, user_id, title, text, link, urgent, ${at}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as drafts(key text, kind text, audience text,
             unit_id int, user_id int, title text, text text, link text, urgent boolean)
      on conflict (key) do nothing returning id`.execute(trx);
    await giveCopies(
      trx,
      fresh.map(({ id }) => id),
      at,
    );
    added += fresh.length;
  }
  return added;
}
