import { type Kysely, sql } from 'kysely';

/**
 * What the console's lists ask by: columns computed from a round's copy of the register, and pairs of characters for search,
 * because Chinese has no words between blanks and pg_trgm is not everywhere. `bigrams('岳阳市')` = {岳阳, 阳市}.
 */
const STATEMENTS = [
  `create function bigrams(words text) returns text[] language sql immutable strict parallel safe
     as $$ select coalesce(array_agg(distinct substr(lower(words), at, 2)), '{}')
             from generate_series(1, char_length(words) - 1) as at $$`,
  `alter table round_subject
     add column sponsor_id integer generated always as ((subject->>'sponsorId')::integer) stored,
     add column verdict_kind text generated always as (verdict->>'kind') stored,
     add column name text generated always as (subject->>'name') stored,
     add column sponsor_name text generated always as (subject->>'sponsorName') stored,
     add column identity text generated always as (
       case when kind = 'site' then subject->>'siteCode' else (subject->>'platform') || ':' || (subject->>'accountId') end) stored`,
  'create index round_subject_of_subject on round_subject (kind, subject_id, round_id)',
  'create index round_subject_in_order on round_subject (round_id, kind, registry_order, subject_id)',
  'create index round_subject_of_sponsor on round_subject (round_id, sponsor_id) include (kind, checked, verdict_kind)',
  "create index round_subject_words on round_subject using gin (bigrams(subject->>'name'))",
  'create index finding_of_rule on finding (round_id, status, rule_id)',
  "create index site_words on site using gin (bigrams(name || ' ' || site_code || ' ' || home_url))",
  "create index account_words on account using gin (bigrams(name || ' ' || account_id))",
  'create index site_of_sponsor on site (sponsor_id, registry_order)',
  'create index account_of_sponsor on account (sponsor_id, registry_order)',
  'create index site_in_order on site (registry_order, id)',
  'create index account_in_order on account (registry_order, id)',
  'create index site_by_name on site (name, id)',
  'create index account_by_name on account (name, id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
