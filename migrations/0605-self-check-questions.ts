import { type Kysely, sql } from 'kysely';

/**
 * What a comparison asks, once somebody answered it. Lines of a comparison are computed, never kept: a question is found again by its
 * key, which a correction of the city's file leaves as it is unless it changes what is asked. `asked_on`: the day on which a unit was
 * told that there are questions; its days to answer count from it.
 */
const STATEMENTS = [
  'alter table self_check_unit add column asked_on date',
  `create table self_check_question (
     id integer generated always as identity primary key,
     self_check_id integer not null,
     unit_id integer not null,
     key text not null,
     category text not null,
     kind text not null check (kind in ('site', 'account')),
     subject_id integer not null,
     stand text not null check (stand in ('open', 'answered', 'returned', 'accepted')),
     due_on date,
     version integer not null,
     unique (self_check_id, unit_id, key),
     foreign key (self_check_id, unit_id) references self_check_unit (self_check_id, unit_id)
   )`,
  `create table self_check_answer (
     id integer generated always as identity primary key,
     question_id integer not null references self_check_question (id),
     step text not null check (step in ('answer', 'accept', 'return')),
     reason text not null,
     note text not null,
     by_name text not null,
     at timestamptz not null
   )`,
  'create index self_check_answer_by_question on self_check_answer (question_id)',
  `create table self_check_file (
     id integer generated always as identity primary key,
     question_id integer not null references self_check_question (id),
     answer_id integer references self_check_answer (id),
     name text not null,
     media_type text not null,
     sha256 text not null,
     bytes integer not null,
     content bytea not null,
     added_by text not null,
     added_at timestamptz not null
   )`,
  'create index self_check_file_by_question on self_check_file (question_id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
