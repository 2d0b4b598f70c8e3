import { type Kysely, sql } from 'kysely';

/**
 * The template that a build was made with (null: the founding document's), what the office put between the computed parts, and
 * corrections of what was issued. A block's versions all stay, with who wrote them; the newest one is what is printed.
 */
const STATEMENTS = [
  'alter table bulletin add column template jsonb',
  `create table bulletin_block (
     id integer generated always as identity primary key,
     period text not null,
     block integer not null,
     version integer not null check (version > 0),
     kind text not null check (kind in ('text', 'annotation')),
     after_key text not null,
     place integer not null,
     text text not null,
     reason text not null,
     removed boolean not null default false,
     written_by text not null,
     written_at timestamptz not null,
     unique (period, block, version)
   )`,
  `create table bulletin_correction (
     id integer generated always as identity primary key,
     period text not null,
     bulletin_id integer not null references bulletin (id),
     sha256 text not null,
     document_number text not null,
     wrong text not null,
     correct text not null,
     reason text not null,
     drafted_by text not null,
     drafted_at timestamptz not null,
     issued_at timestamptz,
     withdrawn_at timestamptz
   )`,
  'create index bulletin_correction_period on bulletin_correction (period, id)',
  `create table bulletin_correction_signature (
     correction_id integer not null references bulletin_correction (id),
     user_id integer not null,
     signer text not null,
     signed_at timestamptz not null,
     primary key (correction_id, user_id)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
