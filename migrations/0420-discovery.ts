import { type Kysely, sql } from 'kysely';

/**
 * Accounts that pages show (系统外账号): one row an account, its sightings, and which looks were taken. `identity` is the account's key as one
 * text; of an account that only has a name, with the site that shows it, for two bodies may use one name. A dismissal remembers what it
 * dismissed (`dismissed_as`): the account comes back only when that changes.
 */
const STATEMENTS = [
  `create table discovered_account (
     id integer generated always as identity primary key,
     identity text not null unique,
     platform text not null,
     id_kind text not null,
     account_key text not null,
     name text,
     site_id integer not null references site (id) on delete cascade,
     unit_id integer not null references unit (id) on delete cascade,
     match text not null check (match in ('matched', 'nameOnly', 'unknown')),
     registered_id integer references account (id) on delete set null,
     score integer not null check (score between 0 and 100),
     reasons jsonb not null,
     state text not null check (state in ('open', 'adopted', 'dismissed')),
     reason text,
     decided_by text,
     decided_by_id integer,
     decided_at timestamptz,
     case_id integer,
     dismissed_as text,
     first_seen_at timestamptz not null,
     last_seen_at timestamptz not null
   )`,
  `create index discovered_account_open on discovered_account (state, score desc, id)`,
  `create index discovered_account_unit on discovered_account (unit_id)`,
  `create table discovered_sighting (
     discovered_id integer not null references discovered_account (id) on delete cascade,
     page_url text not null,
     via text not null check (via in ('link', 'widget', 'qr', 'caption', 'article')),
     place text not null,
     words text not null,
     name text,
     address text,
     picture text,
     page_snapshot text,
     picture_snapshot text,
     first_seen_at timestamptz not null,
     last_seen_at timestamptz not null,
     primary key (discovered_id, page_url, via)
   )`,
  `create table discovery_look (
     source text not null,
     site_id integer not null references site (id) on delete cascade,
     looked_at timestamptz not null,
     pages integer not null,
     found integer not null,
     notes jsonb not null,
     primary key (source, site_id)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
