import { type Kysely, sql } from 'kysely';

/**
 * The matrix of accounts: per account when it was last updated as far as its sources and inspectors tell (`account_pulse`, kept up
 * after each sweep: lists of 120,000 accounts must not walk a year of posts); alerts before the limit of silence, one an account
 * and silence; versions of the communication indices.
 */
const STATEMENTS = [
  `create table account_pulse (
     account_id integer primary key references account (id),
     last_on date,
     last_title text not null default '',
     last_url text not null default '',
     last_kind text,
     last_level text,
     complete_from date,
     complete_to date,
     seen_on date,
     seen_newest text,
     observation_id integer not null default 0,
     made_at timestamptz not null
   )`,
  'create index account_pulse_by_last on account_pulse (last_on)',
  `create table account_alert (
     id integer generated always as identity primary key,
     account_id integer not null references account (id),
     silent_since date,
     state text not null check (state in ('open', 'closed')),
     made_at timestamptz not null,
     manager_told_at timestamptz,
     acknowledged_at timestamptz,
     acknowledged_by text,
     acknowledged_by_id integer,
     note text not null default '',
     closed_at timestamptz,
     closed_why text check (closed_why in ('post', 'status', 'changed')),
     unique nulls not distinct (account_id, silent_since)
   )`,
  "create index account_alert_open on account_alert (account_id) where state = 'open'",
  `create table index_formula_version (
     formula_id text not null,
     version integer not null,
     content jsonb not null,
     reason text not null,
     made_by text not null,
     made_by_id integer,
     made_at timestamptz not null,
     primary key (formula_id, version)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
