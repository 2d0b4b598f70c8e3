import { type Kysely, sql } from 'kysely';

/**
 * The yearly assessment of supervision work (年度考核): one for a year and name with the scheme that it is scored by, its units, and a
 * line for each unit and rule: what the platform counted, what the unit says, what was decided. `result` is kept when it is published.
 */
const STATEMENTS = [
  `create table assessment (
     id integer generated always as identity primary key,
     year integer not null,
     name text not null,
     scheme text not null,
     state text not null check (state in ('open', 'published', 'withdrawn')),
     report_by date not null,
     measured_on date not null,
     opened_at timestamptz not null,
     opened_by text not null,
     published_at timestamptz,
     published_by text
   )`,
  "create unique index assessment_of_year on assessment (year, name) where state <> 'withdrawn'",
  `create table assessment_unit (
     id integer generated always as identity primary key,
     assessment_id integer not null references assessment (id),
     unit_id integer not null references unit (id),
     unit_name text not null,
     place integer not null,
     state text not null check (state in ('reporting', 'reported', 'reviewed')),
     version integer not null default 1,
     reported_at timestamptz,
     reported_by text,
     reviewed_at timestamptz,
     reviewed_by text,
     return_reason text not null default '',
     result text,
     rank integer,
     unique (assessment_id, unit_id)
   )`,
  'create index assessment_unit_by_unit on assessment_unit (unit_id)',
  `create table assessment_line (
     assessment_unit_id integer not null references assessment_unit (id),
     rule_id text not null,
     measured integer,
     evidence text not null default '[]',
     claimed integer,
     claim_note text not null default '',
     decided integer,
     decision_note text not null default '',
     decided_by text,
     primary key (assessment_unit_id, rule_id)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
