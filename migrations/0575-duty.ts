import { type Kysely, sql } from 'kysely';

/**
 * Who answers for a site or an account, by post, with the days from and to which; what was replaced stays. A hand-over is open until
 * somebody else takes it over. Accounts' names and telephone stay in `account_record` as well: see docs/decisions/0074.
 */
const STATEMENTS = [
  `create table duty_holding (
     id integer generated always as identity primary key,
     kind text not null check (kind in ('site', 'account')),
     subject_id integer not null,
     post text not null check (post in ('leader', 'responsible', 'onDuty', 'operator')),
     name text not null,
     office text not null,
     phone text not null,
     valid_from date not null,
     valid_to date,
     origin text not null check (origin in ('console', 'import', 'handover')),
     set_by text not null,
     set_by_id integer,
     set_at timestamptz not null,
     replaced_at timestamptz,
     check (valid_to is null or valid_to >= valid_from - 1)
   )`,
  `create unique index duty_holding_current on duty_holding (kind, subject_id, post) where replaced_at is null`,
  'create index duty_holding_by_subject on duty_holding (kind, subject_id, id)',
  `create table duty_handover (
     id integer generated always as identity primary key,
     kind text not null check (kind in ('site', 'account')),
     subject_id integer not null,
     post text not null,
     from_name text not null,
     to_name text not null,
     to_office text not null,
     to_phone text not null,
     takes_on date not null,
     due_on date not null,
     items jsonb not null,
     note text not null,
     state text not null check (state in ('given', 'taken', 'declined', 'takenBack')),
     given_by text not null,
     given_by_id integer,
     given_at timestamptz not null,
     decided_by text,
     decided_at timestamptz,
     decision_note text not null default ''
   )`,
  `create unique index duty_handover_open on duty_handover (kind, subject_id, post) where state = 'given'`,
  'create index duty_handover_by_subject on duty_handover (kind, subject_id, id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
