/** Names under which a home page, or the entry to a site as a whole, is found: a jump between them loses nothing. */
const ENTRY_SEGMENT =
  /^(?:index|default|main|home|homepage|portal|web|website|www|welcome|site|cn|zh|zh[-_](?:cn|hans)|chs|gb|pc|sy|shouye)(?:[-_]?\d)?(?:\.(?:s?html?|jhtml|jspx?|aspx?|php|do|action))?$/i;
/** Parameters that name a page; others (from=, utm_source=, t=) only say how one came. */
const PAGE_PARAMETER =
  /^(?:.{0,30}id|p|a|c|m|s|r|page|path|route|url|news|article|catalog|column)$/i;

/** Whether an address is that of a home page: the root or an index file right below it. */
export function isHomeAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || namesPage(url)) return false;
  const segments = segmentsOf(url);
  return segments.length === 0 || (segments.length === 1 && ENTRY_SEGMENT.test(segments[0]!));
}

/** Whether an address names something in a site, not the site: then its home page is not what was promised. */
export function isDeepAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  return namesPage(url) || segmentsOf(url).some((segment) => !ENTRY_SEGMENT.test(segment));
}

const segmentsOf = (url: URL): string[] => url.pathname.split('/').filter((part) => part !== '');

/** `#/…` of an application is a page of its own, but a server never sees it: such an address is no deep one. */
const namesPage = (url: URL): boolean =>
  [...url.searchParams.keys()].some((name) => PAGE_PARAMETER.test(name));

/** `/404.html`, `/error.jsp?aspxerrorpath=…`: the address to which servers send who asked for what is not there. */
export function isErrorAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  return (
    /\/(?:[\w-]{0,20}[-_/])?(?:404|error[-_]?404|404[-_]?error|not[-_]?found|page[-_]?not[-_]?found|no[-_]?page|errorpage|error(?=\.))(?:\.\w{2,5})?\/?$/i.test(
      url.pathname,
    ) || url.searchParams.has('aspxerrorpath')
  );
}

/** Whether a redirect from one to the other only mends the spelling: scheme, `www.`, a slash or index file at the end, case, tracking. */
export function isSameAddress(one: string, other: string): boolean {
  const [first, second] = [spelling(one), spelling(other)];
  return first !== null && first === second;
}

function spelling(address: string): string | null {
  const url = URL.parse(address);
  if (url === null) return null;
  const path = url.pathname
    .replace(/\/(?:index|default)\.\w{2,6}$/i, '/')
    .replace(/\/$/, '')
    .toLowerCase();
  const port = /^(?:80|443)?$/.test(url.port) ? '' : `:${url.port}`;
  return `${url.hostname.replace(/^www\./, '')}${port}${path}${url.search}`;
}
