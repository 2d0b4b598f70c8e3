import { type Kysely, sql } from 'kysely';

/** Rounds (批次), their subjects, raw visits, pages, facts, findings and reviews. */
const STATEMENTS = [
  `create table round (
     id integer generated always as identity primary key,
     period text not null unique,
     label text not null,
     window_from date not null,
     window_to date not null,
     monitored_at timestamptz not null,
     ruleset_id text not null,
     ruleset_hash text not null,
     ruleset jsonb not null,
     clock text not null check (clock in ('live', 'replay')),
     coverage jsonb not null,
     resolve_rules jsonb not null,
     state text not null check (state in ('planned', 'gathering', 'judging', 'reviewing', 'frozen', 'issued')),
     review_waived text,
     undetermined_waived text,
     created_at timestamptz not null,
     frozen_at timestamptz
   )`,
  // What the register said when the round was planned: a bulletin is built from this copy, whatever changes later.
  `create table round_subject (
     round_id integer not null references round (id),
     kind text not null check (kind in ('site', 'account')),
     subject_id integer not null,
     checked boolean not null,
     subject jsonb not null,
     print_row text not null,
     registry_order integer not null,
     monitored_at timestamptz not null,
     stage text not null check (stage in ('planned', 'visited', 'gathered', 'judged')),
     pages integer not null default 0,
     api_calls integer not null default 0,
     feeds integer not null default 0,
     last_update_on date,
     last_update_none boolean not null default false,
     verdict jsonb,
     primary key (round_id, kind, subject_id)
   )`,
  `create table probe (
     round_id integer not null,
     subject_id integer not null,
     slot smallint not null,
     scheduled_at timestamptz not null,
     happened_at timestamptz not null,
     url text not null,
     address text,
     outcome text not null,
     error_class text,
     status smallint,
     dns_ms real, tcp_ms real, tls_ms real, ttfb_ms real, total_ms real,
     vantage text not null,
     paced boolean not null,
     primary key (round_id, subject_id, slot)
   )`,
  `create table page (
     round_id integer not null,
     kind text not null,
     subject_id integer not null,
     url text not null,
     role text not null,
     outcome text not null,
     status smallint,
     snapshot text,
     bytes integer not null,
     fetched_at timestamptz not null,
     reason text
   )`,
  'create index page_by_subject on page (round_id, kind, subject_id)',
  'create index page_by_snapshot on page (snapshot)',
  `create table fact (
     round_id integer not null,
     kind text not null,
     subject_id integer not null,
     key text not null,
     state text not null check (state in ('observed', 'absent', 'unobserved')),
     value jsonb,
     reason text,
     gathered_at timestamptz not null,
     gatherer text not null,
     gatherer_version text not null,
     vantage text not null,
     snapshots jsonb not null,
     primary key (round_id, kind, subject_id, key)
   )`,
  `create table finding (
     id integer generated always as identity primary key,
     round_id integer not null references round (id),
     kind text not null,
     subject_id integer not null,
     rule_id text not null,
     status text not null,
     judgement jsonb not null,
     source text not null,
     review text not null check (review in ('open', 'confirmed', 'rejected', 'waived')),
     unique (round_id, kind, subject_id, rule_id, source)
   )`,
  'create index finding_by_status on finding (round_id, status, review)',
  `create table finding_review (
     id integer generated always as identity primary key,
     finding_id integer not null references finding (id),
     decision text not null check (decision in ('confirm', 'reject', 'annotate')),
     reviewer text not null,
     note text not null,
     reviewed_at timestamptz not null
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
