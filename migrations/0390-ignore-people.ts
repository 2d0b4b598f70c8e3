import { type Kysely, sql } from 'kysely';

/** Who ignored a wording, by his number: names change, and a veto needs two different persons. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      'alter table text_ignore add column decided_by_id integer, add column confirmed_by_id integer',
    )
    .execute(db);
}
