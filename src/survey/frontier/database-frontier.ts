import { urlKey } from '../../derive/scan/canonical-url.ts';
import { packLinks } from '../../derive/scan/pack-links.ts';
import { SeenKeys } from '../../derive/scan/seen-keys.ts';
import type { LinkWords, WalkedPage, WalkedPageWithBody } from '../../domain/walk.ts';
import { invariant } from '../../lib/pure/errors.ts';
import type { ArchiveIntake } from '../../store/archive/archive.ts';
import type { Store } from '../../store/store.ts';
import { inSurveyTransaction, surveyDb } from '../survey-db.ts';
import type { Admit, Frontier, FrontierEntry, RefusedEntry } from '../walk/frontier.ts';
import {
  claimEntries,
  countQueue,
  deletePlaces,
  type HeldEntry,
  insertAddresses,
  insertPages,
  insertWords,
  isKnown,
  type MetAddress,
  type PageRow,
} from './frontier.repository.ts';

export interface DatabaseFrontierOptions {
  readonly store: Store;
  readonly surveyId: number;
  readonly seed: number;
  /** Name of this process's part in the survey. */
  readonly holder: string;
  /** Where responses are kept; null keeps none. */
  readonly beginIntake: () => ArchiveIntake | null;
}

/** Pages written together. */
const FLUSH_PAGES = 200;
/** New addresses written together: a page may bring fifty thousand. */
const FLUSH_ADDRESSES = 4_000;
/** A slow site's pages wait no longer than this for their transaction. */
const FLUSH_AFTER_MS = 2_000;
/** Addresses in hand: new ones are taken at once up to here, without going through the queue's index. */
const IN_HAND_MAX = 2_000;
const CLAIM = 400;
/** Addresses remembered (8 bytes each), so that known links do not go to the database. */
const SEEN_MAX = 1_500_000;
/** Addresses of other sites kept per survey. */
const OUTSIDE_MAX = 200_000;
/** Addresses kept of those that are not visited; a link to a further one is judged by nobody. */
const REFUSED_MAX = 100_000;
/** Different words of links kept per survey; further links count as without words, which promise nothing. */
const WORDS_MAX = 500_000;

interface Batch {
  met: MetAddress[];
  words: LinkWords['fresh'][number][];
  pages: PageRow[];
  done: HeldEntry[];
  readonly intake: ArchiveIntake | null;
}

/**
 * The frontier in the database. What was seen, what came of it and what is no longer waiting is committed in one transaction per
 * batch, after the responses are on the disk: a kill loses visits that were not committed, and they are made again.
 */
export class DatabaseFrontier implements Frontier {
  readonly #options: DatabaseFrontierOptions;
  readonly #seen = new SeenKeys(SEEN_MAX);
  readonly #seenWords = new SeenKeys(SEEN_MAX);
  readonly #ready: HeldEntry[][] = [[], []];
  readonly #inHand = new Map<string, HeldEntry>();
  #batch: Batch;
  #flushing: Promise<void> = Promise.resolve();
  #lastFlush = performance.now();
  #outside = 0;
  #refused = 0;

  constructor(options: DatabaseFrontierOptions) {
    this.#options = options;
    this.#batch = this.#emptyBatch();
  }

  /** Where the responses of visits go that come now. */
  get intake(): ArchiveIntake | null {
    return this.#batch.intake;
  }

  async take(limit: number): Promise<readonly FrontierEntry[]> {
    const found = this.#fromHand(limit);
    if (found.length > 0) return found;
    await this.flush();
    const ready = this.#fromHand(limit);
    if (ready.length > 0) return ready;
    const { store, surveyId, holder } = this.#options;
    for (const entry of await claimEntries(surveyDb(store), surveyId, holder, CLAIM)) {
      this.#seen.add(entry.key);
      this.#hold(entry);
    }
    return this.#fromHand(limit);
  }

