import { type Kysely, sql } from 'kysely';
import type { Instant } from '../lib/pure/dates.ts';

/** A finished whole-site survey of a registered site. */
interface EndedSurvey {
  readonly surveyId: number;
  readonly siteId: number;
  readonly roundId: number;
  readonly endedAt: Instant;
}

/** A link of a surveyed site to another host, and the first page that has it. */
interface SurveyedLink {
  readonly url: string;
  readonly text: string;
  readonly from: string;
}

const SURVEYS_MAX = 20_000;
const LINKS_MAX = 5_000;

/** The newest ended survey that a round made of each site, in the order of sites. */
export async function newestSurveys<Tables>(db: Kysely<Tables>): Promise<EndedSurvey[]> {
  const { rows } = await sql<EndedSurvey>`
    select distinct on (survey.subject_id)
           survey.id as "surveyId", survey.subject_id as "siteId", survey.round_id as "roundId", survey.ended_at as "endedAt"
      from survey join site on site.id = survey.subject_id
     where survey.ended_at is not null and survey.purged_at is null and survey.round_id is not null
     order by survey.subject_id, survey.id desc limit ${SURVEYS_MAX}`.execute(db);
  return rows.map((row) => ({ ...row, endedAt: new Date(row.endedAt).toISOString() }));
}

/** Links of a survey whose address matches one of the patterns of `like`; the first {@link LINKS_MAX} of them. */
export async function surveyedLinksTo<Tables>(
  db: Kysely<Tables>,
  surveyId: number,
  patterns: readonly string[],
): Promise<SurveyedLink[]> {
  const { rows } = await sql<SurveyedLink>`
    select target.url, target.link_text as text, coalesce(source.url, '') as "from"
      from survey_url target
      left join survey_url source on source.survey_id = target.survey_id and source.key = target.from_key
     where target.survey_id = ${surveyId} and target.url like any (${patterns as string[]}::text[])
     order by target.key limit ${LINKS_MAX}`.execute(db);
  return rows;
}
