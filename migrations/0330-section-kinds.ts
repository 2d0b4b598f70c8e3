import { type Kysely, sql } from 'kysely';

/**
 * What a person decided a section of a site to be (栏目类别). By site code and the section's address: it holds for every later
 * round, also when the register was imported anew.
 */
const STATEMENTS = [
  `create table section_kind (
     site_code text not null,
     section_key text not null,
     url text not null,
     kind text not null,
     reason text not null,
     decided_by text not null,
     decided_by_id integer,
     decided_at timestamptz not null,
     primary key (site_code, section_key)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
