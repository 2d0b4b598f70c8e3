import type { CalendarDate } from '../../../lib/pure/dates.ts';
import type { ArticlePlan } from '../../platforms/article/write-article.ts';
import type { DouyinPlan } from '../../platforms/douyin/douyin-plan.ts';
import type { WechatPlan } from '../../platforms/wechat/wechat-plan.ts';
import type { WeiboPlan } from '../../platforms/weibo/weibo-plan.ts';
import type { FeedPlan } from '../feeds/feed-plan.ts';
import type { SitePlan } from '../sites/site-plan.ts';

export type StatusWord = '正常' | '暂停' | '已关停';

/** A unit as the register's first sheet shows it. */
export interface UnitPlan {
  readonly name: string;
  /** Empty for the root. */
  readonly parent: string;
  readonly aliases: readonly string[];
  /** Empty = inherited. */
  readonly printRow: string;
  readonly printOrder: number;
  /** Empty = inherited. */
  readonly divisionCode: string;
}

/** What sites and accounts share. */
interface SubjectPlan {
  readonly name: string;
  /** The sponsoring unit, by its name or an alias. */
  readonly sponsor: string;
  /** The print row it belongs to. */
  readonly row: string;
  /** What the register's 通报行 cell says: the row, or empty = inherited from the sponsor. */
  readonly printRow: string;
  readonly status: StatusWord;
  /** Whether the round looks at it; never for what is suspended or closed. */
  readonly checked: boolean;
  /** The problems that it really has (sub-rule ids). */
  readonly rules: readonly string[];
  /** Nobody can honestly settle it. */
  readonly trapped: boolean;
}

export interface PlannedSite extends SubjectPlan {
  readonly siteCode: string;
  readonly homeUrl: string;
  readonly isPortal: boolean;
  readonly hasService: boolean;
  /** Null when nobody serves it any more. */
  readonly web: SitePlan | null;
}

/** Where an account can be read; it may have several such places, or none. */
export type SourcePlan =
  | { readonly kind: 'feed'; readonly feed: FeedPlan }
  | { readonly kind: 'wechat'; readonly wechat: WechatPlan }
  | { readonly kind: 'weibo'; readonly weibo: WeiboPlan }
  | { readonly kind: 'douyin'; readonly douyin: DouyinPlan }
  | { readonly kind: 'article'; readonly article: ArticlePlan };

/** One sight of an inspector as observations.csv has it: Asia/Shanghai `YYYY-MM-DD HH:MM`. */
export interface SightPlan {
  readonly observedAt: string;
  /** A date, or 无. */
  readonly newest: string;
  /** Joined by ；, or 无, or empty = not looked. */
  readonly ways: string;
  readonly testedAt: string;
  readonly repliedAt: string;
  readonly image: string;
}

export interface PlannedAccount extends SubjectPlan {
  readonly platform: string;
  readonly accountId: string;
  readonly sources: readonly SourcePlan[];
  readonly sights: readonly SightPlan[];
}

/** One line of history.json. */
export interface HistoryEntry {
  readonly kind: 'site' | 'account';
  readonly unit: string;
  readonly name: string;
  readonly siteCode?: string;
  readonly platform?: string;
  readonly accountId?: string;
  readonly problems: readonly string[];
}

/** Everything that a case means, before a byte of it is written or served. */
export interface ProvincePlan {
  readonly units: readonly UnitPlan[];
  /** In register order. */
  readonly sites: readonly PlannedSite[];
  readonly accounts: readonly PlannedAccount[];
  readonly monitoredOn: CalendarDate;
  readonly platformHost: string;
  readonly history: { readonly period: string; readonly subjects: readonly HistoryEntry[] };
  /** Fewer are checked than run: then a sample file tells which. */
  readonly sampled: boolean;
}
