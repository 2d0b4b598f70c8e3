import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { GuideElement, NewestItem, SectionContent } from '../site-facts.ts';

/**
 * What a section (栏目) is for, in the words of the standard (国办秘函〔2019〕19号; ColumnType of 国办发〔2017〕47号). Finer than
 * `SectionKind`, which only tells what the veto rules need. `interaction`: 互动交流 as a whole, and petition or reporting
 * pages; `topic`: 专题专栏; `list` and `page`: nothing more is known than how it is built.
 */
export const STANDARD_KINDS = {
  news: '动态要闻',
  notice: '通知公告',
  policy: '政策文件',
  interpretation: '政策解读',
  functions: '机构职能',
  leaders: '领导信息',
  overview: '概况信息',
  service: '办事服务',
  consultation: '咨询留言',
  survey: '征集调查',
  interview: '在线访谈',
  interaction: '互动交流',
  disclosure: '信息公开',
  data: '数据发布',
  topic: '专题专栏',
  list: '其他列表',
  page: '其他单页',
  external: '站外链接',
} as const;
export type StandardKind = keyof typeof STANDARD_KINDS;

/** Where a kind was read from. `person`: somebody decided it once, for this address of this site. */
export type KindSource = 'person' | 'tag' | 'name' | 'place' | 'url' | 'content';

/** One section in the tree, with the kind of the standard. */
export interface TreeSection {
  readonly name: string;
  readonly url: string;
  /** 1 = in the menu or on the home page. */
  readonly level: number;
  /** Address of the section above; null on the first level. */
  readonly parent: string | null;
  readonly kind: StandardKind;
  /** 0–100: how sure the kind is; 100 only where a person decided. */
  readonly confidence: number;
  /** What agreed with the kind, strongest first. */
  readonly sources: readonly KindSource[];
  readonly content: SectionContent;
  /** Why it was not read, or what says that it is blank. Chinese, for people. */
  readonly reason?: string;
  /** The page only shows what its sub-sections hold. */
  readonly gathers?: true;
  /** 404 or 410: a dead link. */
  readonly gone?: true;
  readonly itemCount: number;
  readonly newest: NewestItem | null;
  readonly snapshot: string | null;
}

export interface SiteTree {
  readonly sections: readonly TreeSection[];
  /** Sections met and not kept, by a limit. */
  readonly leftOut: number;
}

/**
 * What is odd about a section (栏目设置不合理): `duplicate`: two sections with the same items; `misplaced`: the content
 * is surely of another kind than the name promises; `deep`: more than three levels down; `oneItem`: a list with one item only.
 * `blank`, `stale` and `gone` repeat what the tree says, so that one fact lists everything to be mended.
 */
export type OddityClass =
  | 'blank'
  | 'stale'
  | 'gone'
  | 'duplicate'
  | 'misplaced'
  | 'deep'
  | 'oneItem';

export interface SectionOddity {
  readonly oddity: OddityClass;
  readonly name: string;
  readonly url: string;
  readonly kind: StandardKind;
  readonly confidence: number;
  /** The other sections concerned (of a duplicate). */
  readonly others: readonly { readonly name: string; readonly url: string }[];
  /** Chinese: what was seen. */
  readonly reason: string;
  readonly snapshot: string | null;
}

/** One leader (领导信息) with what is published of them. `null` = the page that would tell was not read. */
export interface Leader {
  readonly name: string;
  /** 职务, as printed; '' when none stands beside the name. */
  readonly post: string;
  readonly hasResume: boolean | null;
  readonly hasDuties: boolean | null;
  readonly url: string;
  readonly snapshot: string | null;
}

export interface LeadersView {
  readonly sections: readonly { readonly name: string; readonly url: string }[];
  readonly people: readonly Leader[];
  readonly complete: boolean;
  readonly incompleteReason?: string;
}

/** A policy file or an interpretation on its own page. */
export interface PolicyPage {
  readonly title: string;
  readonly url: string;
  readonly date: CalendarDate | null;
  /** 文号, of policy files that print one. */
  readonly documentNumber: string | null;
  readonly snapshot: string | null;
}

/** A policy file and an interpretation of it. `null` = that page was not read, so its links are unknown. */
export interface PolicyPair {
  readonly policy: PolicyPage;
  readonly interpretation: PolicyPage;
  readonly policyLinks: boolean | null;
  readonly interpretationLinks: boolean | null;
}

