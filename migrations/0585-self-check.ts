import { type Kysely, sql } from 'kysely';

/**
 * City self-checks (市级自查): asked for once a round, of some units, by a day. What a unit hands in has versions: the newest may be a
 * draft, which another file replaces; one that is submitted stays as it is, and a correction is the next version. Rows stand as the file
 * gave them, beside the subject of the register that each means.
 */
const STATEMENTS = [
  `create table self_check (
     id integer generated always as identity primary key,
     round_id integer not null unique references round (id),
     state text not null check (state in ('open', 'closed')),
     workdays integer not null,
     due_on date not null,
     is_provisional boolean not null,
     note text not null,
     opened_at timestamptz not null,
     opened_by text not null,
     closed_at timestamptz,
     closed_by text
   )`,
  `create table self_check_unit (
     self_check_id integer not null references self_check (id),
     unit_id integer not null references unit (id),
     unit_name text not null,
     place integer not null,
     revision integer not null default 0,
     primary key (self_check_id, unit_id)
   )`,
  'create index self_check_unit_by_unit on self_check_unit (unit_id)',
  `create table self_check_hand_in (
     id integer generated always as identity primary key,
     self_check_id integer not null,
     unit_id integer not null,
     version integer not null,
     state text not null check (state in ('draft', 'submitted')),
     file_name text not null,
     imported_at timestamptz not null,
     imported_by text not null,
     submitted_at timestamptz,
     submitted_on date,
     submitted_by text,
     reason text not null default '',
     unique (self_check_id, unit_id, version),
     foreign key (self_check_id, unit_id) references self_check_unit (self_check_id, unit_id)
   )`,
  `create unique index self_check_one_draft on self_check_hand_in (self_check_id, unit_id) where state = 'draft'`,
  `create table self_check_row (
     hand_in_id integer not null references self_check_hand_in (id) on delete cascade,
     number integer not null,
     kind text not null check (kind in ('site', 'account')),
     name text not null,
     identity text not null,
     platform text not null,
     url text not null,
     sponsor text not null,
     checked_on date not null,
     result text not null check (result in ('good', 'bad', 'unclear')),
     rule_id text,
     problem text not null,
     subject_id integer,
     matched_by text check (matched_by in ('identity', 'url', 'name', 'person')),
     unmatched text check (unmatched in ('none', 'several', 'contradiction', 'outside')),
     candidates jsonb not null,
     repeats integer,
     primary key (hand_in_id, number),
     check ((subject_id is null) = (matched_by is null))
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
