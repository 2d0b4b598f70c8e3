import { type Kysely, sql } from 'kysely';

/**
 * Review by two signed-in persons (审核), contests of units (申辩), and rounds that are paused, or held by the process that
 * runs them.
 */
const STATEMENTS = [
  'alter table finding drop constraint finding_review_check',
  `alter table finding add constraint finding_review_check
     check (review in ('open', 'once', 'confirmed', 'rejected', 'cannotJudge', 'waived'))`,
  // Who decided: a user of ours; null for a name that the command line gave.
  'alter table finding_review add column reviewer_id integer',
  'alter table finding_review drop constraint finding_review_decision_check',
  `alter table finding_review add constraint finding_review_decision_check
     check (decision in ('confirm', 'reject', 'cannotJudge', 'annotate', 'withdraw', 'reopen'))`,
  'create index finding_review_by_finding on finding_review (finding_id, id)',
  // One confirmation was no state of its own before.
  `update finding set review = 'once'
    where review = 'open'
      and exists (
        select 1 from finding_review given
         where given.finding_id = finding.id and given.decision = 'confirm'
           and not exists (
             select 1 from finding_review later
              where later.finding_id = finding.id and later.decision = 'reject' and later.id > given.id))`,
  `create table contest (
     id integer generated always as identity primary key,
     finding_id integer not null references finding (id),
     unit_id integer,
     unit text not null,
     made_by text not null,
     made_by_id integer,
     text text not null,
     made_at timestamptz not null,
     state text not null check (state in ('open', 'upheld', 'dismissed')),
     answer text,
     answered_by text,
     answered_by_id integer,
     answered_at timestamptz
   )`,
  'create index contest_by_finding on contest (finding_id, id)',
  `create unique index contest_open_once on contest (finding_id, coalesce(unit_id, 0)) where state = 'open'`,
  `alter table round
     add column paused boolean not null default false,
     add column in_server boolean not null default false,
     add column run_failure text`,
  // Who runs a round now. The row says so again every few seconds; one that has fallen silent counts for nothing.
  `create table round_run (
     round_id integer primary key references round (id),
     run_id text not null,
     host text not null,
     pid integer not null,
     started_by text not null,
     started_at timestamptz not null,
     beat_at timestamptz not null,
     progress jsonb
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
