import { isFileUrl, LOOK_BYTES, lookAtFile, signatureOf } from '../../derive/scan/look-at-file.ts';
import type { CrawlRequest, FetchedPage } from '../../domain/crawl.ts';
import type { FileLook } from '../../domain/walk.ts';
import { fetchPage } from '../../gather/crawl/fetch-page.ts';
import { type Fetcher, sha256Hex } from '../../lib/node/http/create-fetcher.ts';
import type { FrontierEntry } from './frontier.ts';

/** What an earlier walk knew of an address. */
export interface EarlierVisit {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** An answer to one entry: a page to be read, or a file that was looked at. */
export interface Answer {
  readonly fetched: FetchedPage;
  /** Null for pages, and where nothing came. */
  readonly file: FileLook | null;
}

export interface AskOptions {
  readonly fetcher: Fetcher;
  readonly signal: AbortSignal;
  /** Bytes of a page that are read. */
  readonly pageBytes: number;
}

const PAGE_TYPE = /html|xml|^$/i;
/** Also text: many servers send pages as it. */
const READ_TYPES = /text\/(?!css|javascript)|html|xml|^$/i;

/**
 * Visits one address: pages whole (up to the limit), files by their first bytes only. What the bytes are decides, not the type
 * that came along: a page sent as octet-stream is read as a page, a PDF sent as text/html is a file.
 */
export async function askAddress(
  options: AskOptions,
  entry: FrontierEntry,
  earlier: EarlierVisit | null,
): Promise<Answer> {
  const isPage = (entry.kind === 'page' || entry.kind === 'frame') && !isFileUrl(entry.url);
  if (!isPage) return lookAt(options, entry);
  const fetched = await fetchPage(options.fetcher, request(entry), options.signal, {
    maxBytes: options.pageBytes,
    readTypes: READ_TYPES,
    headers: conditions(earlier),
    hashed: false,
  });
  if (fetched.outcome !== 'ok' || fetched.status === 304) return { fetched, file: null };
  const type = fetched.headers['content-type'] ?? '';
  if (fetched.body.byteLength === 0 && !READ_TYPES.test(type)) return lookAt(options, entry);
  const signature = signatureOf(fetched.body.subarray(0, LOOK_BYTES));
  const isText = signature === null || signature === 'html' || signature === 'xml';
  if (isText && (PAGE_TYPE.test(type) || signature === 'html')) return { fetched, file: null };
  const whole = fetched.truncated ? announced(fetched) : fetched.body.byteLength;
  const file = lookAtFile(fetched.url, fetched.body.subarray(0, LOOK_BYTES), whole);
  return { fetched: { ...fetched, snapshot: sha256Hex(fetched.body) }, file };
}

async function lookAt(options: AskOptions, entry: FrontierEntry): Promise<Answer> {
  const ask = { maxBytes: LOOK_BYTES, readTypes: null };
  const ranged = { ...ask, headers: { range: `bytes=0-${LOOK_BYTES - 1}` } };
  let fetched = await fetchPage(options.fetcher, request(entry), options.signal, ranged);
  // An empty file has no first bytes (416), and some servers refuse ranges altogether.
  if (fetched.status !== null && fetched.status >= 400 && fetched.status !== 404)
    fetched = await fetchPage(options.fetcher, request(entry), options.signal, ask);
  if (fetched.outcome !== 'ok') return { fetched, file: null };
  const file = lookAtFile(entry.url, fetched.body.subarray(0, LOOK_BYTES), announced(fetched));
  const status = fetched.status === 206 ? 200 : fetched.status;
  return { fetched: { ...fetched, status, truncated: false }, file };
}

/** The whole size that an answer announces: behind the slash of a range, else its length. */
function announced({ headers, status }: FetchedPage): number | null {
  const total =
    status === 206
      ? /\/(\d{1,15})$/.exec(headers['content-range'] ?? '')?.[1]
      : /^\d{1,15}$/.exec(headers['content-length'] ?? '')?.[0];
  return total === undefined || headers['content-encoding'] !== undefined ? null : Number(total);
}

function conditions(earlier: EarlierVisit | null): Record<string, string> {
  return {
    ...(earlier?.etag ? { 'if-none-match': earlier.etag } : {}),
    ...(earlier?.lastModified ? { 'if-modified-since': earlier.lastModified } : {}),
  };
}

const request = (entry: FrontierEntry): CrawlRequest => ({
  url: entry.url,
  role: entry.kind === 'frame' ? 'frame' : 'article',
  name: entry.linkText,
  ownerUrl: null,
  level: entry.depth,
  priority: 0,
});
