import { type Kysely, sql } from 'kysely';

/** Training sessions, the units and people that took part, and the files that prove them. */
const STATEMENTS = [
  `create table training (
     id integer generated always as identity primary key,
     organiser_id integer not null references unit (id),
     subject text not null,
     held_on date not null,
     teacher text not null,
     hours numeric(4, 1) not null check (hours > 0),
     kind text not null,
     withdrawn_on date,
     withdrawn_by text,
     withdraw_reason text not null default '',
     version integer not null default 1,
     recorded_by text not null,
     recorded_at timestamptz not null
   )`,
  `create unique index training_once on training (organiser_id, held_on, subject) where withdrawn_on is null`,
  'create index training_by_day on training (held_on)',
  `create table training_part (
     id integer generated always as identity primary key,
     training_id integer not null references training (id),
     unit_id integer not null references unit (id),
     person text not null,
     people integer not null check (people > 0),
     score text not null,
     passed boolean,
     unique (training_id, unit_id, person)
   )`,
  'create index training_part_by_unit on training_part (unit_id)',
  `create table training_file (
     id integer generated always as identity primary key,
     training_id integer not null references training (id),
     name text not null,
     media_type text not null,
     sha256 text not null,
     bytes integer not null,
     content bytea not null,
     added_by text not null,
     added_at timestamptz not null
   )`,
  'create index training_file_by_training on training_file (training_id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
