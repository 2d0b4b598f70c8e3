import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import type { SourceView } from './account-sources.ts';
import type { SiteText } from './facts/text-facts.ts';
import type { SubjectStatus } from './subject.ts';

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
  /** Newest publication that was taken back since; null = none seen. Older rounds do not say. */
  readonly withdrawn?: PublishedItem | null;
  /**
   * First and last day for which everything is known to be shown: the statistics answered without a gap, the quiet list was
   * read whole, and nothing of a silent window was taken back. Null when one of these is missing.
   */
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
  /** Names on the menu, `互动 / 我要咨询`; and how many keyword rules answer. Older rounds do not say. */
  readonly menuEntries?: readonly string[];
  readonly replyRules?: number | null;
}

/** A reader's comment; the openid of who wrote it is not kept. */
export interface AccountComment {
  readonly writtenAt: Instant;
  readonly answeredAt: Instant | null;
  /** At most 100 characters. */
  readonly excerpt: string;
}

/** Comments under the newest articles, and whether the account answered them. `absent` = the account has no comments. */
export interface CommentsView {
  readonly articles: number;
  /** First and last day on which these articles were published. */
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** As the platform counts; `read` of them were looked at, `answered` of these have an answer. */
  readonly total: number;
  readonly read: number;
  readonly answered: number;
  /** Newest first, at most 50. */
  readonly comments: readonly AccountComment[];
}

/** How an account presents itself on its platform; null = not looked, or the platform does not show it. */
export interface SeenProfile {
  /** Whether the platform shows the account at all: false = 已注销、已冻结、查无此号. */
  readonly isThere: boolean | null;
  readonly name: string | null;
  /** 认证主体、账号主体, as the platform prints it. */
  readonly operator: string | null;
  /** 平台认证. */
  readonly certified: boolean | null;
  readonly followers: number | null;
}

/** One sight of an inspector (人工观察): never a verdict. What was added later is optional: earlier facts do not say. */
export interface Observation {
  readonly observedAt: Instant;
  /** Newest item seen; `none` = no item at all (无); null = not looked. */
  readonly newestOn: CalendarDate | 'none' | null;
  /** Ways seen; [] = 无; null = not looked. */
  readonly ways: readonly InteractionWay[] | null;
  readonly testedAt: Instant | null;
  readonly repliedAt: Instant | null;
  /** Name of a picture that lies with the inspector. */
  readonly image: string | null;
  /** `observations.csv:17`, or `控制台`, for the trail. */
  readonly origin: string;
  readonly profile?: SeenProfile;
  /** Commercial advertisements: their words; '' = looked, and none there; null = not looked. */
  readonly ads?: string | null;
  /** Newest original item (原创); `none` = none as far back as he looked; null = not looked. */
  readonly originalOn?: CalendarDate | 'none' | null;
  /** Whether an app or a mini program could be downloaded and used. */
  readonly opens?: boolean | null;
  readonly note?: string | null;
  /** SHA-256 (hex) of the uploaded picture. */
  readonly picture?: string | null;
  /** Who looked. */
  readonly by?: string | null;
}

/** What the register says of an account, and of the unit behind it (`account.register`). */
export interface AccountRegister {
  readonly name: string;
  /** Names under which it was registered before. */
  readonly formerNames: readonly string[];
  readonly status: SubjectStatus;
  /** Since when it has that status, as far as the history of the register tells. */
  readonly since: CalendarDate | null;
  readonly sponsor: {
    readonly name: string;
    /** Aliases and former names. */
    readonly otherNames: readonly string[];
    /** Units above it, nearest first. */
    readonly above: readonly string[];
    /** Units right below it, at most 100. */
    readonly below: readonly string[];
  };
}

/** Other running accounts of the same sponsor on the same platform, as the register of the round has them (`account.peers`). */
export interface AccountPeers {
  readonly same: readonly { readonly name: string; readonly accountId: string }[];
  /** All of them; `same` names the first 20. */
  readonly count: number;
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
  'account.comments': CommentsView;
  'account.observations': readonly Observation[];
  'account.register': AccountRegister;
  'account.peers': AccountPeers;
  /** Titles of what the account published, checked for wordings. */
  'account.text': SiteText;
}
