import { type Kysely, sql } from 'kysely';

/**
 * A mistaken sight is withdrawn, never deleted: who, when and why. Another one of the same account and minute may then be entered,
 * and only those that stand are unique.
 */
const STATEMENTS = [
  `alter table observation
     add column withdrawn_at timestamptz,
     add column withdrawn_by text,
     add column withdrawn_by_id integer,
     add column withdrawn_why text`,
  'alter table observation drop constraint observation_account_id_observed_at_key',
  'create unique index observation_standing on observation (account_id, observed_at) where withdrawn_at is null',
  'create index observation_by_account on observation (account_id, observed_at)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
