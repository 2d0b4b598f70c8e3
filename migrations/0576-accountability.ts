import { type Kysely, sql } from 'kysely';

/** Measures of accountability: proposed by one, decided by another, numbered by year when decided, with the cases that they are about. */
const STATEMENTS = [
  `create table accountability (
     id integer generated always as identity primary key,
     unit_id integer not null references unit (id),
     kind text not null,
     reason text not null,
     demand text not null,
     people integer not null check (people >= 0),
     due_on date,
     state text not null check (state in ('proposed', 'decided', 'refused', 'withdrawn', 'done')),
     proposed_by text not null,
     proposed_by_id integer,
     proposed_at timestamptz not null,
     decided_by text,
     decided_at timestamptz,
     decided_on date,
     decision_note text not null default '',
     issuer text,
     year integer,
     serial integer,
     done_by text,
     done_on date,
     outcome text not null default '',
     version integer not null default 1,
     unique (year, serial)
   )`,
  'create index accountability_by_unit on accountability (unit_id, decided_on)',
  'create index accountability_by_day on accountability (decided_on) where decided_on is not null',
  `create table accountability_case (
     accountability_id integer not null references accountability (id),
     case_id integer not null,
     words text not null,
     primary key (accountability_id, case_id)
   )`,
  'create index accountability_by_case on accountability_case (case_id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
