import type { Site } from '../domain/subject.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Round } from './round.ts';

/** Which sites a round walks whole (全站普查): none, the portals, or all that it checks. */
export const WHOLE_SITES = ['none', 'portals', 'all'] as const;

export interface WholeSites {
  readonly sites: (typeof WHOLE_SITES)[number];
  /** Addresses of one site that are visited at the most: pages, pictures and files. */
  readonly pagesPerSite: number;
}

/**
 * Addresses of one site. A county's site has a few thousand; four a second, the pace of one address, makes the usual number a
 * matter of twenty minutes and the largest one of a night.
 */
export const PAGES_PER_SITE = { least: 100, usual: 5_000, most: 50_000 } as const;

export const NO_WHOLE_SITES: WholeSites = { sites: 'none', pagesPerSite: PAGES_PER_SITE.usual };

/** Whether the round walks this site whole. */
export const isWalkedWhole = (
  { wholeSites: { sites } }: Pick<Round, 'wholeSites'>,
  site: Pick<Site, 'isPortal'>,
): boolean => sites === 'all' || (sites === 'portals' && site.isPortal);

/** Today's dead links and wrong words are not those of a past period: throws {@link UserError} `round.whole-sites`. */
export function assertWalksNow(plan: {
  readonly clock: Round['clock'];
  readonly wholeSites?: WholeSites;
}): void {
  if (plan.clock !== 'replay' || (plan.wholeSites ?? NO_WHOLE_SITES).sites === 'none') return;
  throw new UserError(
    'round.whole-sites',
    '补采的批次不做全站普查：现在的死链、错字不是那一期的。请改用实时检查，或不做全站普查。',
    { field: 'wholeSites' },
  );
}

/** For people, e.g. `门户网站，每站最多 5000 个地址`. */
export function wholeSitesWords({ sites, pagesPerSite }: WholeSites): string {
  if (sites === 'none') return '不做';
  return `${sites === 'all' ? '全部网站' : '门户网站'}，每站最多 ${pagesPerSite} 个地址`;
}
