import type { CalendarDate } from '../../../lib/pure/dates.ts';

/**
 * Everything that decides what one simulated site serves. The same plan always gives the same bytes: whatever the plan
 * does not say (styles, names, dates, traps) derives from `seed`.
 */
export interface SitePlan {
  /** Host name without port; the pages link to each other by path only. */
  readonly host: string;
  /** Registered name (网站名称). */
  readonly name: string;
  /** Site code (网站标识码) as the footer prints it. */
  readonly siteCode: string;
  /** Sponsoring unit (主办单位). */
  readonly sponsor: string;
  /** The place that the news is about, e.g. 岳阳市. */
  readonly place: string;
  /** Outward service duty (对外服务职能); without it the site has no service section. */
  readonly hasService: boolean;
  readonly isPortal: boolean;
  /** Monitoring date (Asia/Shanghai): every date on the site is relative to it. */
  readonly monitoredOn: CalendarDate;
  /** Sub-rule ids of the standard (`site.veto.…`) that the site really breaks; `site.veto.security.*` cannot be shown. */
  readonly problems: readonly string[];
  readonly seed: number;
  /** Host of the shared service platform (see `createServicePlatform`), or null: the site then has guides of its own. */
  readonly platformHost: string | null;
  /** Grown to about so many pages, with faults and temptations in its articles (`whole/`). Default: an ordinary site. */
  readonly whole?: { readonly pages: number };
  /** A site that no honest machine can settle: always behind a WAF, or nothing without a browser. Default: none. */
  readonly trap?: SiteTrap;
}

export type SiteTrap = 'waf-always' | 'needs-render';

export interface SiteRequest {
  readonly method: string;
  /** Path with query, as it stands in the request line. */
  readonly path: string;
  /** Lower-cased names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Which request of the home page this is, from 1; by default the site counts them itself. */
  readonly visitNumber?: number;
}

export interface SiteResponse {
  readonly status: number;
  /** Lower-cased names; `content-length` is absent when `chunked`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Already compressed when `headers` say so. Shared between calls: do not change it. */
  readonly body: Buffer;
  /** Send without a length, in a few pieces. */
  readonly chunked: boolean;
}

/** `reset`: drop the connection before a byte of an answer; `hang`: accept, and never answer. */
export type SiteAnswer = SiteResponse | 'reset' | 'hang';

/** One simulated site. Cheap to hold: its pages are made on demand, home pages kept in a bounded cache. */
export interface SimulatedSite {
  readonly host: string;
  handle(request: SiteRequest): SiteAnswer;
}
