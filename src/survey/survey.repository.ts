import { randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import { type Kysely, sql } from 'kysely';
import type { WalkOutcome } from '../domain/walk.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { storableJson } from '../lib/pure/storable-json.ts';
import { isAlive, type LockHolder, thisProcess } from '../store/directory-lock.ts';
import type { SurveyDb } from './survey-db.ts';
import type { WalkResult } from './walk/walk-tally.ts';

/** One survey of one site. */
export interface Survey {
  readonly id: number;
  readonly homeUrl: string;
  readonly seed: number;
  readonly requests: number;
  readonly bytes: number;
}

export interface SurveyOf {
  /** Canonical. */
  readonly homeUrl: string;
  /** The round that asks for it; null for one by command. */
  readonly roundId: number | null;
  readonly subjectId: number | null;
  /** How its pages are read (lexicons, rules); '', the default, takes no notes. Surveys that read otherwise have nothing to do with it. */
  readonly reading?: string;
}

/** The unfinished survey of this site for this round, or a new one. */
export async function openSurvey(db: SurveyDb, of: SurveyOf, now: Instant): Promise<Survey> {
  const unfinished = await db
    .selectFrom('survey')
    .select(['id', 'seed', 'requests', 'bytes'])
    .where('home_url', '=', of.homeUrl)
    .where('round_id', 'is not distinct from', of.roundId)
    .where('reading', '=', of.reading ?? '')
    .where('ended_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (unfinished)
    return {
      id: unfinished.id,
      seed: unfinished.seed,
      homeUrl: of.homeUrl,
      requests: Number(unfinished.requests),
      bytes: Number(unfinished.bytes),
    };
  // Nobody who makes pages can know it: see urlKey.
  const seed = randomInt(1, 2 ** 31 - 1);
  const { id } = await db
    .insertInto('survey')
    .values({
      home_url: of.homeUrl,
      round_id: of.roundId,
      subject_id: of.subjectId,
      reading: of.reading ?? '',
      seed,
      started_at: now,
      ended_at: null,
      requests: 0,
      bytes: 0,
      result: null,
      purged_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, seed, homeUrl: of.homeUrl, requests: 0, bytes: 0 };
}

/** The survey is over; `result` says what it came to. */
export async function endSurvey(
  db: SurveyDb,
  surveyId: number,
  result: WalkResult,
  now: Instant,
): Promise<void> {
  await sql`
    update survey set ended_at = ${now}, requests = ${result.requests}, bytes = ${result.bytes}, result = ${storableJson(result)}::jsonb
     where id = ${surveyId}`.execute(db);
}

/** Records of a survey by outcome, whoever made them. */
export async function countOutcomes(
  db: SurveyDb,
  surveyId: number,
): Promise<WalkResult['outcomes']> {
  const { rows } = await sql<{ outcome: WalkOutcome; count: number }>`
    select outcome, count(*)::int as count from survey_page where survey_id = ${surveyId} group by outcome`.execute(
    db,
  );
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

/** Silent for so long on another machine is dead. */
const SILENT_SECONDS = 30;

/** Says that this process works on the survey, and frees what dead ones had in hand. */
export async function joinSurvey(db: SurveyDb, surveyId: number, holder: string): Promise<void> {
  const owner = JSON.stringify({ host: hostname(), ...thisProcess() });
  await sql`
    insert into survey_worker (survey_id, holder, owner, beat_at)
    values (${surveyId}, ${holder}, ${owner}, clock_timestamp())`.execute(db);
  const { rows } = await sql<{ holder: string; owner: string; silent: boolean }>`
    select holder, owner, beat_at < clock_timestamp() - make_interval(secs => ${SILENT_SECONDS}::int) as silent
      from survey_worker where survey_id = ${surveyId} and holder <> ${holder}`.execute(db);
  for (const other of rows) if (isDead(other)) await leaveSurvey(db, surveyId, other.holder);
  await sql`
    update survey_queue set holder = null
     where survey_id = ${surveyId} and holder is not null
       and holder not in (select holder from survey_worker where survey_id = ${surveyId})`.execute(
    db,
  );
}

function isDead({ owner, silent }: { owner: string; silent: boolean }): boolean {
  const process = JSON.parse(owner) as LockHolder & { host: string };
  return process.host === hostname() ? !isAlive(process) : silent;
}

/** What this process had in hand is free again. */
export async function leaveSurvey(db: SurveyDb, surveyId: number, holder: string): Promise<void> {
  await sql`update survey_queue set holder = null where survey_id = ${surveyId} and holder = ${holder}`.execute(
    db,
  );
  await sql`delete from survey_worker where survey_id = ${surveyId} and holder = ${holder}`.execute(
    db,
  );
}

/** Still at work; what was spent so far outlives a crash. */
export async function beatSurvey(
  db: SurveyDb,
  surveyId: number,
  holder: string,
  spent: { requests: number; bytes: number },
): Promise<void> {
  await sql`
    update survey_worker set beat_at = clock_timestamp() where survey_id = ${surveyId} and holder = ${holder}`.execute(
    db,
  );
  await sql`
    update survey set requests = greatest(requests, ${spent.requests}), bytes = greatest(bytes, ${spent.bytes})
     where id = ${surveyId}`.execute(db);
}

/** A finished survey of this site that a round made, with what it came to; null when there is none. */
export async function finishedSurvey(
  db: SurveyDb,
  of: SurveyOf & { readonly roundId: number },
): Promise<{ readonly survey: Survey; readonly result: WalkResult } | null> {
  const row = await db
    .selectFrom('survey')
    .select(['id', 'seed', 'requests', 'bytes', 'result'])
    .where('home_url', '=', of.homeUrl)
    .where('round_id', '=', of.roundId)
    .where('reading', '=', of.reading ?? '')
    .where('result', 'is not', null)
    .where('purged_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const { id, seed, requests, bytes } = row;
  return {
    survey: {
      ...{ id, seed, homeUrl: of.homeUrl },
      ...{ requests: Number(requests), bytes: Number(bytes) },
    },
    result: row.result as unknown as WalkResult,
  };
}

/** A survey as people are told of it. */
export interface SurveyRecord {
  readonly startedAt: Instant;
  /** Null while it is under way, or was stopped and goes on. */
  readonly endedAt: Instant | null;
  readonly requests: number;
  readonly bytes: number;
  /** Null until it has ended. */
  readonly result: WalkResult | null;
  /** Its pages were deleted by the retention settings. */
  readonly isPurged: boolean;
}

/** The last survey that a round made of a subject; null when it made none. */
export async function surveyOfRound<Tables>(
  db: Kysely<Tables>,
  roundId: number,
  subjectId: number,
): Promise<SurveyRecord | null> {
  const row = await (db as unknown as SurveyDb)
    .selectFrom('survey')
    .select(['started_at', 'ended_at', 'requests', 'bytes', 'result', 'purged_at'])
    .where('round_id', '=', roundId)
    .where('subject_id', '=', subjectId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  return {
    startedAt: new Date(row.started_at).toISOString(),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
    requests: Number(row.requests),
    bytes: Number(row.bytes),
    result: row.result as unknown as WalkResult | null,
    isPurged: row.purged_at !== null,
  };
}

/** The newest round but this one that has walked the site to an end; null when none did. */
export async function otherRoundOf<Tables>(
  db: Kysely<Tables>,
  roundId: number,
  subjectId: number,
): Promise<number | null> {
  const row = await (db as unknown as SurveyDb)
    .selectFrom('survey')
    .select('round_id')
    .where('subject_id', '=', subjectId)
    .where('round_id', '<>', roundId)
    .where('result', 'is not', null)
    .orderBy('round_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.round_id ?? null;
}

/** A round looks at the site anew: what it walked so far is no longer its own. */
export async function releaseSurveys<Tables>(
  db: Kysely<Tables>,
  roundId: number,
  subjectId: number,
): Promise<void> {
  await sql`
    update survey set round_id = null, ended_at = coalesce(ended_at, clock_timestamp())
     where round_id = ${roundId} and subject_id = ${subjectId}`.execute(db);
}

/** The last finished survey of a site that read its pages in the same way, for conditional requests. */
export async function lastSurvey(
  db: SurveyDb,
  homeUrl: string,
  reading: string,
): Promise<Survey | null> {
  const row = await db
    .selectFrom('survey')
    .select(['id', 'seed', 'requests', 'bytes'])
    .where('home_url', '=', homeUrl)
    .where('reading', '=', reading)
    .where('purged_at', 'is', null)
    .where('ended_at', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    seed: row.seed,
    homeUrl,
    requests: Number(row.requests),
    bytes: Number(row.bytes),
  };
}
