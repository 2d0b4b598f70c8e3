import { sql } from 'kysely';
import { unpackLinks } from '../../derive/scan/pack-links.ts';
import type { LinkSight } from '../../domain/link-check.ts';
import type { FileLook, PageNotes, WalkedLink, WalkOutcome } from '../../domain/walk.ts';
import type { SurveyDb, SurveyTables } from '../survey-db.ts';
import type { WalkResult } from '../walk/walk-tally.ts';
import { HomePromises } from './home-promises.ts';
import type { WalkedLinks } from './judge-links.ts';
import { LinkBook } from './link-book.ts';
import { WalkNotes } from './walk-notes.ts';

/** Rows read at once: pages bring their packed links along. */
const PAGES_AT_ONCE = 500;
const ADDRESSES_AT_ONCE = 10_000;

/** What a finished survey found of its site's links, for the same judging as of a walk in memory. `waited` = what its process waited for in vain. */
export async function surveyedLinks(
  db: SurveyDb,
  surveyId: number,
  { result, waited }: { result: WalkResult; waited: ReadonlyMap<string, LinkSight> },
): Promise<WalkedLinks> {
  const [book, notes, promises] = [new LinkBook(), new WalkNotes(), new HomePromises()];
  const { addresses, refusals } = await readAddresses(db, surveyId);
  const words = await readWords(db, surveyId);
  for await (const row of pagesOf(db, surveyId)) {
    const address = addresses.get(Number(row.key));
    if (address === undefined) continue;
    const { url, linkText } = address;
    const outcome = row.outcome as WalkOutcome;
    const landedUrl = row.landed_url;
    const { links, lost } = linksOf(row, addresses, words);
    book.leave(lost);
    book.take({ url, landedUrl, outcome, truncated: row.truncated }, links);
    notes.keep({
      ...{ url, outcome, landedUrl, status: row.status, title: row.title },
      ...{ fingerprint: row.fingerprint, doubt: row.doubt, file: fileOf(row, outcome) },
      heldText: row.held_text ?? linkText,
    });
    promises.keep(url, (row.promises ?? []) as PageNotes['promises']);
  }
  return { book, notes, promises, refusals, waited, walk: result };
}

interface Address {
  readonly url: string;
  /** Words of the link that led there first. */
  readonly linkText: string;
}

async function readAddresses(
  db: SurveyDb,
  surveyId: number,
): Promise<{ addresses: Map<number, Address>; refusals: Map<string, string> }> {
  const addresses = new Map<number, Address>();
  const refusals = new Map<string, string>();
  let last = -1;
  for (;;) {
    const rows = await db
      .selectFrom('survey_url')
      .select(['key', 'url', 'link_text', 'refused'])
      .where('survey_id', '=', surveyId)
      .where('key', '>', last)
      .orderBy('key')
      .limit(ADDRESSES_AT_ONCE)
      .execute();
    for (const { key, url, link_text, refused } of rows) {
      last = Number(key);
      addresses.set(last, { url, linkText: link_text });
      if (refused !== null) refusals.set(url, refused);
    }
    if (rows.length < ADDRESSES_AT_ONCE) return { addresses, refusals };
  }
}

async function readWords(db: SurveyDb, surveyId: number): Promise<Map<number, string>> {
  const words = new Map<number, string>();
  let last = -1;
  for (;;) {
    const rows = await db
      .selectFrom('survey_words')
      .select(['key', 'words'])
      .where('survey_id', '=', surveyId)
      .where('key', '>', last)
      .orderBy('key')
      .limit(ADDRESSES_AT_ONCE)
      .execute();
    for (const row of rows) {
      last = Number(row.key);
      words.set(last, row.words);
    }
    if (rows.length < ADDRESSES_AT_ONCE) return words;
  }
}

type TargetRow = Pick<
  SurveyTables['survey_page'],
  | ('key' | 'outcome' | 'status' | 'landed_url' | 'title' | 'fingerprint' | 'bytes')
  | (
      | 'links'
      | 'link_words'
      | 'signature'
      | 'opens'
      | 'doubt'
      | 'held_text'
      | 'promises'
      | 'truncated'
    )
>;

async function* pagesOf(db: SurveyDb, surveyId: number): AsyncGenerator<TargetRow> {
  let last = -1;
  for (;;) {
    const { rows } = await sql<TargetRow>`
      select key, outcome, status, landed_url, title, fingerprint, bytes, links, link_words, signature, opens, doubt,
             held_text, promises, truncated
        from survey_page where survey_id = ${surveyId} and key > ${last} order by key limit ${PAGES_AT_ONCE}`.execute(
      db,
    );
    yield* rows;
    if (rows.length < PAGES_AT_ONCE) return;
    last = Number(rows.at(-1)!.key);
  }
}

/** `lost` counts links whose address the survey had no room for; forms of the site itself are kept nowhere. */
function linksOf(
  { links, link_words }: TargetRow,
  addresses: ReadonlyMap<number, Address>,
  words: ReadonlyMap<number, string>,
): { links: WalkedLink[]; lost: number } {
  if (links === null) return { links: [], lost: 0 };
  const keysOfWords = link_words === null ? null : unpackLinks(link_words);
  const found: WalkedLink[] = [];
  let lost = 0;
  unpackLinks(links).forEach(({ key, kind, guessed }, at) => {
    const address = addresses.get(key);
    if (address === undefined) {
      if (kind !== 'form') lost += 1;
      return;
    }
    const text =
      keysOfWords === null ? address.linkText : (words.get(keysOfWords[at]?.key ?? -1) ?? '');
    const link = { url: address.url, kind, text };
    found.push(guessed ? { ...link, guessed } : link);
  });
  return { links: found, lost };
}

const fileOf = ({ signature, opens, bytes }: TargetRow, outcome: WalkOutcome): FileLook | null =>
  outcome === 'file' ? { signature, opens, bytes: Number(bytes) } : null;
