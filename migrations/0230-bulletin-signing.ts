import { type Kysely, sql } from 'kysely';

/**
 * Who built a bulletin, of what, and who signed which build; versions of rulesets on top of the shipped files. A signature names
 * the content by its SHA-256; a withdrawn one stays, with its time.
 */
const STATEMENTS = [
  `alter table bulletin
     add column built_by text not null default '',
     add column issue jsonb,
     add column file_hashes jsonb`,
  `create table bulletin_signature (
     id integer generated always as identity primary key,
     bulletin_id integer not null references bulletin (id),
     sha256 text not null,
     user_id integer not null,
     signer text not null,
     signed_at timestamptz not null,
     withdrawn_at timestamptz
   )`,
  `create unique index bulletin_signature_once on bulletin_signature (bulletin_id, user_id)
     where withdrawn_at is null`,
  // The whole resolved content: a later release of the shipped file changes no version made on top of it.
  `create table ruleset_version (
     id integer generated always as identity primary key,
     ruleset_id text not null,
     version integer not null check (version > 1),
     base_hash text not null,
     hash text not null,
     changes jsonb not null,
     content jsonb not null,
     reason text not null,
     changed_by text not null,
     changed_at timestamptz not null,
     unique (ruleset_id, version)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
