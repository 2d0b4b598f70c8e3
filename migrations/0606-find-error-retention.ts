import { type Kysely, sql } from 'kysely';

/** When name and contact of a message were cleared after their time; the index is what the daily pass reads: the few that still have them. */
const STATEMENTS = [
  'alter table find_error add column reporter_cleared_on date',
  `create index find_error_with_reporter on find_error (answered_on)
     where state = 'answered' and (reporter_name <> '' or reporter_contact <> '')`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
