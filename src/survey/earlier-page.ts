import { sql } from 'kysely';
import { urlKey } from '../derive/scan/canonical-url.ts';
import { unpackLinks } from '../derive/scan/pack-links.ts';
import type { VisitErrorClass } from '../domain/site-facts.ts';
import type { PageNotes, PageWords, WalkedLink, WalkedPage, WalkOutcome } from '../domain/walk.ts';
import { arrayLiteral } from '../store/array-literal.ts';
import type { Survey } from './survey.repository.ts';
import type { SurveyDb, SurveyTables } from './survey-db.ts';

type PageRow = SurveyTables['survey_page'];

/** An earlier survey's page with its links and notes, when it can be asked for conditionally; else null. */
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
    links: row.links === null ? [] : await readLinks(db, survey.id, row.links, row.link_words),
    publishedOn: row.published_on,
    newestOn: row.newest_on,
    textLength: row.text_length,
    fingerprint: row.fingerprint,
    snapshot: hexOf(row.snapshot),
    file: null,
    ...(row.error_class === null ? {} : { errorClass: row.error_class as VisitErrorClass }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    etag: row.etag,
    lastModified: row.last_modified,
    fetchedAt: row.fetched_at,
    notes: row.link_words === null ? null : await readNotes(db, survey.id, row),
  };
}

const hexOf = (hash: Uint8Array | null): string | null =>
  hash === null ? null : Buffer.from(hash).toString('hex');

async function readNotes(db: SurveyDb, surveyId: number, row: PageRow): Promise<PageNotes> {
  return {
    doubt: row.doubt,
    heldText: row.held_text ?? (await knownText(db, surveyId, row.key)),
    promises: (row.promises ?? []) as PageNotes['promises'],
    words: wordsOf(row),
  };
}

/** jsonb comes back parsed. */
function wordsOf(row: PageRow): PageWords | null {
  if (row.checked_characters === null) return null;
  return {
    findings: (row.findings ?? []) as unknown as PageWords['findings'],
    characters: row.checked_characters,
    cut: row.check_cut ?? false,
  };
}

async function knownText(db: SurveyDb, surveyId: number, key: number): Promise<string> {
  const row = await db
    .selectFrom('survey_url')
    .select('link_text')
    .where('survey_id', '=', surveyId)
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.link_text ?? '';
}

/** The packed links of a page with their addresses, in the page's order; with the page's own words for them where those were kept. */
async function readLinks(
  db: SurveyDb,
  surveyId: number,
  packed: Uint8Array,
  packedWords: Uint8Array | null,
): Promise<WalkedLink[]> {
  const links = unpackLinks(packed);
  const { rows } = await sql<{ key: number; url: string; link_text: string }>`
    select u.key, u.url, u.link_text from unnest(${arrayLiteral(links.map(({ key }) => key))}::int8[]) as wanted (key)
      join survey_url u on u.survey_id = ${surveyId} and u.key = wanted.key`.execute(db);
  const known = new Map(rows.map((row) => [Number(row.key), row]));
  const wordsOfLinks = packedWords === null ? null : await readWords(db, surveyId, packedWords);
  return links.flatMap(({ key, kind, guessed }, at) => {
    const row = known.get(key);
    if (row === undefined) return [];
    const text = wordsOfLinks === null ? row.link_text : (wordsOfLinks[at] ?? '');
    const link = { url: row.url, kind, text };
    return [guessed ? { ...link, guessed } : link];
  });
}

async function readWords(db: SurveyDb, surveyId: number, packed: Uint8Array): Promise<string[]> {
  const keys = unpackLinks(packed).map(({ key }) => key);
  const { rows } = await sql<{ key: number; words: string }>`
    select w.key, w.words from unnest(${arrayLiteral(keys)}::int8[]) as wanted (key)
      join survey_words w on w.survey_id = ${surveyId} and w.key = wanted.key`.execute(db);
  const known = new Map(rows.map((row) => [Number(row.key), row.words]));
  return keys.map((key) => known.get(key) ?? '');
}
