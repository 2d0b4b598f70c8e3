import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';

/*
 * Facts for the guideline checks (规范提示): 国办发〔2017〕47号 政府网站发展指引, 国办函〔2018〕55号 on domains. What of these a
 * standard in our hands really says is told per indicator; the facts only say what was seen.
 */

/** The home page's name on the net. Host names are lower-cased and shown in Unicode (`示例.政务`, never `xn--…`). */
export interface DomainView {
  /** Host of the registered home page. */
  readonly host: string;
  /** `address` = an IP literal instead of a name. */
  readonly suffix: 'gov.cn' | '政务' | 'other' | 'address';
  /**
   * `portal` = `www.X.gov.cn` (or `X.政务`); `portal-bare` = `X.gov.cn` without www; `below` = `Y.X.gov.cn` and deeper;
   * `other` = no official name at all.
   */
  readonly form: 'portal' | 'portal-bare' | 'below' | 'other';
  /** `X.gov.cn` of the portal above, from the register; null = not known (then nothing is said of 部门域名). */
  readonly portalDomain: string | null;
  /** Whether `host` lies below `portalDomain`; null when that is not known. */
  readonly underPortal: boolean | null;
  /** Every host on the way from the registered address to the page shown, the last one last; empty = no page was reached. */
  readonly hosts: readonly { readonly host: string; readonly official: boolean }[];
  /** The page shown stands on a host that is no official one. Null when none was reached. */
  readonly leftOfficial: boolean | null;
}

/** The seven elements of the foot (底部功能区), in the order of the guideline. */
export const MARK_NAMES = [
  '党政机关网站标识',
  '我为政府网站找错',
  '网站标识码',
  '主办单位',
  '联系方式',
  'ICP备案号',
  '公安机关备案号',
] as const;
export type MarkName = (typeof MARK_NAMES)[number];

/**
 * `shown` with what it says; `defective` = there, but of no use (picture without link, placeholder number, address no longer
 * served); `missing` = the foot was read and has it not; `unsure` = the foot is written by something that we did not see.
 */
export interface MarkReading {
  readonly state: 'shown' | 'defective' | 'missing' | 'unsure';
  /** The number, name or address as printed; null when there is none to print. */
  readonly value: string | null;
  /** Chinese: what is wrong, or why we cannot tell. */
  readonly reason?: string;
}

export type LookedAtRole = 'home' | 'section' | 'article';

export interface MarkedPage {
  readonly url: string;
  readonly role: LookedAtRole;
  readonly snapshot: string | null;
  readonly marks: Readonly<Record<MarkName, MarkReading>>;
}

/** The site code at its four places; null = that place says nothing. Lower-cased (`bm…`). */
export interface SiteCodePlaces {
  readonly register: string | null;
  readonly footer: string | null;
  readonly tag: string | null;
  readonly findErrorLink: string | null;
}

export interface MarksView {
  /** The home page first, then a few sections and articles. Never empty. */
  readonly pages: readonly MarkedPage[];
  readonly codes: SiteCodePlaces;
  /** Whether all places that say a code say the same one; null when fewer than two do. */
  readonly codesAgree: boolean | null;
}

/** A page tag on one page. `invalid` = it says something that it cannot mean (`reason`). */
export interface TagCell {
  /** As the guideline writes it: `SiteName`, `PubDate` … */
  readonly name: string;
  readonly state: 'filled' | 'empty' | 'missing' | 'invalid';
  /** At most 200 characters. */
  readonly value: string | null;
  readonly reason?: string;
}

export interface TaggedPage {
  readonly url: string;
  readonly role: LookedAtRole;
  readonly snapshot: string | null;
  /** Site tags on every page; section tags on sections and articles; content tags on articles. */
  readonly cells: readonly TagCell[];
}

export interface PageTagsView {
  readonly pages: readonly TaggedPage[];
}

/**
 * `absent` = the name has no AAAA record. `unobserved` = the lookup failed, or this machine has no way to IPv6 (the reason says
 * whether there are AAAA records). Observed = we connected, or tried to, over IPv6.
 */
