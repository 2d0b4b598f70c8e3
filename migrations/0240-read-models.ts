import { type Kysely, sql } from 'kysely';

/**
 * What the console's lists ask by: columns computed from a round's copy of the register, and the characters and pairs of
 * characters of names for search, because Chinese has no words between blanks and pg_trgm is not everywhere:
 * `word_pieces('岳阳市')` = {岳, 阳, 市, 岳阳, 阳市}.
 */
const STATEMENTS = [
  `create or replace function word_pieces(words text) returns text[] language sql immutable strict parallel safe
     as $$ select coalesce(array_agg(distinct substr(lower(words), at, long)), '{}')
             from generate_series(1, char_length(words)) as at, generate_series(1, 2) as long
            where at + long <= char_length(words) + 1 $$`,
  `alter table site add column words text[] generated always as
     (word_pieces(name || ' ' || site_code || ' ' || home_url)) stored`,
  "alter table account add column words text[] generated always as (word_pieces(name || ' ' || account_id)) stored",
  'create index site_words on site using gin (words)',
  'create index account_words on account using gin (words)',
  `alter table round_subject
     add column sponsor_id integer generated always as ((subject->>'sponsorId')::integer) stored,
     add column verdict_kind text generated always as (verdict->>'kind') stored,
     add column name text generated always as (subject->>'name') stored,
     add column sponsor_name text generated always as (subject->>'sponsorName') stored,
     add column identity text generated always as (
       case when kind = 'site' then subject->>'siteCode' else (subject->>'platform') || ':' || (subject->>'accountId') end) stored`,
  'create index round_subject_of_subject on round_subject (kind, subject_id, round_id)',
  'create index round_subject_in_order on round_subject (round_id, kind desc, registry_order, subject_id)',
  // Counts of a round are read from this alone.
  `create index round_subject_of_sponsor on round_subject (round_id, sponsor_id)
     include (kind, subject_id, checked, stage, verdict_kind, pages, feeds)`,
  'create index round_subject_by_verdict on round_subject (round_id, verdict_kind)',
  // What review looks at is three in a hundred of all findings: the rest must not be walked through to find a page of it.
  "create index finding_shown on finding (round_id, id) where status in ('breached', 'undetermined')",
  'create index finding_in_order on finding (round_id, status, id)',
  'create index finding_of_rule on finding (round_id, status, rule_id, kind, review)',
  'create index finding_of_subject on finding (round_id, kind, subject_id, status, review)',
  ...['site', 'account'].flatMap((table) => [
    `create index ${table}_of_sponsor on ${table} (sponsor_id, registry_order)`,
    `create index ${table}_in_order on ${table} (registry_order, id)`,
    `create index ${table}_by_name on ${table} (name, id)`,
  ]),
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
