import { type Kysely, sql } from 'kysely';

/** Cases of one subject that are told at once. */
const SHOWN_MAX = 20;

/** What is still to be mended of a site or an account, in words, the earliest deadline first. */
export async function openCasesOf<Tables>(
  db: Kysely<Tables>,
  kind: 'site' | 'account',
  subjectId: number,
): Promise<string[]> {
  const { rows } = await sql<{ words: string }>`
    select '整改事项第 ' || id || ' 号：' || (rule ->> 'label') || '（期限 ' || deadline_on || '）' as words
      from rectification_case where kind = ${kind} and subject_id = ${subjectId} and state not in ('closed', 'merged')
     order by deadline_on, id limit ${SHOWN_MAX}`.execute(db);
  return rows.map(({ words }) => words);
}
