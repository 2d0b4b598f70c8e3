import type { SitePlan } from '../sites/site-plan.ts';

/** A unit of the simulated register. */
export interface UnitPlan {
  readonly name: string;
  readonly parent: string;
  readonly aliases: readonly string[];
  readonly printRow: string;
  readonly printOrder: number;
  readonly divisionCode: string;
}

export interface SiteEntry {
  /** Null for a suspended or closed site: nobody serves it. */
  readonly plan: SitePlan | null;
  readonly siteCode: string;
  readonly name: string;
  readonly sponsor: string;
  readonly printRow: string;
  readonly host: string;
  readonly status: '正常' | '暂停' | '已关停';
  readonly isPortal: boolean;
  readonly hasService: boolean;
  readonly checked: boolean;
}

export type SourceKind = 'rss' | 'atom' | 'jsonfeed' | 'wechat' | '无';

/** One sight that an inspector will have written down. Times `YYYY-MM-DD HH:MM`. */
export interface SightPlan {
  readonly at: string;
  readonly newest: string;
  readonly ways: string;
  readonly testedAt: string;
  readonly repliedAt: string;
  readonly image: string;
}

/** What an account has published, newest first, as its source shows it. */
export interface PostPlan {
  readonly title: string;
  /** Asia/Shanghai. */
  readonly date: string;
  readonly deleted: boolean;
}

export interface AccountEntry {
  readonly platform: string;
  readonly name: string;
  readonly accountId: string;
  readonly sponsor: string;
  readonly printRow: string;
  readonly status: '正常' | '暂停' | '已关停';
  readonly checked: boolean;
  readonly source: SourceKind;
  /** Path on the feeds' host, or the account's host of the WeChat interface. */
  readonly sourceKey: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly posts: readonly PostPlan[];
  readonly interactive: boolean;
  /** The interface refuses the token: a deliberate trap of large provinces. */
  readonly refusesToken: boolean;
  readonly sights: readonly SightPlan[];
  readonly seed: number;
}

export interface ProvincePlan {
  readonly units: readonly UnitPlan[];
  readonly sites: readonly SiteEntry[];
  readonly accounts: readonly AccountEntry[];
  readonly platformHost: string;
  readonly monitoredOn: string;
  readonly previousPeriod: string;
  readonly history: readonly HistoryEntry[];
  /** Whether fewer are checked than run: then sample.csv is written. */
  readonly sampled: boolean;
}

export interface HistoryEntry {
  readonly kind: 'site' | 'account';
  readonly unit: string;
  readonly name: string;
  readonly siteCode?: string;
  readonly platform?: string;
  readonly accountId?: string;
  readonly problems: readonly string[];
}
