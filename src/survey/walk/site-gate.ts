import { gunzipSync } from 'node:zlib';
import { canonicalUrl, linkBase } from '../../derive/scan/canonical-url.ts';
import { NO_ROBOTS, parseRobots, type Robots } from '../../derive/scan/robots.ts';
import { parseSitemap } from '../../derive/scan/sitemap.ts';
import type { Fetcher, FetchResult } from '../../lib/node/http/create-fetcher.ts';

/** Our product token in robots.txt (RFC 9309 §2.2.1). */
export const ROBOT_NAME = 'Xunjian';

/** What a site says about itself before it is walked. */
export interface SiteGate {
  readonly robots: Robots;
  /** Canonical addresses that its sitemaps name. */
  readonly sitemapUrls: readonly string[];
  /** Chinese; what was not read and why. */
  readonly notes: readonly string[];
}

const ROBOTS_BYTES = 512 * 1024;
const SITEMAP_BYTES = 50 * 1024 * 1024;
const SITEMAPS_MAX = 20;
const URLS_MAX = 200_000;

/** Reads robots.txt and the sitemaps of a site; failures are notes: a site without them is walked all the same. */
export async function readGate(
  fetcher: Fetcher,
  homeUrl: string,
  signal: AbortSignal,
): Promise<SiteGate> {
  const { origin } = new URL(homeUrl);
  const notes: string[] = [];
  const answer = await fetcher.fetch(`${origin}/robots.txt`, { maxBytes: ROBOTS_BYTES, signal });
  const text = textOf(answer);
  const isPage = text !== null && /^\s{0,99}<(?:!doctype|html)/i.test(text);
  const robots = text === null || isPage ? NO_ROBOTS : parseRobots(text, ROBOT_NAME);
  if (answer.kind === 'error') notes.push(`robots.txt 没有读到：${answer.message}`);
  const waiting = robots.sitemaps.length > 0 ? [...robots.sitemaps] : [`${origin}/sitemap.xml`];
  const sitemapUrls = await readSitemaps(fetcher, waiting, notes, signal);
  return { robots, sitemapUrls, notes };
}

async function readSitemaps(
  fetcher: Fetcher,
  waiting: string[],
  notes: string[],
  signal: AbortSignal,
): Promise<string[]> {
  const urls = new Set<string>();
  const asked = new Set<string>();
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (asked.has(next)) continue;
    if (asked.size >= SITEMAPS_MAX) {
      notes.push(`网站地图超过 ${SITEMAPS_MAX} 个，其余没有读`);
      break;
    }
    asked.add(next);
    const text = textOf(await fetcher.fetch(next, { maxBytes: SITEMAP_BYTES, signal }));
    if (text === null) continue;
    const { pages, sitemaps, truncated } = parseSitemap(text);
    waiting.push(...sitemaps);
    const base = linkBase(next);
    for (const { url } of pages) {
      const canonical = base === null ? null : canonicalUrl(url, base);
      if (canonical !== null && urls.size < URLS_MAX) urls.add(canonical);
    }
    if (truncated || urls.size >= URLS_MAX) notes.push('网站地图过长，没有读完');
  }
  return [...urls];
}

/** The text of a 200 answer, unpacked when it is a .gz file; null for everything else. */
function textOf(answer: FetchResult): string | null {
  if (answer.kind !== 'response' || answer.status !== 200) return null;
  const { body } = answer;
  if (body[0] !== 0x1f || body[1] !== 0x8b) return new TextDecoder().decode(body);
  try {
    return gunzipSync(body, { maxOutputLength: SITEMAP_BYTES }).toString('utf8');
  } catch {
    return null;
  }
}
