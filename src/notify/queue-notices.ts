import { type Kysely, sql } from 'kysely';
import type { Instant } from '../lib/pure/dates.ts';
import { giveCopies } from './give-copies.ts';
import { type NoticeDraft, type NoticeRow, rowOf } from './notice.ts';
import {
  recordFailures,
  type TemplateFailure,
  type TemplateInForce,
  templatesInForce,
} from './templates/in-force.ts';

/** Notices written at once. */
const SLICE = 1_000;

/**
 * Queues notices in the caller's transaction: they lie in the inboxes when it commits, and are sent by other ways afterwards. A key that
 * was queued before is left alone. The office's own template words them where one is in force; where it has no words for a case, they keep
 * the program's, and that is recorded. Returns how many are new. Breaks an invariant for a kind without a name.
 */
export async function queueNotices<Tables>(
  trx: Kysely<Tables>,
  drafts: readonly NoticeDraft[],
  at: Instant,
): Promise<number> {
  if (drafts.length === 0) return 0;
  const force = await templatesInForce(trx, [...new Set(drafts.map(({ kind }) => kind))]);
  let added = 0;
  for (let from = 0; from < drafts.length; from += SLICE) {
    const worded = drafts
      .slice(from, from + SLICE)
      .map((draft) => wordDraft(draft, force.get(draft.kind)));
    const rows = worded.map(({ row }) => row);
    const { rows: fresh } = await sql<{ id: number; key: string }>`
      insert into notice (key, kind, audience, unit_id, user_id, title, text, link, urgent, worded_with, made_at)
      select key, kind, audience, unit_id, user_id, title, text, link, urgent, worded_with, ${at}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as drafts(key text, kind text, audience text,
             unit_id int, user_id int, title text, text text, link text, urgent boolean, worded_with jsonb)
      on conflict (key) do nothing returning id, key`.execute(trx);
    // What was told before is not told again, so it fails no second time either.
    const told = new Set(fresh.map(({ key }) => key));
    await recordFailures(
      trx,
      worded.flatMap(({ failure }) => (failure && told.has(failure.of) ? [failure] : [])),
      at,
    );
    await giveCopies(
      trx,
      fresh.map(({ id }) => id),
      at,
    );
    added += fresh.length;
  }
  return added;
}

/** A draft in the words of the template in force; in the program's own, with the failure, where it has none. */
function wordDraft(
  draft: NoticeDraft,
  force: TemplateInForce | undefined,
): { readonly row: NoticeRow; readonly failure?: TemplateFailure } {
  if (force === undefined) return { row: rowOf(draft) };
  const { title, text, values = { title, text } } = draft;
  const worded = force.word(values);
  if ('problem' in worded) {
    const failure = { versionId: force.versionId, problem: worded.problem, of: draft.key };
    return { row: rowOf({ ...draft, values }), failure };
  }
  const { title: newTitle, paragraphs } = worded.words;
  const newText = paragraphs.map((each) => each.text).join('');
  return { row: rowOf({ ...draft, title: newTitle, text: newText, values }) };
}
