import { type Kysely, sql } from 'kysely';

/** Terms of the lexicon that stand in a page's words, as a walk meets them: where a closer look is due. Null = not looked for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table survey_page add column terms jsonb').execute(db);
}
