import { type Kysely, sql } from 'kysely';

/**
 * Work of the calendar (定时任务): per kind of work the last day that is done, who is at it, and when it is tried again. And what a
 * sweep found, by state of the sources, with the platforms that were left alone: sources change afterwards, this does not.
 */
const STATEMENTS = [
  `create table clock (
     name text primary key,
     seed text not null,
     done_for date,
     began_at timestamptz,
     ended_at timestamptz,
     held_by text,
     held_until timestamptz,
     failures integer not null default 0,
     retry_at timestamptz,
     problem text not null default ''
   )`,
  `alter table account_sweep add column states jsonb not null default '{}',
     add column stops jsonb not null default '{}', add column accounts integer`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
