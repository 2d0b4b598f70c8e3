import type { Instant } from '../lib/pure/dates.ts';
import type { ReceivedResponse } from '../lib/pure/received-response.ts';
import type { VisitErrorClass } from './site-facts.ts';

/** Why a page is asked for; the reader of a site decides, the crawler only carries it. */
export type PageRole =
  | 'home'
  | 'section'
  | 'article'
  | 'guide'
  | 'channel'
  | 'board'
  | 'message'
  | 'data'
  | 'script'
  | 'frame'
  /** The site's own search, asked once. */
  | 'search'
  /** A document: its first bytes are read, whatever its type. */
  | 'attachment';

/** One page that the reader of a site wants fetched. Lower `priority` goes first. */
export interface CrawlRequest {
  readonly url: string;
  readonly role: PageRole;
  /** Words of the link that led here (the section's or article's name). */
  readonly name: string;
  /** URL of the section (or other thing) that this page serves; null for the home page. */
  readonly ownerUrl: string | null;
  /** Depth in the section tree: home 0, first-level sections 1, … */
  readonly level: number;
  readonly priority: number;
}

/**
 * What came of a request. `blocked`: a WAF or login stood in between (412, 403, 521, a script-only page): says nothing
 * about the site. `refused`: our own budget said no (before anything was sent, or when the time was over),
 * or the address guard.
 */
export type FetchOutcome = 'ok' | 'http-error' | 'blocked' | 'failed' | 'refused';

export interface FetchedPage {
  readonly request: CrawlRequest;
  /** After redirects. */
  readonly url: string;
  readonly outcome: FetchOutcome;
  /** Null when no response came. */
  readonly status: number | null;
  /** Lower-cased names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed body, cut at the byte budget (then `truncated`). Empty unless a response came. */
  readonly body: Uint8Array;
  readonly truncated: boolean;
  /** SHA-256 (hex) of `body`; null when there is none. */
  readonly snapshot: string | null;
  readonly fetchedAt: Instant;
  /**
   * The body is the document after scripts, as a browser had it. `whole`: everything that its scripts asked for came; `partly`:
   * something did not, so what is missing on the page may be missing for that.
   */
  readonly rendered?: 'whole' | 'partly';
  /** Every response on the way here (redirects, failed tries), the page's own last; for the archive only. */
  readonly received?: readonly ReceivedResponse[];
  readonly errorClass?: VisitErrorClass;
  /** Chinese, for people, when the outcome is not `ok`. */
  readonly reason?: string;
}

/** Reads a site page by page and says what else it wants to see. Pure: no clock, no network. */
export interface SiteReader {
  /** First requests, the home page among them. */
  start(): readonly CrawlRequest[];
  /** Takes one fetched page in; returns what else to fetch. The crawler drops duplicates and what the budget forbids. */
  read(page: FetchedPage): readonly CrawlRequest[];
}
