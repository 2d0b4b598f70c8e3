import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import type { GuidelineFactMap } from './facts/guideline-facts.ts';
import type { LinkFactMap } from './facts/link-facts.ts';
import type { RenderFactMap } from './facts/render-facts.ts';
import type { StructureFactMap } from './facts/structure-facts.ts';
import type { TextFactMap } from './facts/text-facts.ts';

/** Where a date was read (page-patterns §1 rule 2, §3). */
export type DateSource =
  | 'item' // beside the list item
  | 'item-url'
  | 'meta' // meta PubDate
  | 'article' // printed on the article page
  | 'page-url'
  | 'script' // script array, embedded JSON, XML island
  | 'tooltip';

/** A date of an update. When `yearUnknown`, `value` is `MM-DD` and proves nothing about freshness. */
export interface FoundDate {
  readonly value: CalendarDate;
  readonly source: DateSource;
  readonly yearUnknown?: true;
}

/** Newest thing found in a list: what a stale or fresh verdict points at. */
export interface NewestItem {
  readonly date: FoundDate;
  readonly title: string;
  readonly url: string;
  readonly snapshot: string | null;
}

/** What came of one availability visit. `own` = our side failed (control targets unreachable too), never the site's fault. */
export type VisitOutcome = 'ok' | 'failed' | 'blocked' | 'own';

export type VisitErrorClass =
  | 'dns'
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'tls'
  | 'http5xx'
  | 'http4xx'
  | 'redirect-loop'
  | 'empty'
  | 'protocol'
  | 'forbidden-address';

/** Summary of the raw visits of the home page (one row each in table `probe`). */
export interface SiteVisits {
  readonly url: string;
  /** Destination address the visits went to (IP literal); null when no name was ever resolved. */
  readonly address: string | null;
  /** Visits scheduled: 140 by the rule. */
  readonly scheduled: number;
  readonly done: number;
  readonly failed: number;
  readonly blocked: number;
  readonly own: number;
  /** Calendar days covered by the schedule. */
  readonly days: number;
  readonly failedByClass: Readonly<Partial<Record<VisitErrorClass, number>>>;
  /** Failed visits, oldest first, at most 200: scheduled instant, real instant, class. */
  readonly failures: readonly {
    readonly scheduledAt: Instant;
    readonly happenedAt: Instant;
    readonly errorClass: VisitErrorClass;
  }[];
}

/** Failing together with neighbours on the same destination address (issue: shared cause). Derived over the round. */
export interface SharedOutage {
  readonly address: string;
  /** This site's failed visits that fell into a shared outage. */
  readonly sharedFailures: number;
  /** How many sites failed together in the worst slot, of how many on the address. */
  readonly worst: {
    readonly failing: number;
    readonly onAddress: number;
    readonly scheduledAt: Instant;
  };
}

export interface HomeView {
  readonly url: string;
  readonly title: string;
  /** `content` lists information itself; `navigation` is only an entry: then second-level pages decide. */
  readonly kind: 'content' | 'navigation';
  readonly itemCount: number;
  readonly newest: NewestItem | null;
  /** Dated items inside the last 30 days, newest first, at most 20 (evidence). */
  readonly recent: readonly NewestItem[];
  /** For `navigation`: the newest item over all second-level pages that were read. */
  readonly secondLevelNewest: NewestItem | null;
  /** Second-level pages that could not be read, or whose dates could not (only matters for `navigation`). */
  readonly secondLevelUnknown: number;
  /** Listed items whose date stayed unknown after looking at their article pages. */
  readonly undatedCount: number;
  /** Read in a browser, after scripts. */
  readonly rendered?: true;
}

/** Kinds of section (栏目类别). `list` = a list of unknown kind; `page` = a single page (guide, functions, leaders…). */
export type SectionKind =
  | 'news'
  | 'notice'
  | 'policy'
  | 'interpretation'
  | 'disclosure'
  | 'data'
  | 'interaction'
  | 'service'
  | 'list'
  | 'page'
  | 'channel'
  | 'external';

export type SectionContent =
  | 'listed' // items were found
  | 'blank' // a list container or a "no content" notice, no items, no sign of items by script
  | 'single' // a single page: never blank, never due
  | 'query' // a query page ("共查询出 0 条")
  | 'script' // items exist but only a rendered page shows them
  | 'unobserved'; // 4xx, blocked, budget, unreadable: `reason` says why

