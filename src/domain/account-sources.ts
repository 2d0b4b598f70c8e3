import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import type { PublishedItem } from './account-facts.ts';

/** Where an account can be read (信源). An account has many sources, of the same kind or of others. */
export const SOURCE_KINDS = [
  'wechat',
  'weibo',
  'douyin',
  'rss',
  'atom',
  'jsonfeed',
  'article',
  'submission',
  'observation',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/**
 * How much a source proves (信源等级, new-media-apis §7): A1 the owner's interface that lists everything; A2 an owner's
 * interface that lists a part; B what the unit supplies or a bridge shows; C a public page; D what a person saw.
 */
export const EVIDENCE_LEVELS = ['A1', 'A2', 'B', 'C', 'D'] as const;
export type EvidenceLevel = (typeof EVIDENCE_LEVELS)[number];

/** How often an item was read and answered, as the source counts; null = it does not tell. */
export interface PostCounts {
  /** 阅读, for videos 播放. */
  readonly reads: number | null;
  readonly likes: number | null;
  /** 在看 (WeChat only). */
  readonly recommends: number | null;
  readonly comments: number | null;
  /** 转发、分享. */
  readonly shares: number | null;
}

export const NO_COUNTS: PostCounts = {
  reads: null,
  likes: null,
  recommends: null,
  comments: null,
  shares: null,
};

/** One item that a source shows; `publishedOn` in Asia/Shanghai. */
export interface SourcePost extends PublishedItem, PostCounts {
  /** The platform's own id of the item, else its URL; unlike any other of the same source. */
  readonly itemId: string;
  /** Null when the source tells only the day. */
  readonly publishedAt: Instant | null;
  /** Published without notice to followers (WeChat); null = the source does not tell. */
  readonly quiet: boolean | null;
  /** Not a repost of another's (原创); null = the source does not tell. */
  readonly original: boolean | null;
  /** Kept at the top of the list (置顶), whatever its date. */
  readonly pinned: boolean;
  /** Taken back: by the account, or by the platform. */
  readonly deleted: boolean;
}

/** An interface that refused, with the platform's code. */
export interface SourceRefusal {
  readonly api: string;
  readonly errcode: number;
  readonly message: string;
}

/** What one source, or all of one kind together, shows of an account until the monitoring time. */
export interface SourceView {
  readonly kind: SourceKind;
  readonly level: EvidenceLevel;
  /** The newest item by date that is neither deleted nor in the future of the monitoring time. */
  readonly newest: PublishedItem | null;
  /** Newest first, at most {@link SOURCE_POSTS_MAX}; deleted ones are among them, future and undated ones are not. */
  readonly posts: readonly SourcePost[];
  /** Items that the source showed and that are not deleted, those not in `posts` included. */
  readonly itemCount: number;
  /** First and last day for which this source is known to show everything; null when it proves no silence. */
  readonly completeFrom: CalendarDate | null;
  readonly completeTo: CalendarDate | null;
  readonly futureItems: number;
  readonly undatedItems: number;
  readonly refused: readonly SourceRefusal[];
}

/** Posts kept in one fact: half a year of a busy account, and 120,000 accounts must fit a database. */
export const SOURCE_POSTS_MAX = 100;
