import { type Kysely, sql } from 'kysely';

/** Audit trail, units, sites, accounts and their history, observations, and previous rounds' failing subjects. */
const STATEMENTS = [
  `create table audit (
     id integer generated always as identity primary key,
     at timestamptz not null default now(),
     actor text not null,
     action text not null,
     subject text,
     detail jsonb not null
   )`,
  `create table unit (
     id integer generated always as identity primary key,
     name text not null,
     parent_id integer references unit (id),
     aliases jsonb not null,
     print_row text,
     print_order integer not null,
     registry_order integer not null,
     division_code text
   )`,
  'create unique index unit_identity on unit (name, coalesce(parent_id, 0))',
  `create table unit_rename (
     unit_id integer not null references unit (id),
     former_name text not null,
     until date not null
   )`,
  `create table site (
     id integer generated always as identity primary key,
     site_code text not null unique,
     name text not null,
     sponsor_id integer not null references unit (id),
     print_row text,
     home_url text not null,
     status text not null,
     is_portal boolean not null,
     has_service boolean not null,
     monitored_at timestamptz,
     registry_order integer not null
   )`,
  `create table account (
     id integer generated always as identity primary key,
     platform text not null,
     account_id text not null,
     name text not null,
     sponsor_id integer not null references unit (id),
     print_row text,
     status text not null,
     feed_kind text not null,
     feed_url text not null,
     app_id text,
     app_secret text,
     monitored_at timestamptz,
     registry_order integer not null
   )`,
  `create unique index account_identity on account (platform, account_id) where account_id <> ''`,
  // What a subject or unit looked like from a date on; the present rows are only the newest of these.
  `create table register_history (
     id integer generated always as identity primary key,
     kind text not null,
     subject_id integer not null,
     valid_from date not null,
     value jsonb not null
   )`,
  'create index register_history_by_subject on register_history (kind, subject_id, valid_from)',
  `create table observation (
     id integer generated always as identity primary key,
     account_id integer not null references account (id),
     observed_at timestamptz not null,
     newest_on text,
     ways jsonb,
     tested_at timestamptz,
     replied_at timestamptz,
     image text,
     origin text not null,
     unique (account_id, observed_at)
   )`,
  `create table previous_failure (
     id integer generated always as identity primary key,
     period text not null,
     kind text not null check (kind in ('site', 'account')),
     subject_id integer,
     unit text not null,
     name text not null,
     identity text not null,
     problems jsonb not null
   )`,
  'create index previous_failure_by_period on previous_failure (period)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
