import { sql } from 'kysely';
import type { LinkWords, WalkedLinkKind, WalkedPage } from '../../domain/walk.ts';
import { storableJson } from '../../lib/pure/storable-json.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { SurveyDb } from '../survey-db.ts';
import type { FrontierEntry } from '../walk/frontier.ts';

/** An entry in hand, with its place in the queue. */
export interface HeldEntry extends FrontierEntry {
  readonly key: number;
  readonly rank: number;
  readonly place: number;
}

/** An address that was met for the first time. `rank` null: it is kept, but not visited (another site's, a redirect's target). */
export interface MetAddress {
  readonly key: number;
  readonly fromKey: number | null;
  readonly entry: FrontierEntry;
  readonly rank: number | null;
  /** Why it is not visited though it is the site's (Chinese); null for all others. */
  readonly refused: string | null;
  /** Who takes it in hand at once; null leaves it to whoever claims it. */
  readonly holder: string | null;
}

/** Keeps new addresses and queues those to be visited; returns the places of those that were new to the database. */
export async function insertAddresses(
  db: SurveyDb,
  surveyId: number,
  met: readonly MetAddress[],
): Promise<{ key: number; rank: number; place: number }[]> {
  const column = <T extends string | number | null>(of: (each: MetAddress) => T): string =>
    arrayLiteral(met.map(of));
  const { rows } = await sql<{ key: number; rank: number; place: number }>`
    with met as (
      select * from unnest(
        ${column(({ key }) => key)}::int8[], ${column(({ entry }) => entry.url)}::text[],
        ${column(({ entry }) => entry.kind)}::text[], ${column(({ entry }) => entry.depth)}::int4[],
        ${column(({ fromKey }) => fromKey)}::int8[], ${column(({ entry }) => entry.linkText)}::text[],
        ${column(({ rank }) => rank)}::int2[], ${column(({ holder }) => holder)}::text[],
        ${column(({ refused }) => refused)}::text[]
      ) with ordinality as each (key, url, kind, depth, from_key, link_text, rank, holder, refused, at)
    ), fresh as (
      insert into survey_url (survey_id, key, url, kind, depth, from_key, link_text, refused)
      select ${surveyId}::int4, key, url, kind, depth, from_key, link_text, refused from met
      on conflict do nothing returning key
    )
    insert into survey_queue (survey_id, rank, key, holder)
    select ${surveyId}::int4, met.rank, met.key, met.holder from met join fresh using (key)
     where met.rank is not null order by met.at
    returning rank, place, key`.execute(db);
  return rows;
}

/**
 * Takes up to `limit` waiting addresses in hand. Several processes may do so at once: each skips what another is taking. The
 * partial index holds only what waits, so the cost does not grow with what was visited.
 */
export async function claimEntries(
  db: SurveyDb,
  surveyId: number,
  holder: string,
  limit: number,
): Promise<HeldEntry[]> {
  const { rows } = await sql<HeldEntry & { link_text: string; from_url: string | null }>`
    with due as (
      select rank, place from survey_queue
       where survey_id = ${surveyId}::int4 and holder is null
       order by rank, place limit ${limit}::int4 for update skip locked
    ), taken as (
      update survey_queue q set holder = ${holder}::text from due
       where q.survey_id = ${surveyId}::int4 and q.rank = due.rank and q.place = due.place
      returning q.rank, q.place, q.key
    )
    select t.rank, t.place, t.key, u.url, u.kind, u.depth, u.link_text, f.url as from_url
      from taken t
      join survey_url u on u.survey_id = ${surveyId}::int4 and u.key = t.key
      left join survey_url f on f.survey_id = ${surveyId}::int4 and f.key = u.from_key
     order by t.rank, t.place`.execute(db);
  return rows.map(({ rank, place, key, url, kind, depth, link_text, from_url }) => ({
    rank,
    place,
    key,
    url,
    kind: kind as WalkedLinkKind,
    depth,
    from: from_url,
    linkText: link_text,
  }));
}

/** Takes visits that are kept out of the queue. */
export async function deletePlaces(
  db: SurveyDb,
  surveyId: number,
  places: readonly HeldEntry[],
): Promise<void> {
  await sql`
    delete from survey_queue q
     using unnest(${arrayLiteral(places.map(({ rank }) => rank))}::int2[],
                  ${arrayLiteral(places.map(({ place }) => place))}::int8[]) as done (rank, place)
     where q.survey_id = ${surveyId}::int4 and q.rank = done.rank and q.place = done.place`.execute(
    db,
  );
}

/** A visited page as its row holds it. */
export interface PageRow {
  readonly key: number;
  readonly page: WalkedPage;
  readonly packedLinks: Uint8Array | null;
  /** Null = not looked for. */
  readonly terms: readonly string[] | null;
  /** Keys of the words of `packedLinks`; null where nobody judges links. */
  readonly linkWords: Uint8Array | null;
}

