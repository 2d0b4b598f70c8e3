import { type Kysely, sql } from 'kysely';

/**
 * Templates of letters and notices (文书模板): versions that nobody changes, which of them holds since when (the newest row of a kind;
 * no version = the program's own words), and where one in force could not word a case. A notice keeps the values it was worded with, a
 * letter its words.
 */
const STATEMENTS = [
  `create table notice_template_version (
     id integer generated always as identity primary key,
     kind text not null,
     version integer not null,
     content jsonb not null,
     note text not null,
     made_by text not null,
     made_by_id integer references app_user (id),
     made_at timestamptz not null,
     unique (kind, version)
   )`,
  `create table notice_template_force (
     id integer generated always as identity primary key,
     kind text not null,
     version_id integer references notice_template_version (id),
     reason text not null,
     by_name text not null,
     by_id integer references app_user (id),
     at timestamptz not null
   )`,
  'create index notice_template_force_by_kind on notice_template_force (kind, id desc)',
  `create table notice_template_failure (
     id integer generated always as identity primary key,
     version_id integer not null references notice_template_version (id),
     problem text not null,
     times integer not null,
     first_at timestamptz not null,
     last_at timestamptz not null,
     last_of text not null,
     unique (version_id, problem)
   )`,
  'alter table notice add column worded_with jsonb',
  'create index notice_by_kind on notice (kind, id desc)',
  'alter table rectification_notice add column words jsonb',
  'alter table contest_letter add column words jsonb',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
