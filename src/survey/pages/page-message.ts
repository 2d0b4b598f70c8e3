import type { PageDigest } from '../../derive/scan/digest-page.ts';
import type { CheckerParts } from '../../derive/text/checker-of.ts';
import type { TermAutomaton } from '../../derive/text/term-automaton.ts';
import type { LinkWords, PageNotes } from '../../domain/walk.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';

/** A fetched page on its way to a worker thread; the bytes of `response.body` change hands. */
export interface PageRequest {
  readonly id: number;
  /** The walk it belongs to; links that a thread reported once for a walk it does not report again. */
  readonly walk: number;
  /** Seed of the walk's keys. */
  readonly seed: number;
  /** Where the body really came from. */
  readonly url: string;
  readonly contentType: string;
  readonly today: CalendarDate;
  readonly response: ReceivedResponse;
  /** Whether to make the archive's record. */
  readonly pack: boolean;
  /** As what the page was visited, where notes are wanted; null takes none. */
  readonly visit: PageVisit | null;
}

/** The page as the walk knows it. */
export interface PageVisit {
  /** Canonical; where a redirect landed, that address. */
  readonly url: string;
  /** Words of the link that led there. */
  readonly linkText: string;
  readonly isHome: boolean;
}

/** What the thread read. `links` = those not reported before; all of them stand in `packedLinks`. */
export interface PageReading extends Omit<PageDigest, 'html' | 'text' | 'metas'> {
  readonly textLength: number;
  /** SHA-256 (hex) of the body. */
  readonly snapshot: string;
  readonly packedLinks: Uint8Array;
  /** Terms of the pool's lexicon that stand in the page, each once; null when the pool has none. */
  readonly terms: readonly string[] | null;
  /** The response as one gzip member of a WARC segment; null when none was asked for. */
  readonly member: Uint8Array | null;
  /** Null when none were wanted. */
  readonly notes: PageNotes | null;
  /** Words of all links, beside `packedLinks`; null when no notes were wanted. */
  readonly linkWords: LinkWords | null;
}

/** As the thread gives it: terms by their places in the pool's list, which only the pool holds. */
export interface ThreadReading extends Omit<PageReading, 'terms'> {
  readonly terms: readonly number[] | null;
}

export type PageReply =
  | { readonly id: number; readonly ok: true; readonly reading: ThreadReading }
  | { readonly id: number; readonly ok: false; readonly message: string };

/** What a thread is started with. */
export interface PageWorkerData {
  /** Made once and shared; null looks for nothing. */
  readonly automaton: TermAutomaton | null;
  /** What the words of noted pages are checked with; null = nobody checks them. */
  readonly checker: CheckerParts | null;
}

/** The thread may forget what it knew of a walk. */
export interface ForgetWalk {
  readonly forget: number;
}
