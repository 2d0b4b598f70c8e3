import type { Instant } from '../../lib/pure/dates.ts';

/**
 * What a link turned out to be. Only `dead` and `soft404` say that nothing is there; `redirectHome` and `wrongTarget` lead somewhere
 * else than promised; `blocked`, `tls` and `timeout` are what we met, not what every visitor meets; `moved` works.
 */
export const LINK_CLASSES = [
  'ok',
  'moved', // a permanent redirect to an equivalent page: works, worth mending
  'dead', // 404, 410, no such host, refused or failing persistently
  'soft404', // answers 200 with an error page, nothing, or a page where a file should be
  'redirectHome', // a deep link that ends on a home page
  'wrongTarget', // the link's words promise something else than stands there
  'blocked', // refused to us: 401, 403, 412, 521, 999, challenges, robots only, other countries only
  'tls', // only the certificate or the encrypted connection fails
  'timeout',
  'unobserved', // not looked at, or our own fault; the reason says why
] as const;
export type LinkClass = (typeof LINK_CLASSES)[number];

/**
 * How a page uses a link. `image`, `frame` and `asset` (a stylesheet or script of the site) are loaded with the page; `attachment` is
 * a file to download. Assets are told only when they are missing, and never counted: 可用性 names links, pictures, attachments and
 * outside links (国办秘函〔2019〕19号 第二部分), not what a page is made with; their loss is for whoever mends the site to know.
 */
export type LinkUse = 'page' | 'attachment' | 'image' | 'frame' | 'asset';

/** One look at a failing link. */
export interface LinkLook {
  readonly at: Instant;
  /**
   * `first`; `cookie` brings back what a refusal set; `agent` with the second agent string; `later` after a pause;
   * `certificate` without believing the certificate; `plain` over http; `browser` rendered.
   */
  readonly kind: 'first' | 'cookie' | 'agent' | 'later' | 'certificate' | 'plain' | 'browser';
  readonly status: number | null;
  /** Chinese, one line: what came. */
  readonly outcome: string;
}

/** A link that did not lead where it should, with what proves it. */
export interface FailingLink {
  /** Absolute, without fragment. */
  readonly url: string;
  /** First page on which it stands. */
  readonly from: string;
  /** Stands on the home page. */
  readonly onHome: boolean;
  /** Words of the link on that page; '' for a picture without words. */
  readonly text: string;
  readonly use: LinkUse;
  /** Leads to another site. */
  readonly external: boolean;
  readonly class: Exclude<LinkClass, 'ok' | 'moved'>;
  /** Last status that came; null when no answer came. */
  readonly status: number | null;
  /** Chinese, for people. */
  readonly reason: string;
  /** Every look, oldest first. */
  readonly looks: readonly LinkLook[];
  /** SHA-256 (hex) of the answer that proves it, in the archive; null when it had no body, or none was kept. */
  readonly snapshot: string | null;
}

export type LinkCounts = Readonly<Record<LinkClass, number>>;

/** The links of one site (可用性): every distinct link but assets counts once, where it first stands (the home page before all others). */
export interface SiteLinks {
  /** Pages whose links were read. */
  readonly pages: number;
  readonly home: LinkCounts;
  readonly otherPages: LinkCounts;
  /** Neither `ok` nor `moved`: broken ones first, then by class, home page first; at most 2,000 (then `failingLeftOut`). */
  readonly failing: readonly FailingLink[];
  readonly failingLeftOut: number;
  /** Broken links whose answers were not kept for a limit; absent when there are none. */
  readonly bodiesLeftOut?: number;
  /** Whether every page was walked and every link looked at; if false, counts are lower bounds. */
  readonly complete: boolean;
  /** Chinese. */
  readonly incompleteReason?: string;
}

/** Facts about links; a part of `SiteFactMap`. */
export interface LinkFactMap {
  'site.links': SiteLinks;
}
