import { type Kysely, sql } from 'kysely';

/**
 * With a build, the office's blocks that it was composed with (null: nobody could write any yet), so that it can be made again from its
 * frozen round. With a correction, its whole text as it is printed: what is signed is those words, whatever a later release would write.
 * The table of corrections was never written to before.
 */
const STATEMENTS = [
  'alter table bulletin add column free jsonb',
  'alter table bulletin_correction add column issued_on date not null',
  'alter table bulletin_correction add column content jsonb not null',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
