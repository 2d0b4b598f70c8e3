import { decodePage } from '../../derive/page/decode-page.ts';
import type { CrawlRequest, FetchedPage } from '../../domain/crawl.ts';
import type { PageScreenshot, RenderCause, RenderedPage } from '../../domain/facts/render-facts.ts';
import type { RenderResult } from '../../gather/browser/render-page.ts';
import type { Picture } from '../../gather/browser/take-picture.ts';
import { sha256Hex } from '../../lib/node/http/create-fetcher.ts';
import type { Instant } from '../../lib/pure/dates.ts';

type Rendering = Extract<RenderResult, { state: 'rendered' }>;

/** The encoding of a document by its bytes, as the readers tell it. */
export const charsetOf = (body: Uint8Array, contentType: string): string =>
  decodePage(body, contentType).charset;

/** An answered page as the reader of a site takes it: the document after scripts, in UTF-8 whatever it was sent in. */
export function asFetchedPage(request: CrawlRequest, result: Rendering): FetchedPage {
  return {
    request,
    url: result.finalUrl,
    outcome: 'ok',
    status: result.status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: result.html,
    truncated: result.truncated,
    snapshot: sha256Hex(result.html),
    fetchedAt: result.renderedAt,
    rendered: result.isWhole ? 'whole' : 'partly',
  };
}

/** The page as a fact. `items`: content items before and after scripts, where they were counted. */
export function asFact(
  cause: RenderCause,
  result: RenderResult,
  items: { readonly before: number | null; readonly after: number | null },
): RenderedPage {
  const { url, requests, hitLimits } = result;
  const isSeen = result.state === 'rendered';
  return {
    url,
    finalUrl: isSeen ? result.finalUrl : url,
    cause,
    state: result.state,
    ...(isSeen ? {} : { reason: result.reason }),
    title: isSeen ? result.title : '',
    html: isSeen ? sha256Hex(result.html) : null,
    screenshot: isSeen ? screenshotOf(result.picture) : null,
    itemsBefore: items.before,
    itemsAfter: items.after,
    consoleErrors: isSeen ? result.consoleErrors : 0,
    requests,
    timing: isSeen ? result.timing : { domContentLoadedMs: null, loadMs: null },
    hitLimits,
  };
}

/** Bytes to be kept as evidence under their SHA-256: no answer of the site, but what a browser made of its answers. */
export interface KeptBytes {
  /** Address of the page that they show. */
  readonly url: string;
  readonly type: 'text/html; charset=utf-8' | Picture['type'];
  readonly bytes: Uint8Array;
  readonly at: Instant;
  /** Such as `Chromium 156.0.8078.108`. */
  readonly maker: string;
}

/** The document after scripts and its picture. */
export function keptOf(page: {
  readonly url: string;
  readonly html: Uint8Array | null;
  readonly picture: Picture | null;
  readonly at: Instant;
  readonly maker: string;
}): KeptBytes[] {
  const { html, picture, ...about } = page;
  return [
    ...(html === null
      ? []
      : [{ ...about, bytes: html, type: 'text/html; charset=utf-8' as const }]),
    ...(picture === null ? [] : [{ ...about, bytes: picture.bytes, type: picture.type }]),
  ];
}

/** The same of a whole visit; nothing of a page that was not seen. */
export function keptOfResult(result: RenderResult): KeptBytes[] {
  if (result.state !== 'rendered') return [];
  const { finalUrl: url, html, picture, renderedAt: at, browser: maker } = result;
  return keptOf({ url, html, picture, at, maker });
}

export function screenshotOf(picture: Picture | null): PageScreenshot | null {
  if (picture === null) return null;
  const { bytes, ...about } = picture;
  return { snapshot: sha256Hex(bytes), ...about };
}
