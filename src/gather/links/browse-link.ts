import type { LinkSight, SiteLink } from '../../domain/link-check.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import type { BrowserLimits } from '../browser/browser-limits.ts';
import type { RenderRequest } from '../browser/render-page.ts';
import type { RenderPool } from '../browser/render-pool.ts';

/** A link's page need not be complete to be told from a page that says “not here”: less of everything than a page that is inspected. */
export const LINK_PAGE_LIMITS: Partial<BrowserLimits> = {
  loadMs: 15_000,
  pageMs: 45_000,
  requests: 120,
  bytes: 16 * 1024 * 1024,
  htmlCharacters: 1_000_000,
};

/** Enough of a drawn page for its title and words; pages with long scripts of their own have them at its end. */
const DRAWN_BYTES = 1024 * 1024;

/** A browser's look at a link, for {@link LinkBrowser}: the page after its scripts ran, or Chinese why it was not seen. */
export function browseLinks(
  pool: Pick<RenderPool, 'render'>,
  way: { readonly fetcher: Fetcher } & Pick<RenderRequest, 'charsetOf'>,
): (link: SiteLink, signal: AbortSignal) => Promise<LinkSight | string> {
  return async ({ url }, signal) => {
    const seen = await pool.render({ ...way, url, signal, picture: false });
    if (seen.state === 'unobserved') return seen.reason;
    const isElsewhere = withoutFragment(seen.finalUrl) !== withoutFragment(url);
    return {
      kind: 'browser',
      asked: url,
      url: seen.finalUrl,
      // Who sent the visitor on, a header or a script, is nothing that he sees.
      hops: isElsewhere ? [{ url, status: seen.status, jump: true }] : [],
      status: seen.status,
      failure: null,
      contentType: 'text/html; charset=utf-8',
      body: seen.html.subarray(0, DRAWN_BYTES),
      maker: seen.browser,
      cut: !seen.isWhole || seen.html.byteLength > DRAWN_BYTES,
      jumpPage: null,
      retryAfterMs: null,
      outside: false,
      at: seen.renderedAt,
    };
  };
}

const withoutFragment = (url: string): string => url.replace(/#.*$/, '');
