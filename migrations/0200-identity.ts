import { type Kysely, sql } from 'kysely';

/**
 * Users, their sessions, machine tokens and one-time links. Passwords are argon2id texts; of every other secret only its
 * SHA-256 is stored, and the second factor's seed encrypted, for it must be read back.
 */
const STATEMENTS = [
  `create table app_user (
     id integer generated always as identity primary key,
     login text not null,
     name text not null,
     unit_id integer references unit (id),
     roles jsonb not null,
     state text not null default 'active' check (state in ('active', 'disabled')),
     password_hash text,
     former_hashes jsonb not null default '[]',
     failures integer not null default 0,
     locked_until timestamptz,
     totp_state text not null default 'none' check (totp_state in ('none', 'pending', 'on')),
     totp_secret text,
     totp_step bigint,
     recovery_hashes jsonb not null default '[]',
     oidc_subject text unique,
     last_sign_in_at timestamptz,
     created_at timestamptz not null
   )`,
  'create unique index app_user_login on app_user (lower(login))',
  `create table session (
     id integer generated always as identity primary key,
     hash text not null unique,
     user_id integer not null references app_user (id),
     csrf text not null,
     second_factor boolean not null,
     address text not null,
     agent text not null,
     created_at timestamptz not null,
     seen_at timestamptz not null,
     ends_at timestamptz not null
   )`,
  'create index session_by_user on session (user_id)',
  `create table api_token (
     id integer generated always as identity primary key,
     user_id integer not null references app_user (id),
     name text not null,
     prefix text not null,
     hash text not null unique,
     abilities jsonb not null,
     expires_at timestamptz not null,
     used_at timestamptz,
     created_at timestamptz not null
   )`,
  'create index api_token_by_user on api_token (user_id)',
  `create table one_time_link (
     hash text primary key,
     purpose text not null check (purpose in ('setup', 'sign-in', 'password')),
     user_id integer references app_user (id),
     expires_at timestamptz not null,
     used_at timestamptz
   )`,
  // Failed sign-ins by address, whatever login was tried.
  `create table sign_in_failure (
     address text primary key,
     failures integer not null,
     since timestamptz not null
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
