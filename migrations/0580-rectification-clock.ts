import { type Kysely, sql } from 'kysely';

/**
 * The daily clock may change every open case at once. A page holds the next version of all of its cases beside them, so that no index is
 * written; and what the clock writes is not looked up again row by row: a chaser or step is made from its case in one statement or while
 * it is held, and cases are never deleted.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    'alter table rectification_case set (fillfactor = 45)',
    'alter table rectification_chaser drop constraint rectification_chaser_case_id_fkey',
    'alter table rectification_step drop constraint rectification_step_case_id_fkey',
  ])
    await sql.raw(statement).execute(db);
}
