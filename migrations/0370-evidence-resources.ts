import { type Kysely, sql } from 'kysely';

/** The archive also keeps what was made of answers: pages after their scripts, and their pictures. */
const STATEMENTS = [
  'alter table evidence_record drop constraint evidence_record_kind_check',
  `alter table evidence_record add constraint evidence_record_kind_check
     check (kind in ('response', 'resource', 'revisit', 'digest'))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
