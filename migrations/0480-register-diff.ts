import { type Kysely, sql } from 'kysely';

/**
 * Comparisons of the register with the national system's export, kept for some days: one row a difference, so that lists page on the
 * server and a single one can be adopted. History names where a change came from. Imports may wait for a second person: the draft keeps
 * who sent it, the map it was read by, and what it would change row by row.
 */
const STATEMENTS = [
  'alter table register_history add column source text',
  `create table register_diff (
     id integer generated always as identity primary key,
     file_name text not null,
     map_name text,
     made_by text not null,
     made_at timestamptz not null,
     expires_at timestamptz not null,
     same integer not null,
     sheets jsonb not null,
     unread jsonb not null,
     unread_left_out integer not null
   )`,
  'create index register_diff_by_expiry on register_diff (expires_at)',
  `create table register_diff_row (
     diff_id integer not null references register_diff (id) on delete cascade,
     -- In the order of the file; what is only ours stands last.
     number integer not null,
     kind text not null check (kind in ('ours', 'theirs', 'differs')),
     account_id integer references account (id),
     -- The sponsor in our tree; null where the tree knows none of that name.
     unit_id integer,
     platform text not null,
     name text not null,
     sponsor text not null,
     file_row integer,
     -- Null: the account as a whole, which stands on one side only.
     field text,
     ours text not null,
     theirs text not null,
     their_unit_id integer,
     -- Of an account that is only theirs: what it would be entered with.
     given jsonb,
     -- Which side the register was last made to agree with.
     adopted text check (adopted in ('ours', 'theirs')),
     adopted_by text,
     adopted_at timestamptz,
     primary key (diff_id, number)
   )`,
  'create index register_diff_row_by_kind on register_diff_row (diff_id, kind, number)',
  'create index register_diff_row_by_field on register_diff_row (diff_id, field, number)',
  'create index register_diff_row_by_unit on register_diff_row (diff_id, unit_id, number)',
  `alter table import_draft drop constraint import_draft_state_check`,
  `update import_draft set state = case state when 'ready' then 'drafted' when 'done' then 'applied' else state end`,
  `alter table import_draft
     add constraint import_draft_state_check check (state in ('drafted', 'faulty', 'waiting', 'applied', 'refused', 'expired')),
     add column sent_by text not null default '',
     add column sent_by_id integer,
     add column map jsonb,
     add column decided_by text,
     add column decided_at timestamptz,
     add column reason text`,
  'create index import_draft_waiting on import_draft (state, expires_at)',
  `create table import_draft_change (
     draft_id text not null references import_draft (id) on delete cascade,
     number integer not null,
     kind text not null check (kind in ('unit', 'site', 'account')),
     subject text not null,
     fields jsonb not null,
     primary key (draft_id, number)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
