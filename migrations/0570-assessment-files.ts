import { type Kysely, sql } from 'kysely';

/** Evidence files that a unit adds to a line of its own report in the yearly assessment. */
const STATEMENTS = [
  `create table assessment_file (
     id integer generated always as identity primary key,
     assessment_unit_id integer not null,
     rule_id text not null,
     name text not null,
     media_type text not null,
     sha256 text not null,
     bytes integer not null,
     content bytea not null,
     added_by text not null,
     added_at timestamptz not null,
     foreign key (assessment_unit_id, rule_id) references assessment_line (assessment_unit_id, rule_id)
   )`,
  'create index assessment_file_by_line on assessment_file (assessment_unit_id, rule_id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
