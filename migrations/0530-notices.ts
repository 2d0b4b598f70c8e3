import { type Kysely, sql } from 'kysely';

/**
 * Notices (通知): what the program tells somebody, once a key; a copy for each person's inbox. They take the outbox's place; what
 * lies in it keeps its key, so that nothing that was told is told again, and is sent to nobody: it is old.
 */
const STATEMENTS = [
  `create table notice (
     id integer generated always as identity primary key,
     key text not null unique,
     kind text not null,
     audience text not null check (audience in ('unit', 'sponsor', 'manager', 'person', 'supervisor')),
     unit_id integer references unit (id),
     user_id integer references app_user (id),
     title text not null,
     text text not null,
     link text,
     urgent boolean not null,
     made_at timestamptz not null,
     given_at timestamptz,
     planned_at timestamptz
   )`,
  'create index notice_ungiven on notice (id) where given_at is null',
  'create index notice_unplanned on notice (id) where planned_at is null',
  `create table notice_copy (
     notice_id integer not null references notice (id),
     user_id integer not null references app_user (id),
     read_at timestamptz,
     primary key (user_id, notice_id)
   )`,
  'create index notice_copy_unread on notice_copy (user_id, notice_id) where read_at is null',
  'create index notice_copy_by_notice on notice_copy (notice_id)',
  `insert into notice (key, kind, audience, unit_id, title, text, link, urgent, made_at, given_at, planned_at)
   select key, case topic when 'upkeep' then 'upkeep.chase' else 'account.alert' end, audience, unit_id,
          title, text, path, false, made_at, made_at, made_at
     from outbox order by id`,
  'drop table outbox',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
