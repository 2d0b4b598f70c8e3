import { type Kysely, sql } from 'kysely';

/**
 * What the public form asks of whoever writes (both may be empty), the name under which a message is published, and how many messages of
 * one writer and day were refused.
 */
const STATEMENTS = [
  `alter table find_error
     add column reporter_name text not null default '',
     add column reporter_contact text not null default '',
     add column public_name text`,
  'alter table find_error_writer add column refused integer not null default 0',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
