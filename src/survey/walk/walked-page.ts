import { canonicalUrl, linkBase } from '../../derive/scan/canonical-url.ts';
import type { FetchedPage } from '../../domain/crawl.ts';
import type { WalkedPage, WalkedPageWithBody, WalkOutcome } from '../../domain/walk.ts';
import type { Answer } from './ask-address.ts';
import type { FrontierEntry } from './frontier.ts';
import type { WalkReading } from './walk-reading.ts';

/** What a visit brought, as one record: everything but what the digest of a page adds. */
export function walkedPage(entry: FrontierEntry, answer: Answer): WalkedPageWithBody {
  const { fetched, file } = answer;
  const landed = landedUrl(entry.url, fetched.url);
  return {
    url: entry.url,
    from: entry.from,
    linkText: entry.linkText,
    kind: entry.kind,
    depth: entry.depth,
    outcome: outcomeOf(answer, landed),
    status: fetched.status,
    landedUrl: landed,
    contentType: mediaType(fetched.headers['content-type']),
    bytes: file?.bytes ?? fetched.body.byteLength,
    truncated: fetched.truncated,
    title: '',
    links: [],
    publishedOn: null,
    newestOn: null,
    textLength: 0,
    fingerprint: null,
    snapshot: fetched.snapshot,
    file,
    ...(fetched.errorClass === undefined ? {} : { errorClass: fetched.errorClass }),
    ...(fetched.reason === undefined ? {} : { reason: fetched.reason }),
    etag: short(fetched.headers.etag),
    lastModified: short(fetched.headers['last-modified']),
    fetchedAt: fetched.fetchedAt,
    html: '',
    text: '',
    received: fetched.received ?? [],
  };
}

/** The record completed by what its page says. */
export function withReading(page: WalkedPageWithBody, reading: WalkReading): WalkedPageWithBody {
  const { hitLimits, charset: _charset, reason, html = '', text = '', ...read } = reading;
  return {
    ...page,
    ...read,
    html,
    text,
    truncated: page.truncated || hitLimits.length > 0 || reason !== undefined,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** A 304: the page as the earlier walk had it, seen again now. */
export function unchangedPage(page: WalkedPageWithBody, earlier: WalkedPage): WalkedPageWithBody {
  const { from, linkText, kind, depth, fetchedAt, html, text, received } = page;
  return {
    ...earlier,
    from,
    linkText,
    kind,
    depth,
    fetchedAt,
    html,
    text,
    received,
    status: 304,
    outcome: 'unchanged',
  };
}

/** The page on which a redirect landed, as a record of its own. */
export function landedPage(page: WalkedPageWithBody, url: string): WalkedPageWithBody {
  return { ...page, url, from: page.url, outcome: 'page', landedUrl: null };
}

function outcomeOf({ fetched, file }: Answer, landed: string | null): WalkOutcome {
  const { outcome } = fetched;
  if (outcome === 'refused') return 'skipped';
  if (outcome !== 'ok') return outcome;
  if (fetched.status === 304) return 'unchanged';
  if (landed !== null) return 'redirect';
  return file === null ? 'page' : 'file';
}

/** Where redirects ended, in canonical spelling; null when that is the address asked for. */
function landedUrl(asked: string, reached: FetchedPage['url']): string | null {
  if (reached === asked) return null;
  const base = linkBase(asked);
  const landed = base === null ? null : canonicalUrl(reached, base);
  return landed === asked ? null : (landed ?? reached);
}

const mediaType = (header: string | undefined): string | null => {
  const type = header?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return type === '' ? null : type.slice(0, 100);
};

/** Validators longer than this are no validators; they would be sent back with every request. */
const short = (value: string | undefined): string | null =>
  value !== undefined && value.length <= 200 ? value : null;
