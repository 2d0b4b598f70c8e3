import { type Kysely, sql } from 'kysely';

/** Files that a unit adds to its objection while it waits for the answer. */
const STATEMENTS = [
  `create table contest_file (
     id integer generated always as identity primary key,
     contest_id integer not null references contest (id),
     name text not null,
     media_type text not null,
     sha256 text not null,
     bytes integer not null,
     content bytea not null,
     added_by text not null,
     added_at timestamptz not null
   )`,
  'create index contest_file_by_contest on contest_file (contest_id, id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