export interface PolicyLinksView {
  /** Policy pages read, newest first. */
  readonly policies: readonly PolicyPage[];
  readonly interpretations: readonly PolicyPage[];
  /** By a link of either page, or by the title of the file that the interpretation names. */
  readonly pairs: readonly PolicyPair[];
  readonly complete: boolean;
  readonly incompleteReason?: string;
}

/**
 * The site's search, tried once with the title of an article of its own: `hit`: the result page shows the title; `miss`: it
 * shows results, or says that there are none, without it; `failed`: the result page is an error of the site; `untested`: it
 * needs a script, stands on another site, or could not be asked (`reason`).
 */
export interface SearchView {
  /** Address of the form's target or of the search page. */
  readonly url: string;
  readonly external: boolean;
  readonly outcome: 'hit' | 'miss' | 'failed' | 'untested';
  readonly reason?: string;
  /** What was searched for; null when nothing was. */
  readonly title: string | null;
  readonly resultUrl: string | null;
  /** The result page sorts its results (分类展现), as far as its words tell. */
  readonly sorted: boolean;
  readonly snapshot: string | null;
}

/**
 * A form or a sample (表格、样表) that a guide offers. `opens`: answered with bytes of the promised type; `broken`: an error, no
 * bytes, or an error page in its place; `missing`: named, but not linked.
 */
export interface GuideForm {
  readonly name: string;
  readonly url: string | null;
  readonly state: 'opens' | 'broken' | 'missing' | 'unobserved';
  readonly reason?: string;
}

export interface GuideFormsView {
  readonly guides: readonly {
    readonly title: string;
    readonly url: string;
    readonly missing: readonly GuideElement[];
    readonly forms: readonly GuideForm[];
    readonly snapshot: string | null;
  }[];
  readonly complete: boolean;
  readonly incompleteReason?: string;
}

/** A block of published figures (办事统计, 留言统计). */
export interface StatisticsBlock {
  readonly about: 'service' | 'messages';
  readonly name: string;
  readonly url: string;
  /** The newest period that it speaks of: `2020-08`, `2020Q3` or `2020`; null when it names none. */
  readonly period: string | null;
  /** Last day of that period or the printed date of the figures, whichever is later; never after the monitoring date. */
  readonly latestOn: CalendarDate | null;
  /** Labels with their numbers as printed, at most 12. */
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  readonly snapshot: string | null;
}

export interface StatisticsView {
  readonly blocks: readonly StatisticsBlock[];
  readonly complete: boolean;
  readonly incompleteReason?: string;
}

export interface Activity {
  readonly title: string;
  readonly url: string;
  /** Null when neither the list nor the page gives one. */
  readonly date: CalendarDate | null;
}

/** Surveys, solicitations (征集调查) and interviews (在线访谈) of the year before the monitoring date. */
export interface SurveysView {
  readonly sections: readonly { readonly name: string; readonly url: string }[];
  /** Of the last year, newest first, at most 50. */
  readonly surveys: readonly Activity[];
  readonly interviews: readonly Activity[];
  readonly surveysLastYear: number;
  readonly interviewsLastYear: number;
  /** Listed activities without any date: they may be of the last year. */
  readonly undated: number;
  /** Whether an answer can be given on the page itself; `email`: only by mail; null when no page of one was read. */
  readonly way: 'online' | 'email' | 'none' | null;
  readonly complete: boolean;
  readonly incompleteReason?: string;
}

/** What the public boards (留言公开) print of every message. `null`: no message was seen that could tell. */
export interface BoardsView {
  readonly boards: readonly { readonly name: string; readonly url: string }[];
  readonly messages: number;
  readonly showsAskedOn: boolean | null;
  readonly showsRepliedOn: boolean | null;
  readonly newestAskedOn: CalendarDate | null;
  readonly newestRepliedOn: CalendarDate | null;
  readonly complete: boolean;
  readonly incompleteReason?: string;
}

export interface StructureFactMap {
  'site.tree': SiteTree;
  'site.sectionOddities': readonly SectionOddity[];
  'site.leaders': LeadersView;
  'site.policyLinks': PolicyLinksView;
  /** `absent`: the home page was read and has no search. */
  'site.search': SearchView;
  'site.guideForms': GuideFormsView;
  'site.statistics': StatisticsView;
  'site.surveys': SurveysView;
  'site.boards': BoardsView;
}
