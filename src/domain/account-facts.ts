import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import type { SourceView } from './account-sources.ts';

/** A published item of an account; `publishedOn` in Asia/Shanghai. */
export interface PublishedItem {
  readonly title: string;
  readonly url: string;
  readonly publishedOn: CalendarDate;
}

/** A feed (level B of the evidence ladder): silence in it never proves silence of the account. */
export interface FeedView {
  readonly url: string;
  readonly itemCount: number;
  /** Newest item that is not deleted and not in the future of the monitoring time. */
  readonly newest: PublishedItem | null;
  readonly futureItems: number;
  readonly undatedItems: number;
}

/** WeChat owner interfaces (new-media-apis §2). */
export interface WechatPublished {
  /** Newest publication over all interfaces. */
  readonly newest: PublishedItem | null;
  /** First and last day for which getarticletotaldetail answered without a gap; null when it never did. */
  readonly completeFrom: CalendarDate | null;
  readonly completeTo: CalendarDate | null;
  /** Interfaces that answered, e.g. `getarticletotaldetail`, `freepublish`. */
  readonly answered: readonly string[];
  /** Interfaces that refused, with their errcode. */
  readonly refused: readonly {
    readonly api: string;
    readonly errcode: number;
    readonly message: string;
  }[];
}

/** Ways to interact (互动方式). 转发 is a sight, not a way to be answered. */
export type InteractionWay = '评论' | '私信' | '留言' | '菜单' | '自动回复' | '转发';

/** WeChat interaction evidence: null = that interface could not be asked. */
export interface WechatInteraction {
  readonly menuOpen: boolean | null;
  readonly autoReply: boolean | null;
  readonly comments: boolean | null;
}

/** One sight of an inspector (人工观察): never a verdict. */
export interface Observation {
  readonly observedAt: Instant;
  /** Newest item seen; `none` = no item at all (无); null = not looked. */
  readonly newestOn: CalendarDate | 'none' | null;
  /** Ways seen; [] = 无; null = not looked. */
  readonly ways: readonly InteractionWay[] | null;
  readonly testedAt: Instant | null;
  readonly repliedAt: Instant | null;
  readonly image: string | null;
  /** `observations.csv:17`, for the trail. */
  readonly origin: string;
}

export interface AccountFactMap {
  'account.feed': FeedView;
  'account.wechat': WechatPublished;
  'account.wechatInteraction': WechatInteraction;
  /** Weibo: the own timeline by its owner's token (A1), or another's by uid (B). */
  'account.weibo': SourceView;
  /** Douyin: the list of the account's own works by its owner's token (A1). */
  'account.douyin': SourceView;
  /** Feeds and bridges beside the one in `account.feed`, together (B). */
  'account.feeds': SourceView;
  /** Articles that links found elsewhere lead to, together (C). */
  'account.articles': SourceView;
  /** What the unit itself handed in (信息报送), together (C). */
  'account.submissions': SourceView;
  'account.observations': readonly Observation[];
}
