import type { Kysely } from 'kysely';
import { lifecycleDb } from '../lifecycle-db.ts';
import { KIND_WORDS } from './case-words.ts';

/** An account has one open case; a draft or two may lie beside it. */
const SHOWN_MAX = 20;

/** What is asked for an account and not finished, in words. */
export async function openCasesOfAccount<Tables>(
  db: Kysely<Tables>,
  accountId: number,
): Promise<string[]> {
  const rows = await lifecycleDb(db)
    .selectFrom('account_case')
    .select(['id', 'kind'])
    .where('account_id', '=', accountId)
    .where('state', 'not in', ['done', 'rejected', 'withdrawn'])
    .orderBy('id')
    .limit(SHOWN_MAX)
    .execute();
  return rows.map(({ id, kind }) => `账号事项第 ${id} 号：${KIND_WORDS[kind]}`);
}