/** Keeps the words of links; those that are there already stay. */
export async function insertWords(
  db: SurveyDb,
  surveyId: number,
  words: LinkWords['fresh'],
): Promise<void> {
  await sql`
    insert into survey_words (survey_id, key, words)
    select ${surveyId}::int4, key, words
      from unnest(${arrayLiteral(words.map(({ key }) => key))}::int8[], ${arrayLiteral(words.map((each) => each.words))}::text[])
        as each (key, words)
    on conflict do nothing`.execute(db);
}

const base64 = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : Buffer.from(bytes).toString('base64');

/** Null instead of an empty list: most pages have neither. */
const json = (list: readonly unknown[] | null | undefined): string | null =>
  list && list.length > 0 ? storableJson(list) : null;

/** Keeps visited pages; one that is there already stays. */
export async function insertPages(
  db: SurveyDb,
  surveyId: number,
  rows: readonly PageRow[],
): Promise<void> {
  const column = (of: (row: WalkedPage) => string | number | boolean | null | undefined): string =>
    arrayLiteral(rows.map(({ page }) => of(page) ?? null));
  const keys = arrayLiteral(rows.map(({ key }) => key));
  const links = arrayLiteral(rows.map(({ packedLinks }) => base64(packedLinks)));
  const terms = rows.map((row) => (row.terms === null ? null : storableJson(row.terms)));
  const words = arrayLiteral(rows.map(({ linkWords }) => base64(linkWords)));
  await sql`
    insert into survey_page (survey_id, key, outcome, status, landed_url, content_type, bytes, truncated, title, links,
                             published_on, newest_on, text_length, fingerprint, snapshot, signature, opens, error_class, reason,
                             etag, last_modified, fetched_at, terms, link_words, doubt, held_text, promises,
                             checked_characters, check_cut, findings)
    select ${surveyId}::int4, key, outcome, status, landed_url, content_type, bytes, truncated, title, decode(links, 'base64'),
           published_on, newest_on, text_length, fingerprint, decode(snapshot, 'hex'), signature, opens, error_class, reason,
           etag, last_modified, fetched_at, terms::jsonb, decode(link_words, 'base64'), doubt, held_text, promises::jsonb,
           checked_characters, check_cut, findings::jsonb
      from unnest(${keys}::int8[], ${column((page) => page.outcome)}::text[], ${column((page) => page.status)}::int2[],
        ${column((page) => page.landedUrl)}::text[], ${column((page) => page.contentType)}::text[],
        ${column((page) => page.bytes)}::int8[], ${column((page) => page.truncated)}::bool[],
        ${column((page) => page.title)}::text[], ${links}::text[],
        ${column((page) => page.publishedOn)}::date[], ${column((page) => page.newestOn)}::date[],
        ${column((page) => page.textLength)}::int4[], ${column((page) => page.fingerprint)}::text[],
        ${column((page) => page.snapshot)}::text[], ${column((page) => page.file?.signature)}::text[],
        ${column((page) => page.file?.opens)}::bool[], ${column((page) => page.errorClass)}::text[],
        ${column((page) => page.reason)}::text[], ${column((page) => page.etag)}::text[],
        ${column((page) => page.lastModified)}::text[], ${column((page) => page.fetchedAt)}::timestamptz[],
        ${arrayLiteral(terms)}::text[], ${words}::text[], ${column((page) => page.notes?.doubt)}::text[],
        ${column(heldApart)}::text[], ${column((page) => json(page.notes?.promises))}::text[],
        ${column((page) => page.notes?.words?.characters)}::int4[], ${column((page) => page.notes?.words?.cut)}::bool[],
        ${column((page) => json(page.notes?.words?.findings))}::text[]
      ) as each (key, outcome, status, landed_url, content_type, bytes, truncated, title, links, published_on, newest_on,
        text_length, fingerprint, snapshot, signature, opens, error_class, reason, etag, last_modified, fetched_at, terms,
        link_words, doubt, held_text, promises, checked_characters, check_cut, findings)
    on conflict do nothing`.execute(db);
}

/** Words held against the page that are not those with which its address is known. */
const heldApart = ({ notes, linkText }: WalkedPage): string | null =>
  notes && notes.heldText !== linkText ? notes.heldText : null;

/** Whether the address is kept already. */
export async function isKnown(db: SurveyDb, surveyId: number, key: number): Promise<boolean> {
  const row = await db
    .selectFrom('survey_url')
    .select('key')
    .where('survey_id', '=', surveyId)
    .where('key', '=', key)
    .executeTakeFirst();
  return row !== undefined;
}

/** Counting further than this only costs time. */
const COUNT_MAX = 1_000_000;

/** Addresses in the queue, in anybody's hands or none; beyond {@link COUNT_MAX} that number. */
export async function countQueue(db: SurveyDb, surveyId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int8 as count
      from (select 1 from survey_queue where survey_id = ${surveyId}::int4 limit ${COUNT_MAX}::int4) as waiting`.execute(
    db,
  );
  return Number(rows[0]?.count ?? 0);
}
