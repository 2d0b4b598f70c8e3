import type { SiteRequest, SiteResponse } from './site-plan.ts';

/** Walls that stand before a site and know nothing of it (page-patterns §4.5). */

const COOKIE = 'C3VK';

const answer = (
  status: number,
  text: string,
  headers: Record<string, string> = {},
): SiteResponse => {
  const body = Buffer.from(text);
  const length = String(body.length);
  return {
    status,
    headers: { 'content-type': 'text/html', 'content-length': length, ...headers },
    body,
    chunked: false,
  };
};

const SCRIPT = (token: string): string =>
  `<html><head><script>var _$=["${token}"];(function(){var k=_$[0].split("").reverse().join("");document.cookie="${COOKIE}="+k+";path=/";location.reload();})();</script></head><body></body></html>`;

const tokenOf = (seed: number): string =>
  ((seed * 2_654_435_761) >>> 0).toString(16).padStart(8, '0');

/** 412 with a cookie until the visitor brings it back; null = let pass. */
export function cookieDoor(seed: number, request: SiteRequest): SiteResponse | null {
  const token = tokenOf(seed);
  if (String(request.headers.cookie ?? '').includes(`${COOKIE}=${token}`)) return null;
  return answer(412, SCRIPT(token), { 'set-cookie': `${COOKIE}=${token}; path=/; HttpOnly` });
}

/** A script page instead of an answer; only a browser would get further. */
export const challenge = (seed: number, count: number): SiteResponse => {
  const token = `${tokenOf(seed)}${count.toString(16)}`;
  return answer(521, SCRIPT(token), {
    'set-cookie': `__jsl_clearance=${token}; max-age=3600; path=/`,
  });
};

const REASONS: Readonly<Record<number, string>> = {
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** A gateway's own page for a server error. */
export function serverError(status: number): SiteResponse {
  const reason = `${status} ${REASONS[status] ?? ''}`;
  return answer(
    status,
    `<html>\n<head><title>${reason}</title></head>\n<body>\n<center><h1>${reason}</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n`,
  );
}

/** A page that is nothing without a browser. */
export function emptyShell(name: string): SiteResponse {
  return answer(
    200,
    `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${name}</title><link href="/static/css/app.css" rel="stylesheet"></head><body><div id="app"></div><script src="/static/js/manifest.js"></script><script src="/static/js/app.js"></script></body></html>`,
  );
}

/** A one-pixel picture for every image of a site. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

export const picture = (): SiteResponse => ({
  status: 200,
  headers: { 'content-type': 'image/gif', 'content-length': String(PIXEL.length) },
  body: PIXEL,
  chunked: false,
});