  async add(entries: readonly FrontierEntry[], admit: Admit): Promise<readonly RefusedEntry[]> {
    const refused: RefusedEntry[] = [];
    for (const entry of entries) {
      const key = this.#keyOf(entry.url);
      if (!this.#seen.add(key)) continue;
      const reason = admit(entry);
      if (reason !== null) {
        refused.push({ entry, reason });
        this.#refuse(entry, key, reason);
      } else this.#meet(entry, key, entry.kind === 'page' || entry.kind === 'frame' ? 0 : 1);
    }
    if (this.#batch.met.length >= FLUSH_ADDRESSES) await this.flush();
    return refused;
  }

  async noteOutside(entries: readonly FrontierEntry[]): Promise<void> {
    for (const entry of entries) {
      if (this.#outside >= OUTSIDE_MAX) return;
      const key = this.#keyOf(entry.url);
      if (!this.#seen.add(key)) continue;
      this.#outside += 1;
      this.#meet(entry, key, null);
    }
  }

  async claim(url: string): Promise<boolean> {
    const key = this.#keyOf(url);
    if (!this.#seen.add(key)) return false;
    const { store, surveyId } = this.#options;
    return !(await isKnown(surveyDb(store), surveyId, key));
  }

  async finish(entry: FrontierEntry, pages: readonly WalkedPage[]): Promise<void> {
    const held = this.#inHand.get(entry.url);
    invariant(held, `没有拿在手里的网址：${entry.url}`);
    this.#inHand.delete(entry.url);
    const batch = this.#batch;
    batch.done.push(held);
    for (const page of pages as readonly WalkedPageWithBody[]) {
      const key = this.#keyOf(page.url);
      // The target of a redirect was never queued: its address is kept with its page.
      if (page.url !== entry.url) this.#meet(page, key, null);
      batch.pages.push({
        key,
        page: withoutTexts(page),
        packedLinks: this.#packed(page),
        terms: page.terms ?? null,
        linkWords: this.#words(page),
      });
    }
    const full = batch.pages.length >= FLUSH_PAGES;
    if (!full && performance.now() - this.#lastFlush < FLUSH_AFTER_MS) return;
    // One batch may be under way; the next waits for it, so that a slow database slows the walk and not the memory.
    const before = this.#flushing;
    const flushed = this.flush();
    flushed.catch(() => undefined);
    await before;
  }

  async giveBack(entry: FrontierEntry): Promise<void> {
    const held = this.#inHand.get(entry.url);
    if (held) this.#ready[held.rank]!.push(held);
  }

  async waiting(): Promise<number> {
    await this.flush();
    return countQueue(surveyDb(this.#options.store), this.#options.surveyId);
  }

  /** Writes what has gathered; resolves when it is committed. */
  flush(): Promise<void> {
    const { met, pages, done } = this.#batch;
    if (met.length + pages.length + done.length === 0) return this.#flushing;
    const batch = this.#batch;
    this.#batch = this.#emptyBatch();
    this.#lastFlush = performance.now();
    this.#flushing = this.#flushing.then(() => this.#write(batch));
    return this.#flushing;
  }

  async #write({ met, words, pages, done, intake }: Batch): Promise<void> {
    const { store, surveyId } = this.#options;
    await intake?.settle();
    const places = await inSurveyTransaction(store, async (trx) => {
      const fresh = met.length > 0 ? await insertAddresses(trx, surveyId, met) : [];
      if (words.length > 0) await insertWords(trx, surveyId, words);
      if (pages.length > 0) await insertPages(trx, surveyId, pages);
      if (done.length > 0) await deletePlaces(trx, surveyId, done);
      await intake?.index(trx);
      return new Map(fresh.map((place) => [place.key, place]));
    });
    for (const { key, entry, holder } of met) {
      const place = holder === null ? undefined : places.get(key);
      if (place) this.#hold({ ...entry, ...place });
    }
  }

  /** Of a page read elsewhere, of one that an earlier survey read, or none. */
  #packed({ packedLinks, links }: WalkedPageWithBody): Uint8Array | null {
    if (packedLinks) return packedLinks;
    if (links.length === 0) return null;
    return packLinks(
      links.map(({ url, kind, guessed = false }) => ({ key: this.#keyOf(url), kind, guessed })),
    );
  }

  /** Beside `#packed`, where notes are taken of pages. */
  #words({ notes, linkWords, links }: WalkedPageWithBody): Uint8Array | null {
    if (!notes) return null;
    const { packed, fresh } = linkWords ?? this.#wordsOf(links);
    for (const each of fresh)
      if (this.#seenWords.size < WORDS_MAX && this.#seenWords.add(each.key))
        this.#batch.words.push(each);
    return packed;
  }

  #wordsOf(links: WalkedPage['links']): LinkWords {
    const all = links.map(({ text }) => ({ key: this.#keyOf(text), words: text }));
    const packed = packLinks(all.map(({ key }) => ({ key, kind: 'page', guessed: false })));
    return { packed, fresh: all.filter(({ words }) => words !== '') };
  }

  #refuse(entry: FrontierEntry, key: number, reason: string): void {
    if (this.#refused >= REFUSED_MAX) return;
    this.#refused += 1;
    this.#meet(entry, key, null, reason);
  }

  #meet(
    entry: FrontierEntry,
    key: number,
    rank: number | null,
    refused: string | null = null,
  ): void {
    const { url, kind, depth, from, linkText } = entry;
    const room = this.#inHand.size + this.#batch.met.length < IN_HAND_MAX;
    this.#batch.met.push({
      key,
      rank,
      refused,
      fromKey: from === null ? null : this.#keyOf(from),
      entry: { url, kind, depth, from, linkText },
      holder: rank !== null && room ? this.#options.holder : null,
    });
  }

  #hold(entry: HeldEntry): void {
    this.#inHand.set(entry.url, entry);
    this.#ready[entry.rank]!.push(entry);
  }

  #fromHand(limit: number): HeldEntry[] {
    const [pages, files] = this.#ready as [HeldEntry[], HeldEntry[]];
    const first = pages.splice(0, limit);
    return first.length < limit ? [...first, ...files.splice(0, limit - first.length)] : first;
  }

  #keyOf(url: string): number {
    return urlKey(url, this.#options.seed);
  }

  #emptyBatch(): Batch {
    return { met: [], words: [], pages: [], done: [], intake: this.#options.beginIntake() };
  }
}

/** What waits for its transaction must not hold a page's markup. */
function withoutTexts(page: WalkedPageWithBody): WalkedPage {
  const {
    html: _html,
    text: _text,
    received: _received,
    member: _member,
    packedLinks: _links,
    linkWords: _words,
    ...kept
  } = page;
  return { ...kept, links: [] };
}
