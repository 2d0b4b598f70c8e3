import type { WalkedLink } from '../../domain/walk.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { promisesService } from '../links/wrong-target.ts';
import { decodePage, type PageCharset } from '../page/decode-page.ts';
import { canonicalUrl, linkBase } from './canonical-url.ts';
import { fingerprintOf } from './fingerprint.ts';
import { leadingDate, newestDate } from './newest-date.ts';
import { scanPage } from './scan-page.ts';
import type { ScanLimit, ScannedLink } from './scanned-page.ts';
import { scriptLinks } from './script-links.ts';

export interface PageBytes {
  /** Unpacked body. */
  readonly body: Uint8Array;
  /** As received; only its charset is looked at, and not believed against the bytes. */
  readonly contentType: string;
  /** Where the body really came from (after redirects). */
  readonly url: string;
  /** Asia/Shanghai day of the visit: what is dated later is no news. */
  readonly today: CalendarDate;
}

/** What a whole-site walk keeps of a page, and the texts it was read from. */
export interface PageDigest {
  readonly html: string;
  readonly text: string;
  readonly charset: PageCharset;
  readonly title: string;
  readonly links: readonly WalkedLink[];
  readonly metas: ReadonlyMap<string, string>;
  readonly publishedOn: CalendarDate | null;
  readonly newestOn: CalendarDate | null;
  readonly fingerprint: string | null;
  readonly hitLimits: readonly ScanLimit[];
}

const TITLE_MAX = 300;

/** Decodes, scans, resolves, dates and fingerprints one page. Pure, linear, bounded; never throws. */
export function digestPage({ body, contentType, url, today }: PageBytes): PageDigest {
  const { text: html, charset } = decodePage(body, contentType);
  const scanned = scanPage(html);
  return {
    html,
    charset,
    text: scanned.text,
    title: cutText(scanned.title, TITLE_MAX),
    links: resolveLinks(
      [...scanned.links, ...scriptLinks({ html, scripts: scanned.scripts }, url, today)],
      url,
      scanned.baseHref,
      charset,
    ),
    metas: scanned.metas,
    publishedOn: leadingDate(scanned.metas.get('pubdate')),
    newestOn: newestDate(scanned.text, today),
    fingerprint: fingerprintOf(scanned.text),
    hitLimits: scanned.hitLimits,
  };
}

/**
 * Absolute, each address once: the certain before the guessed, the first that has words before those without, and words that promise
 * a service before others: a menu's 首页 would hide that the service leads nowhere else.
 */
export function resolveLinks(
  links: readonly ScannedLink[],
  url: string,
  baseHref: string | null,
  charset: PageCharset,
): WalkedLink[] {
  const base = linkBase(url, baseHref, charset);
  if (base === null) return [];
  const known = new Map<string, WalkedLink>();
  for (const link of links) {
    const target = canonicalUrl(link.href, base);
    if (target === null) continue;
    const before = known.get(target);
    if (before === undefined) known.set(target, toWalked(link, target));
    else if (isBetter(link, before)) known.set(target, toWalked(link, target));
  }
  return [...known.values()];
}

const toWalked = (link: ScannedLink, url: string): WalkedLink =>
  link.guessed
    ? { url, kind: link.kind, text: link.text, guessed: true }
    : { url, kind: link.kind, text: link.text };

function isBetter(link: ScannedLink, before: WalkedLink): boolean {
  if ((link.guessed ?? false) !== (before.guessed ?? false)) return before.guessed ?? false;
  if (link.kind !== 'page') return false;
  if (before.text === '') return link.text !== '';
  return promisesService(link.text) && !promisesService(before.text);
}
