import { type Kysely, sql } from 'kysely';

/**
 * The life of an account (账号事项): cases from an application to the register, each with its trail and files; and the monthly
 * upkeep (每月维护确认): one duty a month and unit, its items, who was told, and what waits to be sent by e-mail.
 */
const STATEMENTS = [
  `create table account_case (
     id integer generated always as identity primary key,
     kind text not null
       check (kind in ('open', 'enrol', 'change', 'suspend', 'resume', 'close', 'deregister')),
     state text not null check (state in
       ('draft', 'submitted', 'reviewed', 'approved', 'done', 'returned', 'rejected', 'withdrawn')),
     origin text not null check (origin in ('application', 'discovery', 'upkeep')),
     origin_ref text not null,
     unit_id integer not null references unit (id),
     account_id integer references account (id),
     form jsonb not null,
     before jsonb,
     warnings jsonb not null,
     applied_by text not null,
     applied_by_id integer,
     reviewed_by text,
     reviewed_by_id integer,
     approved_by text,
     approved_by_id integer,
     announcement_url text,
     announced_on date,
     due_on date,
     made_at timestamptz not null,
     changed_at timestamptz not null,
     version integer not null
   )`,
  'create index account_case_by_unit on account_case (unit_id, id)',
  'create index account_case_by_account on account_case (account_id, id)',
  'create index account_case_by_state on account_case (state, due_on)',
  // One case at a time under way for an account: two would decide on what the other is about to change.
  `create unique index account_case_under_way on account_case (account_id)
    where state in ('submitted', 'reviewed', 'approved')`,
  `create table account_case_step (
     id integer generated always as identity primary key,
     case_id integer not null references account_case (id),
     step text not null,
     state text not null,
     by_name text not null,
     by_id integer,
     at timestamptz not null,
     note text not null
   )`,
  'create index account_case_step_by_case on account_case_step (case_id, id)',
  `create table account_case_file (
     id integer generated always as identity primary key,
     case_id integer not null references account_case (id),
     purpose text not null check (purpose in ('material', 'proof')),
     name text not null,
     media_type text not null,
     sha256 text not null,
     bytes integer not null,
     content bytea not null,
     added_by text not null,
     added_at timestamptz not null
   )`,
  'create index account_case_file_by_case on account_case_file (case_id, id)',
  `create table upkeep_duty (
     id integer generated always as identity primary key,
     month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
     unit_id integer not null references unit (id),
     due_on date not null,
     state text not null check (state in ('open', 'confirmed', 'void')),
     made_at timestamptz not null,
     confirmed_by text,
     confirmed_by_id integer,
     confirmed_at timestamptz,
     note text not null,
     unique (month, unit_id)
   )`,
  'create index upkeep_duty_by_unit on upkeep_duty (unit_id, month)',
  "create index upkeep_duty_open on upkeep_duty (due_on) where state = 'open'",
  `create table upkeep_item (
     duty_id integer not null references upkeep_duty (id),
     kind text not null check (kind in ('site', 'account')),
     subject_id integer not null,
     name text not null,
     answer text check (answer in ('unchanged', 'corrected', 'reported', 'gone')),
     case_id integer references account_case (id),
     note text not null,
     primary key (duty_id, kind, subject_id)
   )`,
  `create table upkeep_notice (
     id integer generated always as identity primary key,
     duty_id integer not null references upkeep_duty (id),
     chaser text not null,
     audience text not null check (audience in ('sponsor', 'manager')),
     made_at timestamptz not null,
     unique (duty_id, chaser, audience)
   )`,
  // What is to be sent by other ways than the console; who sends it fills \`sent_at\`.
  `create table outbox (
     id integer generated always as identity primary key,
     key text not null unique,
     topic text not null,
     unit_id integer not null references unit (id),
     audience text not null,
     title text not null,
     text text not null,
     path text not null,
     made_at timestamptz not null,
     sent_at timestamptz
   )`,
  'create index outbox_waiting on outbox (id) where sent_at is null',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
