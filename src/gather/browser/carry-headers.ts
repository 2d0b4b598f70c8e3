import type { ReceivedResponse } from '../../lib/pure/received-response.ts';

/** Said by our own connection (host, codings, length), or no business of the other side. */
const OURS =
  /^(?::.*|host|connection|content-length|accept-encoding|transfer-encoding|upgrade|te|trailer|keep-alive|expect|user-agent|proxy-.*|upgrade-insecure-requests)$/i;
/** Describe a body that our fetcher has unpacked, or order the browser to tell third parties. */
const SPENT =
  /^(?:content-encoding|content-length|transfer-encoding|connection|keep-alive|set-cookie|alt-svc|nel|report-to|reporting-endpoints|content-security-policy-report-only)$/i;
const HEADERS_MAX = 40;

/** The headers of a page's request that go along. */
export function requestHeaders(all: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all)
      .filter(([name]) => !OURS.test(name))
      .slice(0, HEADERS_MAX),
  );
}

/** The headers of an answer as the browser gets them; several cookies are parted by line breaks. */
export function answerHeaders(
  headers: Readonly<Record<string, string>>,
  cookies: readonly string[],
): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !SPENT.test(name));
  return Object.fromEntries(
    cookies.length > 0 ? [...kept, ['set-cookie', cookies.join('\n')]] : kept,
  );
}

/** Cookies that redirects of `url`'s own host set on the way. */
export function cookiesOfHost(
  received: readonly ReceivedResponse[],
  url: string,
): Record<string, string> {
  const host = URL.parse(url)?.host;
  const lines = received
    .filter((response) => URL.parse(response.url)?.host === host)
    .flatMap(({ rawHeaders }) =>
      rawHeaders.filter((_, at) => at % 2 === 1 && /^set-cookie$/i.test(rawHeaders[at - 1]!)),
    );
  return lines.length > 0 ? { 'set-cookie': lines.join('\n') } : {};
}
