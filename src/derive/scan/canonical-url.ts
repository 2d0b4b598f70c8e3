import iconv from 'iconv-lite';
import type { PageCharset } from '../page/decode-page.ts';

/** Where a page's links are resolved against. */
export interface LinkBase {
  /** `http://host:port`, as the URL standard writes it. */
  readonly origin: string;
  /** Path up to and with its last `/`. */
  readonly folder: string;
  readonly path: string;
  readonly href: string;
  /** In which non-ASCII characters of a query are sent (URL standard §4.4: the document's encoding). */
  readonly charset: PageCharset;
}

const URL_MAX = 2_000;

/** The base of a page's links: its own address, or its `<base href>`; null when the page's address is no http address. */
export function linkBase(
  pageUrl: string,
  baseHref: string | null = null,
  charset: PageCharset = 'utf-8',
): LinkBase | null {
  const url = URL.parse(pageUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const own = baseHref === null ? null : URL.parse(baseHref, url.href);
  const base = own !== null && /^https?:$/.test(own.protocol) ? own : url;
  return {
    origin: base.origin,
    path: base.pathname,
    folder: base.pathname.slice(0, base.pathname.lastIndexOf('/') + 1),
    href: base.href,
    charset,
  };
}

/** Characters that the URL standard leaves as they are, in path and query. */
const PLAIN = /^[\w\-./]+(?:\?[\w\-./=&]*)?$/;

/**
 * One spelling of the address that `href` means on a page: absolute, without fragment, credentials, default port and session
 * id, escapes in capitals (RFC 3986 §6.2.2.1). Null for what is no http address, a place on the page itself, or too long. The
 * order of query parameters stays: to a server it may matter.
 */
export function canonicalUrl(href: string, base: LinkBase): string | null {
  const mark = href.indexOf('#');
  const written = mark < 0 ? href : href.slice(0, mark);
  if (written === '' || written.length > URL_MAX) return null;
  if (PLAIN.test(written)) {
    const joined = joinPlain(written, base);
    if (joined !== null) return hasSession(joined) ? withoutSession(joined) : joined;
  }
  return resolveAny(written, base);
}

/** The plain relative address joined to its base, equal to what `new URL` gives; null where that takes more than joining. */
function joinPlain(written: string, base: LinkBase): string | null {
  const first = written.charCodeAt(0);
  if (first === 47) {
    if (written.charCodeAt(1) === 47 || hasDotSegment(written, 0)) return null;
    return base.origin + written;
  }
  if (first === 63) return base.origin + base.path + written;
  let folder = base.folder;
  let at = 0;
  for (;;) {
    if (written.startsWith('../', at)) {
      at += 3;
      if (folder.length > 1)
        folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
    } else if (written.startsWith('./', at)) at += 2;
    else break;
  }
  const next = written.charCodeAt(at);
  // A second slash in a row, or a segment that begins with a dot, is the standard's business.
  if (next === 46 || (next === 47 && at > 0) || hasDotSegment(written, at)) return null;
  return base.origin + folder + written.slice(at);
}

function hasDotSegment(written: string, from: number): boolean {
  const query = written.indexOf('?', from);
  const dot = written.indexOf('/.', from);
  return dot >= 0 && (query < 0 || dot < query);
}

const SCHEME = /^[a-z][a-z\d+.-]*:/i;

function resolveAny(written: string, base: LinkBase): string | null {
  const text = written.replace(/[\t\n\r]/g, '').trim();
  if (text === '' || (SCHEME.test(text) && !/^https?:/i.test(text))) return null;
  const url = URL.parse(inCharset(text, base.charset), base.href);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null;
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  url.hash = '';
  const plain = url.href.includes('%')
    ? url.href.replace(/%[0-9a-f]{2}/gi, (written) => written.toUpperCase())
    : url.href;
  const href = hasSession(plain) ? withoutSession(plain) : plain;
  return href.length > URL_MAX ? null : href;
}

/** A query's characters beyond ASCII as the page's encoding writes them: a GBK site answers 404 to the UTF-8 of a name. */
function inCharset(text: string, charset: PageCharset): string {
  const query = text.indexOf('?');
  if (query < 0 || (charset !== 'gb18030' && charset !== 'big5')) return text;
  const escaped = text.slice(query).replace(/[\u0080-\uffff]+/g, (run) => {
    let bytes = '';
    for (const byte of iconv.encode(run, charset))
      bytes += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    return bytes;
  });
  return text.slice(0, query) + escaped;
}

/** Session ids in addresses: every visit gets another one, and each would be another page for ever. */
const SESSION_PATH = /;(?:jsessionid|phpsessid|sid)=[^/?#;]*/i;
const SESSION_NAME =
  /^(?:jsessionid|phpsessid|aspsessionid\w{0,20}|asp\.net_sessionid|sessionid|session_id|sess_id|cfid|cftoken|utm_\w{1,20}|spm)$/i;
/** Short names that only carry a session when their value looks like one. */
const SESSION_VALUE =
  /^(?:_|_t|sid|token|ticket|timestamp|t|rnd|rand|random|r)=(?:[0-9a-f]{24,64}|1[4-9]\d{8}|1[4-9]\d{11}|0\.\d{6,20})$/i;

const hasSession = (url: string): boolean => {
  const query = url.indexOf('?');
  return query >= 0 || url.includes(';');
};

function withoutSession(url: string): string {
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  const cleanPath = path.includes(';') ? path.replace(SESSION_PATH, '') : path;
  if (query < 0) return cleanPath;
  const parts = url.slice(query + 1).split('&');
  const kept = parts.filter((part) => {
    const [name = ''] = part.split('=', 1);
    return !SESSION_NAME.test(name) && !SESSION_VALUE.test(part);
  });
  if (kept.length === parts.length) return cleanPath + url.slice(query);
  return kept.length === 0 ? cleanPath : `${cleanPath}?${kept.join('&')}`;
}

/**
 * A canonical address as a whole number below 2^53: the key under which a page is known in memory and in the database. Two
 * 32-bit multiply-xor lanes, started from `seed`, a number of the walk that no site can know: two addresses of a site of five million
 * pages share one with a chance of one in seven hundred, and nobody can make them.
 */
export function urlKey(url: string, seed: number): number {
  let low = seed ^ 0x9e37_79b9;
  let high = (seed << 7) ^ 0x85eb_ca6b;
  for (let at = 0; at < url.length; at += 1) {
    const unit = url.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x9e37_79b1);
    high = Math.imul(high ^ unit, 0x5f35_6495);
  }
  low = Math.imul(low ^ (low >>> 16), 0x85eb_ca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2_ae35);
  high = Math.imul(high ^ (high >>> 16), 0x85eb_ca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2_ae35);
  return (high & 0x1f_ffff) * 4_294_967_296 + (low >>> 0);
}
