import { type Kysely, sql } from 'kysely';

/**
 * Contest before publication: letters that show a unit its findings, each with its own days; what was shown, as it was worded then;
 * reminders that went out; and by when an objection is to be answered.
 */
const STATEMENTS = [
  `create table contest_letter (
     id integer generated always as identity primary key,
     round_id integer not null references round (id),
     unit_id integer not null references unit (id),
     policy_id integer not null references rectification_policy (id),
     year integer not null,
     serial integer not null,
     number text not null unique,
     issuer text not null,
     shown_on date not null,
     deadline_on date not null,
     provisional boolean not null,
     answer_workdays integer not null,
     made_by text not null,
     made_by_id integer,
     made_at timestamptz not null,
     closed_on date,
     outcome text check (outcome in ('none', 'lodged', 'early')),
     reason text not null default '',
     unique (year, serial),
     check ((closed_on is null) = (outcome is null))
   )`,
  'create index contest_letter_by_round on contest_letter (round_id, unit_id)',
  'create index contest_letter_running on contest_letter (deadline_on) where closed_on is null',
  `create table contest_letter_finding (
     finding_id integer primary key,
     letter_id integer not null references contest_letter (id),
     shown jsonb not null
   )`,
  'create index contest_letter_finding_by_letter on contest_letter_finding (letter_id, finding_id)',
  'alter table contest add column late boolean not null default false',
  'alter table contest add column answer_due_on date',
  `create index contest_waiting on contest (answer_due_on) where state = 'open'`,
  `create table contest_reminder (
     of text not null check (of in ('letter', 'contest')),
     id integer not null,
     what text not null,
     sent_on date not null,
     sent_at timestamptz not null,
     primary key (of, id, what)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
