import { type Kysely, sql } from 'kysely';

/**
 * Round work as tasks that any worker may take: what is done is known here, the queue only hands it out. Pages keep what is
 * needed to read them again without fetching them again. `pace` is the next turn at a destination address, for all workers.
 */
const STATEMENTS = [
  `create table round_task (
     round_id integer not null references round (id),
     kind text not null,
     key text not null,
     payload jsonb not null,
     start_after timestamptz,
     done_at timestamptz,
     done_by text,
     failure text,
     primary key (round_id, kind, key)
   )`,
  'create index round_task_open on round_task (round_id, kind) where done_at is null',
  `alter table page
     add column asked_url text,
     add column headers jsonb,
     add column truncated boolean not null default false,
     add column error_class text`,
  // An address may be longer than an index entry can be.
  'create unique index page_once on page (round_id, kind, subject_id, role, md5(asked_url))',
  `create table pace (
     address text primary key,
     starts_at timestamptz not null
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
