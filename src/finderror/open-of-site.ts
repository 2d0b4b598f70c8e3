import type { Kysely } from 'kysely';
import { findErrorDb } from './find-error-db.ts';

const SHOWN_MAX = 20;

/** Messages about a site that nobody has answered, in words, the earliest day first. */
export async function openMessagesOf<Tables>(
  db: Kysely<Tables>,
  siteId: number,
): Promise<string[]> {
  const rows = await findErrorDb(db)
    .selectFrom('find_error')
    .select(['id', 'due_on as dueOn', 'extended_to as extendedTo'])
    .where('site_id', '=', siteId)
    .where('state', '<>', 'answered')
    .orderBy('due_on')
    .limit(SHOWN_MAX)
    .execute();
  return rows.map(
    ({ id, dueOn, extendedTo }) => `找错留言第 ${id} 号（${extendedTo ?? dueOn} 前答复）`,
  );
}
