import { type Kysely, sql } from 'kysely';

/**
 * Files of import drafts are sealed from now on. What an older version kept in plain text waits an hour at the most: it is
 * uploaded again. Truncating writes the table anew, so that no dead row keeps a secret either.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`truncate import_draft_file`.execute(db);
}
