import { type Kysely, sql } from 'kysely';

/**
 * Sign-in by an identity provider (OIDC). An external identity belongs to one user, and a user has one at the most; an attempt
 * lives from the walk to the provider until the answer, ten minutes at the most, and is known by hashes only.
 */
const STATEMENTS = [
  // Never written: a subject means nothing without its issuer.
  'alter table app_user drop column oidc_subject',
  `create table external_identity (
     id integer generated always as identity primary key,
     user_id integer not null unique references app_user (id),
     issuer text not null,
     claim text not null,
     subject text not null,
     label text not null,
     linked_at timestamptz not null,
     used_at timestamptz,
     unique (issuer, claim, subject)
   )`,
  // Ends with the session that began a link: who signed out links nothing more.
  `create table oidc_attempt (
     hash text primary key,
     purpose text not null check (purpose in ('sign-in', 'link', 'code')),
     state_hash text,
     sealed text not null,
     user_id integer references app_user (id) on delete cascade,
     session_id integer references session (id) on delete cascade,
     return_to text not null,
     expires_at timestamptz not null
   )`,
  'create index oidc_attempt_by_end on oidc_attempt (expires_at)',
  'create index oidc_attempt_by_session on oidc_attempt (session_id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
