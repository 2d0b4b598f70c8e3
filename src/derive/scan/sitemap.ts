import { decodeXML } from 'entities';

export interface SitemapReading {
  /** Pages named, in order. */
  readonly pages: readonly { readonly url: string; readonly changedOn: string | null }[];
  /** Further sitemaps, when this is an index. */
  readonly sitemaps: readonly string[];
  /** More entries stood there than are taken. */
  readonly truncated: boolean;
}

/** https://www.sitemaps.org/protocol.html: at most 50,000 entries a file. */
const ENTRIES_MAX = 50_000;
const TEXT_MAX = 50 * 1024 * 1024;
const ADDRESS_MAX = 2_048;

/** Reads a sitemap, a sitemap index or a plain list of addresses. Linear; broken XML gives what can be read. */
export function parseSitemap(text: string): SitemapReading {
  const whole = text.slice(0, TEXT_MAX);
  if (!/<(?:urlset|sitemapindex|loc)\b/i.test(whole.slice(0, 4_096))) return plainList(whole);
  const isIndex = /<sitemapindex\b/i.test(whole.slice(0, 4_096));
  const found: { url: string; changedOn: string | null }[] = [];
  let at = 0;
  while (found.length < ENTRIES_MAX) {
    const open = whole.indexOf('<loc>', at);
    const close = open < 0 ? -1 : whole.indexOf('</loc>', open);
    if (close < 0) break;
    at = close + 6;
    const url = addressOf(whole.slice(open + 5, close));
    if (url === null) continue;
    const changed = /<lastmod>\s{0,9}(\d{4}-\d{2}-\d{2})/.exec(whole.slice(at, at + 200))?.[1];
    found.push({ url, changedOn: changed ?? null });
  }
  const truncated = found.length >= ENTRIES_MAX || text.length > TEXT_MAX;
  return isIndex
    ? { pages: [], sitemaps: found.map(({ url }) => url), truncated }
    : { pages: found, sitemaps: [], truncated };
}

function plainList(text: string): SitemapReading {
  const lines = text.split(/\r\n|\r|\n/, ENTRIES_MAX + 1);
  const urls = lines.slice(0, ENTRIES_MAX).map(addressOf);
  const pages = urls.flatMap((url) => (url === null ? [] : [{ url, changedOn: null }]));
  return { pages, sitemaps: [], truncated: lines.length > ENTRIES_MAX };
}

function addressOf(written: string): string | null {
  const text = written
    .trim()
    .replace(/^<!\[CDATA\[|\]\]>$/g, '')
    .trim();
  if (text.length > ADDRESS_MAX || !/^https?:\/\//i.test(text)) return null;
  return text.includes('&') ? decodeXML(text) : text;
}
