import { type Kysely, sql } from 'kysely';

/**
 * Rectification (整改): cases opened from an issued round, the notices that told the units, what units and supervisors did, the files
 * that they gave, reminders that went out, extensions, and looks again at a subject (复核) with the facts that each was judged by.
 */
const STATEMENTS = [
  `create table rectification_policy (
     id integer generated always as identity primary key,
     hash text not null unique,
     content jsonb not null
   )`,
  `create table rectification_notice (
     id integer generated always as identity primary key,
     round_id integer not null references round (id),
     unit_id integer not null references unit (id),
     policy_id integer not null references rectification_policy (id),
     year integer not null,
     serial integer not null,
     number text not null unique,
     issuer text not null,
     noticed_on date not null,
     deadline_on date not null,
     provisional boolean not null,
     made_by text not null,
     made_by_id integer,
     made_at timestamptz not null,
     unique (round_id, unit_id),
     unique (year, serial)
   )`,
  `create table rectification_case (
     id integer generated always as identity primary key,
     notice_id integer not null references rectification_notice (id),
     round_id integer not null references round (id),
     unit_id integer not null references unit (id),
     policy_id integer not null references rectification_policy (id),
     kind text not null check (kind in ('site', 'account')),
     subject_id integer not null,
     subject jsonb not null,
     rule_id text not null,
     rule jsonb not null,
     finding_id integer not null,
     state text not null check (state in ('noticed', 'acknowledged', 'planned', 'answered', 'submitted',
       'rechecked', 'returned', 'closed', 'merged')),
     state_before text,
     owes boolean generated always as (state in ('noticed', 'acknowledged', 'planned', 'answered', 'returned')) stored,
     noticed_on date not null,
     deadline_on date not null,
     deadline_set_on date not null,
     provisional boolean not null,
     acknowledged_on date,
     answered_by text,
     answered_by_id integer,
     first_submitted_on date,
     first_late_days integer not null default 0,
     submitted_on date,
     late_days integer not null default 0,
     outcome text check (outcome in ('met', 'breached', 'undetermined')),
     mended boolean,
     closed_on date,
     escalated_on date,
     escalated_deadline date,
     returns integer not null default 0,
     extensions integer not null default 0,
     ignored_in_row integer not null default 0,
     reminders_ignored boolean not null default false,
     marks jsonb not null,
     continues_id integer references rectification_case (id),
     version integer not null default 1,
     changed_at timestamptz not null,
     unique (round_id, kind, subject_id, rule_id)
   )`,
  // Deadlines that are watched: the daily pass asks for nothing else.
  'create index rectification_case_watched on rectification_case (deadline_on, policy_id, deadline_set_on) where owes',
  'create index rectification_case_by_unit on rectification_case (unit_id, id)',
  'create index rectification_case_by_subject on rectification_case (kind, subject_id, rule_id, noticed_on)',
  'create index rectification_case_by_state on rectification_case (state, deadline_on, id)',
  'create index rectification_case_by_notice on rectification_case (notice_id)',
  `create table rectification_step (
     id integer generated always as identity primary key,
     case_id integer not null references rectification_case (id),
     step text not null,
     state text not null,
     by_name text not null,
     by_id integer,
     at timestamptz not null,
     note text not null,
     detail jsonb not null
   )`,
  'create index rectification_step_by_case on rectification_step (case_id, id)',
  `create table rectification_file (
     id integer generated always as identity primary key,
     case_id integer not null references rectification_case (id),
     step_id integer references rectification_step (id),
     name text not null,
     media_type text not null,
     sha256 text not null,
     bytes integer not null,
     content bytea not null,
     added_by text not null,
     added_at timestamptz not null
   )`,
  'create index rectification_file_by_case on rectification_file (case_id, id)',
  `create table rectification_chaser (
     case_id integer not null references rectification_case (id),
     deadline_on date not null,
     what text not null,
     sent_on date not null,
     sent_at timestamptz not null,
     primary key (case_id, deadline_on, what),
     -- A unit is told at most once a day of one case.
     unique (case_id, sent_on)
   )`,
  `create table rectification_extension (
     id integer generated always as identity primary key,
     case_id integer not null references rectification_case (id),
     state text not null check (state in ('pending', 'granted', 'refused', 'lapsed')),
     deadline_on date not null,
     wished_on date not null,
     granted_on date,
     reason text not null,
     asked_by text not null,
     asked_by_id integer,
     asked_at timestamptz not null,
     decided_by text,
     decided_at timestamptz,
     note text not null default ''
   )`,
  'create index rectification_extension_by_case on rectification_extension (case_id, id)',
  `create unique index rectification_extension_pending on rectification_extension (case_id) where state = 'pending'`,
  // What was seen when a subject was looked at again after its round: owned by the inspection, as facts are.
  `create table subject_check (
     id integer generated always as identity primary key,
     round_id integer not null references round (id),
     kind text not null check (kind in ('site', 'account')),
     subject_id integer not null,
     rule_id text not null,
     looked_at timestamptz not null,
     status text not null,
     judgement jsonb not null,
     facts jsonb not null,
     payloads jsonb not null
   )`,
  'create index subject_check_by_round on subject_check (round_id, kind, subject_id)',
  `create table rectification_check (
     id integer generated always as identity primary key,
     case_id integer not null references rectification_case (id),
     purpose text not null check (purpose in ('submitted', 'self')),
     asked_on date not null,
     asked_by text not null,
     asked_at timestamptz not null,
     claimed_at timestamptz,
     not_before timestamptz,
     tries integer not null default 0,
     done_at timestamptz,
     outcome text check (outcome in ('met', 'breached', 'undetermined')),
     words text not null default '',
     subject_check_id integer references subject_check (id)
   )`,
  'create index rectification_check_by_case on rectification_check (case_id, id)',
  'create index rectification_check_waiting on rectification_check (id) where done_at is null',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
