import { type Kysely, sql } from 'kysely';

/**
 * Whether a subject's verdict is a failure (不合格): vetoed, or a portal's score below 60. Lists and counts ask for it, and read
 * it from the index alone, as they did the kind of the verdict.
 */
const STATEMENTS = [
  `alter table round_subject add column is_failing boolean generated always as (
     coalesce(verdict->>'kind' = 'vetoed' or (verdict->>'kind' = 'scored' and not (verdict->>'passes')::boolean), false)) stored`,
  'drop index round_subject_of_sponsor',
  `create index round_subject_of_sponsor on round_subject (round_id, sponsor_id)
     include (kind, subject_id, checked, stage, verdict_kind, pages, feeds, is_failing)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