/** One section (栏目) of a site. */
export interface SectionView {
  readonly name: string;
  readonly url: string;
  readonly level: number;
  readonly parent: string | null;
  readonly kind: SectionKind;
  /** 0–100: how sure the classification is. */
  readonly confidence: number;
  readonly content: SectionContent;
  readonly reason?: string;
  /** The server said that there is no such page (404, 410): a dead link, which can be neither blank nor out of date. */
  readonly gone?: true;
  readonly itemCount: number;
  readonly newest: NewestItem | null;
  /** Items are listed but none has a date, not even on its article page. */
  readonly undated: boolean;
  readonly snapshot: string | null;
  /** Read in a browser, after scripts: `snapshot` is the document as it stood then. */
  readonly rendered?: true;
}

/** A way to consult or make suggestions online (咨询建言渠道). Petition and discipline channels are `special`. */
export interface Channel {
  readonly name: string;
  readonly url: string;
  readonly special: boolean;
  /** `form` or `board` = it works as far as we look; `external` = leads to another platform; `dead`/`unobserved` by `reason`. */
  readonly state: 'form' | 'board' | 'page' | 'external' | 'dead' | 'unobserved';
  readonly reason?: string;
  readonly snapshot: string | null;
}

/** One published message (留言) of a board. Dates in Asia/Shanghai. */
export interface BoardMessage {
  readonly title: string;
  readonly url: string;
  readonly askedOn: CalendarDate;
  /** Null while unanswered. */
  readonly repliedOn: CalendarDate | null;
  readonly answered: boolean;
  readonly snapshot: string | null;
}

export interface ChannelView {
  readonly channels: readonly Channel[];
  readonly messages: readonly BoardMessage[];
  /** Rows of boards whose dates or answers could not be read. */
  readonly unreadMessages: number;
  /** Whether every part of the site where a channel could hide was seen; if false, "none found" proves nothing. */
  readonly complete: boolean;
  readonly incompleteReason?: string;
}

/** The eight key element categories of a service guide (办事指南重点要素). */
export const GUIDE_ELEMENTS = [
  '事项名称',
  '设定依据',
  '申请条件',
  '办理材料',
  '办理地点',
  '办理时间',
  '联系电话',
  '办理流程',
] as const;
export type GuideElement = (typeof GUIDE_ELEMENTS)[number];

export interface ServiceGuide {
  readonly title: string;
  readonly url: string;
  readonly missing: readonly GuideElement[];
  readonly snapshot: string | null;
}

export interface ServicesView {
  /** Entries that offer services (办事服务), e.g. a section or a link to the service platform. */
  readonly entries: readonly {
    readonly name: string;
    readonly url: string;
    readonly external: boolean;
  }[];
  readonly guides: readonly ServiceGuide[];
  /** Guides that were listed but not read (budget, 4xx, blocked). */
  readonly unreadGuides: number;
  /** Listed guides that stand on a service platform outside the site (一体化政务服务平台): not read. */
  readonly platformGuides?: number;
  readonly complete: boolean;
  readonly incompleteReason?: string;
}

export interface FooterView {
  /** The printed 网站标识码 only: never a tag, a comment or the find-error parameter. */
  readonly siteCode: string | null;
  readonly placeholder?: true;
  readonly icp: string | null;
  readonly policeRecord: string | null;
  /** `script` conac script, `link` certificate link, `image-only` picture without link, or false. */
  readonly partyGovMark: 'script' | 'link' | 'image-only' | false;
  /** `script` / `link` / `image-only` / `outdated`, or false. */
  readonly findError: 'script' | 'link' | 'image-only' | 'outdated' | false;
  /** 主办单位 as printed; absent when none is. */
  readonly sponsor?: string;
  /** Whom 版权所有 names; absent when nobody is named. */
  readonly copyright?: string;
  /** A telephone number, a mail address or the words of a contact link (联系方式). */
  readonly contact?: string;
  /** The site code that the find-error entry hands on, lower-cased. */
  readonly findErrorCode?: string;
  /** The footer is written by a script of which nothing static was found. */
  readonly byScript: boolean;
  /** Read in a browser, after scripts. */
  readonly rendered?: true;
}

/** An announced maintenance window (维护公告), dates in Asia/Shanghai, both inclusive. */
export interface MaintenanceNotice {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly excerpt: string;
  readonly url: string;
}

export interface SiteFactMap
  extends GuidelineFactMap,
    LinkFactMap,
    RenderFactMap,
    StructureFactMap,
    TextFactMap {
  'site.visits': SiteVisits;
  'site.sharedOutage': SharedOutage;
  'site.home': HomeView;
  'site.sections': readonly SectionView[];
  'site.channels': ChannelView;
  'site.services': ServicesView;
  'site.footer': FooterView;
  /** Lower-cased names of government page tags (网站/栏目/内容标签) found on the home page, with their content. */
  'site.tags': Readonly<Record<string, string>>;
  'site.maintenance': readonly MaintenanceNotice[];
}
