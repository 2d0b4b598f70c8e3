/** robots.txt as RFC 9309 reads it. What a site asks of robots; whether it is honoured is the office's policy, not ours. */
export interface Robots {
  /** Whether a robot of our name may ask for this address (absolute). */
  allows(url: string): boolean;
  /** Seconds between requests that the site asks for (not in the RFC, widely used); null when it does not. */
  readonly delaySeconds: number | null;
  /** Absolute addresses of sitemaps. */
  readonly sitemaps: readonly string[];
}

/** §2.5: at least 500 KiB must be read. */
const TEXT_MAX = 512 * 1024;
const RULES_MAX = 2_000;
const PATTERN_MAX = 500;
const SITEMAPS_MAX = 50;
const DELAY_MAX = 60;

interface Rule {
  readonly allow: boolean;
  readonly pattern: string;
}

interface Group {
  readonly agents: string[];
  readonly rules: Rule[];
  delay: number | null;
}

/** No file, or one that could not be read as text: everything is allowed (§2.3.1.3). */
export const NO_ROBOTS: Robots = { allows: () => true, delaySeconds: null, sitemaps: [] };

/** `agent` = our product token, for example `Xunjian`. */
export function parseRobots(text: string, agent: string): Robots {
  const { groups, sitemaps } = readGroups(text.slice(0, TEXT_MAX));
  const name = agent.toLowerCase();
  const own = groups.filter(({ agents }) => agents.includes(name));
  const chosen = own.length > 0 ? own : groups.filter(({ agents }) => agents.includes('*'));
  const rules = chosen.flatMap((group) => group.rules);
  return {
    allows: (url) => isAllowed(rules, pathOf(url)),
    delaySeconds: chosen.find(({ delay }) => delay !== null)?.delay ?? null,
    sitemaps,
  };
}

function readGroups(text: string): { groups: Group[]; sitemaps: string[] } {
  const groups: Group[] = [];
  const sitemaps: string[] = [];
  let naming = false;
  let rules = 0;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, key = '', value = ''] = /^\s{0,99}([a-z-]{1,20})\s{0,99}:([^#]*)/i.exec(line) ?? [];
    const field = key.toLowerCase();
    const said = value.trim();
    if (field === 'user-agent') {
      if (!naming) groups.push({ agents: [], rules: [], delay: null });
      groups.at(-1)?.agents.push(said.toLowerCase().replace(/\/.*$/, ''));
      naming = true;
    } else if (field === 'allow' || field === 'disallow') {
      naming = false;
      rules += 1;
      if (said !== '' && said.length <= PATTERN_MAX && rules <= RULES_MAX)
        groups.at(-1)?.rules.push({ allow: field === 'allow', pattern: said });
    } else if (field === 'crawl-delay') {
      naming = false;
      const group = groups.at(-1);
      if (group && Number(said) > 0) group.delay = Math.min(Number(said), DELAY_MAX);
    } else if (field === 'sitemap' && sitemaps.length < SITEMAPS_MAX && URL.canParse(said))
      sitemaps.push(said);
  }
  return { groups, sitemaps };
}

/** The longest pattern decides; of two equally long the one that allows (§2.2.2). */
function isAllowed(rules: readonly Rule[], path: string): boolean {
  let decided: Rule | null = null;
  for (const rule of rules) {
    if (!fits(rule.pattern, path)) continue;
    const longer = decided === null || rule.pattern.length > decided.pattern.length;
    const kinder = decided !== null && rule.pattern.length === decided.pattern.length && rule.allow;
    if (longer || kinder) decided = rule;
  }
  return decided?.allow ?? true;
}

function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  return start < 0 ? '/' : url.slice(start);
}

/** `*` = anything, `$` at the end = the address ends here. Goes back to the last `*` only: no more than path × pattern steps. */
function fits(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith('$');
  const wanted = anchored ? pattern.slice(0, -1) : `${pattern}*`;
  let [at, to, star, mark] = [0, 0, -1, 0];
  while (to < path.length) {
    if (at < wanted.length && wanted[at] === '*') {
      star = at++;
      mark = to;
    } else if (at < wanted.length && wanted[at] === path[to]) {
      at += 1;
      to += 1;
    } else if (star >= 0) {
      at = star + 1;
      to = ++mark;
    } else return false;
  }
  while (wanted[at] === '*') at += 1;
  return at === wanted.length;
}
