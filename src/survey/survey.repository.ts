import { randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import { sql } from 'kysely';
import { urlKey } from '../derive/scan/canonical-url.ts';
import { unpackLinks } from '../derive/scan/pack-links.ts';
import type { VisitErrorClass } from '../domain/site-facts.ts';
import type { WalkedLink, WalkedPage, WalkOutcome } from '../domain/walk.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { storableJson } from '../lib/pure/storable-json.ts';
import { arrayLiteral } from '../store/array-literal.ts';
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
}

/** The unfinished survey of this site for this round, or a new one. */
export async function openSurvey(db: SurveyDb, of: SurveyOf, now: Instant): Promise<Survey> {
  const unfinished = await db
    .selectFrom('survey')
    .select(['id', 'seed', 'requests', 'bytes'])
    .where('home_url', '=', of.homeUrl)
    .where('round_id', 'is not distinct from', of.roundId)
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
      seed,
      started_at: now,
      ended_at: null,
      requests: 0,
      bytes: 0,
      result: null,
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

/** The last finished survey of a site, for conditional requests. */
export async function lastSurvey(db: SurveyDb, homeUrl: string): Promise<Survey | null> {
  const row = await db
    .selectFrom('survey')
    .select(['id', 'seed', 'requests', 'bytes'])
    .where('home_url', '=', homeUrl)
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

/** An earlier survey's page with its links, when it can be asked for conditionally; else null. */
export async function readEarlierPage(
  db: SurveyDb,
  survey: Survey,
  url: string,
): Promise<WalkedPage | null> {
  const key = urlKey(url, survey.seed);
  const row = await db
    .selectFrom('survey_page')
    .selectAll()
    .where('survey_id', '=', survey.id)
    .where('key', '=', key)
    .where('outcome', 'in', ['page', 'unchanged'])
    .where((eb) => eb.or([eb('etag', 'is not', null), eb('last_modified', 'is not', null)]))
    .executeTakeFirst();
  if (!row) return null;
  return {
    url,
    from: null,
    linkText: '',
    kind: 'page',
    depth: 0,
    outcome: row.outcome as WalkOutcome,
    status: row.status,
    landedUrl: null,
    contentType: row.content_type,
    bytes: Number(row.bytes),
    truncated: row.truncated,
    title: row.title,
    links: row.links === null ? [] : await readLinks(db, survey.id, row.links),
    publishedOn: row.published_on,
    newestOn: row.newest_on,
    textLength: row.text_length,
    fingerprint: row.fingerprint,
    snapshot: row.snapshot === null ? null : Buffer.from(row.snapshot).toString('hex'),
    file: null,
    ...(row.error_class === null ? {} : { errorClass: row.error_class as VisitErrorClass }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    etag: row.etag,
    lastModified: row.last_modified,
    fetchedAt: row.fetched_at,
  };
}

/** The packed links of a page with their addresses, in the page's order. */
export async function readLinks(
  db: SurveyDb,
  surveyId: number,
  packed: Uint8Array,
): Promise<WalkedLink[]> {
  const links = unpackLinks(packed);
  const { rows } = await sql<{ key: number; url: string; link_text: string }>`
    select u.key, u.url, u.link_text from unnest(${arrayLiteral(links.map(({ key }) => key))}::int8[]) as wanted (key)
      join survey_url u on u.survey_id = ${surveyId} and u.key = wanted.key`.execute(db);
  const known = new Map(rows.map((row) => [Number(row.key), row]));
  return links.flatMap(({ key, kind, guessed }) => {
    const row = known.get(key);
    if (row === undefined) return [];
    const link = { url: row.url, kind, text: row.link_text };
    return [guessed ? { ...link, guessed } : link];
  });
}
