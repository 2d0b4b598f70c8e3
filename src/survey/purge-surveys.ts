import { type Kysely, sql } from 'kysely';
import type { Instant } from '../lib/pure/dates.ts';
import { arrayLiteral } from '../store/array-literal.ts';
import type { Store } from '../store/store.ts';
import { inSurveyTransaction, type SurveyTables, surveyDb } from './survey-db.ts';

/** Archive round of what no round asked for. */
export const NO_ROUND = 0;

export interface ExpiredSurveys {
  /** Those of no round that ended, or were left, before this instant; null keeps them all. */
  readonly before: Instant | null;
  /** Rounds of which only what findings name is kept. */
  readonly roundIds: readonly number[];
}

/** A kill leaves some for the next time. */
const AT_ONCE = 1_000;

/** Ids of the surveys whose pages are kept no longer, oldest first. One that a process works on stays. */
export async function expiredSurveys<Tables>(
  db: Kysely<Tables>,
  { before, roundIds }: ExpiredSurveys,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from survey s
     where purged_at is null
       and ((round_id is null and coalesce(ended_at, started_at) < ${before}::timestamptz)
            or round_id = any(${arrayLiteral(roundIds)}::int4[]))
       and not exists (select 1 from survey_worker w where w.survey_id = s.id
                         and w.beat_at > clock_timestamp() - interval '1 hour')
     order by id limit ${AT_ONCE}`.execute(db);
  return rows.map(({ id }) => id);
}

const TABLES = [
  'survey_queue',
  'survey_worker',
  'survey_words',
  'survey_page',
  'survey_url',
] as const satisfies readonly (keyof SurveyTables)[];

/** Deletes addresses and pages of expired surveys, one survey a transaction; that they were, and what they came to, stays. Returns how many. */
export async function purgeSurveys(
  store: Store,
  expired: ExpiredSurveys,
  now: Instant,
): Promise<number> {
  const ids = await expiredSurveys(surveyDb(store), expired);
  for (const id of ids)
    await inSurveyTransaction(store, async (trx) => {
      for (const table of TABLES)
        await sql`delete from ${sql.table(table)} where survey_id = ${id}`.execute(trx);
      await sql`update survey set purged_at = ${now}, ended_at = coalesce(ended_at, ${now}::timestamptz) where id = ${id}`.execute(
        trx,
      );
    });
  return ids.length;
}
