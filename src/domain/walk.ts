import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import type { ReceivedResponse } from '../lib/pure/received-response.ts';
import type { PageTextFinding } from './facts/text-facts.ts';
import type { LinkPromise } from './link-check.ts';
import type { VisitErrorClass } from './site-facts.ts';

/** How a page leads to an address: a reader's link, a frame, a picture, a style or script or media file, a form's action. */
export type WalkedLinkKind = 'page' | 'frame' | 'image' | 'asset' | 'form';

export interface WalkedLink {
  /** Canonical (derive/scan/canonical-url.ts): absolute, no fragment, no session id. */
  readonly url: string;
  readonly kind: WalkedLinkKind;
  /** What a reader sees of the link; '' where there is nothing. */
  readonly text: string;
  /** Read from a script: likely, not certain. */
  readonly guessed?: true;
}

/**
 * What came of an address of a walk.
 * `page`: HTML was read. `file`: something else answered; its type and size are known. `unchanged`: 304, as the earlier walk had it.
 * `redirect`: it led to `landedUrl` (whose page has a record of its own when it belongs to the site). `http-error`: status ≥ 400.
 * `failed`: no answer. `blocked`: a WAF, a login or a challenge stood in between: says nothing about the site.
 * `skipped`: we did not ask, `reason` says why (trap, robots.txt, budget, the address guard).
 */
export type WalkOutcome =
  | 'page'
  | 'file'
  | 'unchanged'
  | 'redirect'
  | 'http-error'
  | 'failed'
  | 'blocked'
  | 'skipped';

/** What a file's first bytes say, beside what the server and the name say. */
export interface FileLook {
  /** Kind by its signature (`pdf`, `doc`, `docx`, `zip`, `jpg` …); null when the signature is not known. */
  readonly signature: string | null;
  /** Whether it opens as what its name or type promises; null when we cannot tell. */
  readonly opens: boolean | null;
  /** Whole size in bytes as announced; null when it was not. */
  readonly bytes: number | null;
}

/** Suspected wrong words of a page; where it stands and its snapshot are the page's own. */
export interface PageWords {
  readonly findings: readonly Omit<PageTextFinding, 'url' | 'snapshot'>[];
  /** Characters that were checked. */
  readonly characters: number;
  /** The page was longer than is read. */
  readonly cut: boolean;
}

/** What only the markup of a page shows, noted where the markup is at hand and kept with the page. */
export interface PageNotes {
  /** What is odd about the page as the target of the link that led to it (derive/links/page-doubt.ts); null = nothing. */
  readonly doubt: string | null;
  /** The words of that link, which were held against the page. */
  readonly heldText: string;
  /** Links to home addresses whose words name a service; `from` is the page. */
  readonly promises: readonly (Pick<LinkPromise, 'text'> & { readonly url: string })[];
  /** Null = nobody checked the page's words. */
  readonly words: PageWords | null;
}

/** One address of a whole-site walk. One row per page in the database, with the links in one packed column. */
export interface WalkedPage {
  /** Canonical. */
  readonly url: string;
  /** The page on which it was first seen; null for the home page and what a sitemap named. */
  readonly from: string | null;
  /** Words of that link. */
  readonly linkText: string;
  readonly kind: WalkedLinkKind;
  /** Links from the home page. */
  readonly depth: number;
  readonly outcome: WalkOutcome;
  /** Null when no answer came. */
  readonly status: number | null;
  /** Where redirects ended; null when there were none. */
  readonly landedUrl: string | null;
  /** Lower-cased, without parameters; null when none came. */
  readonly contentType: string | null;
  /** Of the unpacked body as far as it was read. */
  readonly bytes: number;
  /** Something was cut off: a size limit or a dropped line. */
  readonly truncated: boolean;
  readonly title: string;
  /** Each address once. */
  readonly links: readonly WalkedLink[];
  /** Asia/Shanghai: what the page says of itself (meta PubDate), and the newest date in its words that is not in the future. */
  readonly publishedOn: CalendarDate | null;
  readonly newestOn: CalendarDate | null;
  /** Characters of visible words. */
  readonly textLength: number;
  /** 16 hex digits that differ in few bits for nearly equal words; null without words. */
  readonly fingerprint: string | null;
  /** SHA-256 (hex) of the body as archived; null when there is none. */
  readonly snapshot: string | null;
  readonly file: FileLook | null;
  readonly errorClass?: VisitErrorClass;
  /** Chinese, for people, when there is something to explain. */
  readonly reason?: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly fetchedAt: Instant;
  /** Where the walk takes notes, and a page was read. */
  readonly notes?: PageNotes | null;
}

/** The words of a page's links as keys of eight bytes (derive/scan/pack-links.ts), and what the new ones of them mean. */
export interface LinkWords {
  readonly packed: Uint8Array;
  readonly fresh: readonly { readonly key: number; readonly words: string }[];
}

/** A page with what it was read from: handed to whoever archives or looks closer, not kept. */
export interface WalkedPageWithBody extends WalkedPage {
  /** Decoded markup; '' for everything but pages. */
  readonly html: string;
  /** The words of the page (blocks on lines of their own). */
  readonly text: string;
  readonly received: readonly ReceivedResponse[];
  /** All links in eight bytes each (derive/scan/pack-links.ts) where they were read by a pool; `links` then holds only new ones. */
  readonly packedLinks?: Uint8Array;
  /** Keys of the words of those links, in their order, and the words that the pool had not reported before. */
  readonly linkWords?: LinkWords | null;
  /** Terms of a lexicon met in its words, where they were looked for. */
  readonly terms?: readonly string[] | null;
  /** The last response as a gzip member of the archive, where a pool packed it. */
  readonly member?: Uint8Array;
}
