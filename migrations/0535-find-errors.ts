import { type Kysely, sql } from 'kysely';

/**
 * Messages of 我为政府网站找错: each with its number, the unit that has to answer, its clock and its answer. Steps are the history. The
 * public form's own messages have no number of the national platform; how often an address wrote is kept by the day, as a digest.
 */
const STATEMENTS = [
  `create table find_error (
     id integer generated always as identity primary key,
     number text unique,
     origin text not null check (origin in ('import', 'api', 'form')),
     site_code text not null,
     site_name text not null,
     page_url text not null,
     problem_type text not null,
     content text not null,
     site_id integer references site (id),
     unit_id integer references unit (id),
     state text not null check (state in ('received', 'assigned', 'accepted', 'answered')),
     left_at timestamptz not null,
     received_at timestamptz not null,
     received_on date not null,
     assigned_on date,
     hand_on_by date not null,
     due_on date not null,
     is_provisional boolean not null,
     extended_to date,
     answered_at timestamptz,
     answered_on date,
     answer text,
     is_true boolean,
     published_at timestamptz,
     public_content text,
     public_answer text,
     version integer not null default 1
   )`,
  'create index find_error_by_unit on find_error (unit_id, received_on)',
  'create index find_error_by_day on find_error (received_on)',
  "create index find_error_open on find_error (due_on) where state <> 'answered'",
  'create index find_error_published on find_error (published_at) where published_at is not null',
  `create table find_error_step (
     id integer generated always as identity primary key,
     find_error_id integer not null references find_error (id),
     step text not null,
     by_name text not null,
     by_id integer,
     at timestamptz not null,
     note text not null
   )`,
  'create index find_error_step_by_message on find_error_step (find_error_id, id)',
  `create table find_error_writer (
     day date not null,
     writer text not null,
     messages integer not null,
     primary key (day, writer)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
