import { type Kysely, sql } from 'kysely';

/**
 * The library of regulations: versions that are never overwritten once published, the one file of each, and who was asked to read which
 * version, was reminded, and confirmed it.
 */
const STATEMENTS = [
  `create table regulation (
     id integer generated always as identity primary key,
     issuer_id integer not null references unit (id),
     repealed_on date,
     repealed_by text,
     repeal_reason text not null default ''
   )`,
  `create table regulation_version (
     id integer generated always as identity primary key,
     regulation_id integer not null references regulation (id),
     number integer check (number > 0),
     state text not null check (state in ('draft', 'published', 'discarded')),
     title text not null,
     kind text not null,
     document_number text not null,
     body text not null,
     change_note text not null,
     addressee_id integer references unit (id),
     effective_on date not null,
     read_by date,
     revision integer not null default 1,
     drafted_by text not null,
     drafted_by_id integer,
     drafted_at timestamptz not null,
     decided_by text,
     decided_at timestamptz,
     published_on date,
     check ((state = 'published') = (number is not null)),
     unique (regulation_id, number)
   )`,
  `create unique index regulation_one_draft on regulation_version (regulation_id) where state = 'draft'`,
  `create table regulation_file (
     version_id integer primary key references regulation_version (id),
     name text not null,
     media_type text not null,
     sha256 text not null,
     bytes integer not null,
     content bytea not null,
     added_by text not null,
     added_at timestamptz not null
   )`,
  `create table regulation_reader (
     version_id integer not null references regulation_version (id),
     user_id integer not null references app_user (id),
     asked_at timestamptz,
     reminded_at timestamptz,
     read_at timestamptz,
     read_as text,
     unit_id integer,
     primary key (version_id, user_id)
   )`,
  'create index regulation_reader_by_user on regulation_reader (user_id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