export interface Ipv6View {
  readonly host: string;
  readonly addresses: readonly string[];
  /** `failed` only when this machine reaches others over IPv6. */
  readonly reach: 'ok' | 'failed';
  /** Chinese, when `failed`. */
  readonly reason?: string;
  readonly status: number | null;
  readonly milliseconds: number | null;
  /** Against the page over IPv4; `unknown` when either did not come. */
  readonly samePage: 'same' | 'different' | 'unknown';
  /** 0–100: how much of the visible words both pages share; null when not compared. */
  readonly likenessPercent: number | null;
}

export interface CertificateView {
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: Instant;
  readonly validTo: Instant;
  /** Names it is good for, at most 50. */
  readonly names: readonly string[];
  readonly hostMatches: boolean;
  readonly selfSigned: boolean;
  /** Node's verification code, null when the chain is trusted (`CERT_HAS_EXPIRED`, `UNABLE_TO_VERIFY_LEAF_SIGNATURE` …). */
  readonly chainError: string | null;
}

/** How one scheme answers. `unobserved` = our side failed or was refused in particular. */
export interface SchemeLook {
  readonly state: 'ok' | 'failed' | 'unobserved';
  readonly status: number | null;
  /** Chinese. */
  readonly reason?: string;
}

/** Load times as seen from here, in milliseconds, without waiting for our own turn. */
export interface LoadTimes {
  /** DNS, TCP, TLS, answer and body of the home document; null = it did not come. */
  readonly documentMs: number | null;
  readonly documentBytes: number | null;
}

export interface TransportView {
  readonly host: string;
  readonly https: SchemeLook;
  readonly http: SchemeLook;
  /** Whether http sends on to https; null when http did not answer. */
  readonly httpGoesToHttps: boolean | null;
  /** `TLSv1.3` …; null without a TLS connection. */
  readonly tlsVersion: string | null;
  readonly certificate: CertificateView | null;
  readonly load: LoadTimes;
}

/** One sign of a commercial advertisement. Only hosts that sell advertising are named; anything else is no sign. */
export interface AdSign {
  readonly kind: 'script' | 'frame' | 'link' | 'image';
  /** `floating` = it stands in a layer that moves or covers the page. */
  readonly floating: boolean;
  readonly host: string;
  /** Name of the network, e.g. 百度联盟. */
  readonly network: string;
  readonly page: string;
  readonly snapshot: string | null;
  readonly excerpt: string;
}

export interface AdsView {
  readonly signs: readonly AdSign[];
  readonly pagesLookedAt: number;
}

/** A link that leads from the site to a host that is no government one. */
export interface LeavingLink {
  readonly url: string;
  readonly text: string;
  readonly page: string;
  readonly snapshot: string | null;
  /** `shown` = the page says before leaving; `none` = the link leaves at once; `unsure` = a script that was not read may say so. */
  readonly notice: 'shown' | 'none' | 'unsure';
}

export interface LeavingNoticeView {
  /** At most 100, one for each host. */
  readonly links: readonly LeavingLink[];
  /** Links to non-government hosts in all. */
  readonly found: number;
}

/** An item of the list of designated items (国务院要闻 …), given to the check as data. */
export interface DesignatedItem {
  readonly title: string;
  readonly publishedAt: Instant;
  readonly url: string;
}

/** `absent` never happens. Without a list of designated items the fact is `unobserved`. */
export interface ReprintView {
  readonly items: readonly {
    readonly item: DesignatedItem;
    /** `late` by date; `missing` = not in any list that was read; `unsure` = lists were not read, or the date has no time of day. */
    readonly state: 'in-time' | 'late' | 'missing' | 'unsure';
    readonly found: {
      readonly url: string;
      readonly title: string;
      readonly on: CalendarDate | null;
    } | null;
    readonly reason?: string;
  }[];
  /** Whether every list where a reprint could stand was read. */
  readonly complete: boolean;
}

export interface GuidelineFactMap {
  'site.domain': DomainView;
  'site.marks': MarksView;
  'site.pageTags': PageTagsView;
  'site.ipv6': Ipv6View;
  'site.transport': TransportView;
  'site.ads': AdsView;
  'site.leavingNotice': LeavingNoticeView;
  'site.reprint': ReprintView;
}
