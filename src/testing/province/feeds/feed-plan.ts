import type { CalendarDate } from '../../../lib/pure/dates.ts';

/** A published item as a feed lists it; dates in Asia/Shanghai. */
export interface Post {
  readonly title: string;
  readonly on: CalendarDate;
  /** `HH:MM` in Asia/Shanghai. */
  readonly time: string;
}

export type FeedKind = 'rss' | 'atom' | 'jsonfeed';

/** How an entry's date is written. */
export type DateStyle = 'offset' | 'utc' | 'bare';

/** Ways in which a feed fails to answer. */
export type FeedFault = 'missing' | 'broken' | 'login' | 'empty';

export interface FeedPlan {
  readonly kind: FeedKind;
  readonly url: string;
  readonly title: string;
  /** Newest first. */
  readonly posts: readonly Post[];
  readonly dateStyle: DateStyle;
  readonly charset: 'utf8' | 'gbk';
  /** Shown above the newest although it is older. */
  readonly pinned: Post | null;
  /** A notice that an item was taken back (RFC 6721); Atom only. */
  readonly removed: Post | null;
  /** Shown as published on a day that is still to come. */
  readonly future: Post | null;
  /** Atom entries carry only `updated`; else `updated` is `touchedOn` where that is given. */
  readonly onlyUpdated: boolean;
  /** The day on which the feed, and old entries in it, were last rebuilt. */
  readonly touchedOn: CalendarDate;
  readonly fault: FeedFault | null;
}
