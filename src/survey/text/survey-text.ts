import { sql } from 'kysely';
import type { IgnoreFilter } from '../../derive/text/ignored-wording.ts';
import { SiteTextBuilder } from '../../derive/text/page-findings.ts';
import type { SiteText } from '../../domain/facts/text-facts.ts';
import type { PageWords } from '../../domain/walk.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { SurveyDb } from '../survey-db.ts';
import type { WalkResult } from '../walk/walk-tally.ts';
import { whyNotAllRead } from './unread-pages.ts';

export interface SurveyTextOf {
  readonly surveyId: number;
  /** Lexicon versions with which the pages were checked. */
  readonly lexicons: readonly string[];
  readonly checkedAt: Instant;
  /** Rows hold what was suspected; what of it people ignore, and until when, changes from one summing up to the next. */
  readonly isIgnored: IgnoreFilter;
  readonly walk: Pick<WalkResult, 'complete' | 'hitLimits'>;
}

const ROWS_AT_ONCE = 500;

interface WordsRow {
  readonly key: number;
  readonly url: string;
  readonly snapshot: string | null;
  readonly checked_characters: number;
  readonly check_cut: boolean;
  readonly findings: PageWords['findings'] | null;
}

/** The words of a site put together from the rows of its pages, also those that an earlier process kept. */
export async function surveyedText(db: SurveyDb, of: SurveyTextOf): Promise<SiteText> {
  const builder = new SiteTextBuilder(of.isIgnored);
  for await (const { url, snapshot, ...row } of rowsOf(db, of.surveyId))
    builder.add({
      findings: (row.findings ?? []).map((finding) => ({ ...finding, url, snapshot })),
      characters: row.checked_characters,
      cut: row.check_cut,
    });
  const unread = await countUnread(db, of.surveyId);
  return builder.build(of, of.checkedAt, whyNotAllRead(of.walk, unread));
}

/** As {@link isUnread} says of a walk in memory; also pages that ended the thread that read them. */
async function countUnread(db: SurveyDb, surveyId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
      from survey_page p join survey_url u on u.survey_id = p.survey_id and u.key = p.key
     where p.survey_id = ${surveyId}
       and ((p.outcome in ('blocked', 'failed') and u.kind in ('page', 'frame'))
            or (p.outcome in ('page', 'unchanged')
                and (p.truncated or (p.checked_characters is null and p.bytes > 0))))`.execute(db);
  return rows[0]?.count ?? 0;
}

async function* rowsOf(db: SurveyDb, surveyId: number): AsyncGenerator<WordsRow> {
  let last = -1;
  for (;;) {
    const { rows } = await sql<WordsRow>`
      select p.key, u.url, encode(p.snapshot, 'hex') as snapshot, p.checked_characters, p.check_cut, p.findings
        from survey_page p join survey_url u on u.survey_id = p.survey_id and u.key = p.key
       where p.survey_id = ${surveyId} and p.key > ${last} and p.checked_characters is not null
       order by p.key limit ${ROWS_AT_ONCE}`.execute(db);
    yield* rows;
    if (rows.length < ROWS_AT_ONCE) return;
    last = Number(rows.at(-1)!.key);
  }
}
