/** Which addresses belong to the site under survey. */
export interface SiteScope {
  /** Whether pages of this host are walked. */
  includes(url: string): boolean;
}

export interface ScopeOptions {
  /** Also hosts below the home page's (xxgk.x.gov.cn under www.x.gov.cn): a part of the site only where the sponsor is the same. */
  readonly subdomains?: boolean;
  /** Further hosts of the same site, as the register names them. */
  readonly hosts?: readonly string[];
}

/** The home page's own host, with and without `www.`, by either scheme; a port of its own is another site. */
export function siteScope(homeUrl: string, options: ScopeOptions = {}): SiteScope {
  const home = bareHost(new URL(homeUrl));
  const hosts = new Set([
    home,
    ...(options.hosts ?? []).map((host) => host.toLowerCase().replace(/^www\./, '')),
  ]);
  const known = new Map<string, boolean>();
  const judge = (host: string): boolean => {
    const bare = host.replace(/^www\./, '');
    return hosts.has(bare) || (options.subdomains === true && bare.endsWith(`.${home}`));
  };
  return {
    includes: (url) => {
      const start = url.indexOf('//') + 2;
      const slash = url.indexOf('/', start);
      const host = url.slice(start, slash < 0 ? undefined : slash);
      const before = known.get(host);
      if (before !== undefined) return before;
      if (known.size > HOSTS_MAX) return judge(host);
      const answer = judge(host);
      known.set(host, answer);
      return answer;
    },
  };
}

/** Hosts remembered; a page may name any number. */
const HOSTS_MAX = 2_000;

const bareHost = (url: URL): string => url.host.replace(/^www\./, '');
