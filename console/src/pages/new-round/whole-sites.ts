/** Sites that a round walks whole, as the form has them and as people read them. Pure. */
export interface WholeSitesDraft {
  readonly sites: 'none' | 'portals' | 'all';
  readonly pagesPerSite: number | null;
}

/** The server's bounds. */
export const PAGES_PER_SITE = { least: 100, usual: 5_000, most: 50_000 } as const;

export const NO_WHOLE_SITES: WholeSitesDraft = {
  sites: 'none',
  pagesPerSite: PAGES_PER_SITE.usual,
};

export function wholeSitesProblem(
  { sites, pagesPerSite }: WholeSitesDraft,
  clock: 'live' | 'replay',
): string | null {
  if (sites === 'none') return null;
  if (clock === 'replay') return '补采的批次不做全站普查：现在的死链、错字不是那一期的';
  const { least, most } = PAGES_PER_SITE;
  const isSound =
    pagesPerSite !== null &&
    Number.isInteger(pagesPerSite) &&
    pagesPerSite >= least &&
    pagesPerSite <= most;
  return isSound ? null : `每站最多访问多少个地址，应为 ${least} 到 ${most} 的整数`;
}

export function wholeSitesWords(of: {
  readonly sites: WholeSitesDraft['sites'];
  readonly pagesPerSite?: number | null;
}): string {
  if (of.sites === 'none') return '不做';
  const limit = of.pagesPerSite ? `，每站最多 ${of.pagesPerSite} 个地址` : '';
  return `${of.sites === 'all' ? '全部网站' : '门户网站'}${limit}`;
}

/** Requests a second to one address (DESIGN: a polite guest); many sites may share it. */
const REQUESTS_PER_SECOND = 4;

/** How long one site takes at least, for people; '' without whole sites. */
export function wholeSitesCost({ sites, pagesPerSite }: WholeSitesDraft): string {
  if (sites === 'none' || pagesPerSite === null) return '';
  const minutes = Math.max(1, Math.round(pagesPerSite / REQUESTS_PER_SECOND / 60));
  const time = minutes < 120 ? `${minutes} 分钟` : `${Math.round(minutes / 60)} 小时`;
  return `一个网站走满约要 ${time}`;
}
