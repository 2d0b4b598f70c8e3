import { type Kysely, sql } from 'kysely';

/**
 * What all processes of an installation have to count together: calls of an account's interfaces on a day in Shanghai, and which
 * callbacks of WeChat were taken. `account_source.quota` was never written.
 */
const STATEMENTS = [
  `create table account_source_quota (
     credential text not null,
     interface text not null,
     day date not null,
     used integer not null,
     allowed integer not null,
     primary key (credential, interface, day)
   )`,
  'alter table account_source drop column quota',
  `create table wechat_callback (
     mark text primary key,
     taken_at timestamptz not null,
     done boolean not null default false
   )`,
  'create index wechat_callback_by_time on wechat_callback (taken_at)',
  // One process renews at a time: a new token ends the one before.
  'alter table wechat_component add column leased_until timestamptz',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
