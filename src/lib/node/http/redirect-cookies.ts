import type { Instant } from '../../pure/dates.ts';

/** RFC 6265 §6.1 asks for at least 50 cookies of 4,096 bytes a host; no way in needs as many, and headers have limits. */
const COOKIES_MAX = 20;
const COOKIE_CHARS_MAX = 4096;
const ALL_CHARS_MAX = 8192;
/** What a header line may carry; anything else would make the request throw. */
const SENDABLE = /^[\x20-\x7e\x80-\xff]+$/;

interface Cookie {
  readonly name: string;
  readonly pair: string;
  readonly secure: boolean;
  readonly gone: boolean;
}

/**
 * The cookies of one request over its redirects: what a host sets is sent back to that host alone (same name and port,
 * whatever Domain says), never kept for another request. Some sites let nobody in who does not bring back what the redirect to
 * the very same address set. Path is not looked at; Secure, Max-Age and Expires are (RFC 6265 §5.2).
 */
export class RedirectCookies {
  readonly #kept = new Map<string, Map<string, Cookie>>();
  readonly #dropped = new Set<string>();

  /** `header` = the caller's own cookies, which belong to the host of `url`. */
  constructor(url: string, header: string | undefined) {
    const secure = URL.parse(url)?.protocol === 'https:';
    for (const each of (header ?? '').split(';')) {
      const pair = each.trim();
      if (pair !== '') this.#keep(url, { ...readCookie(pair, null), secure });
    }
  }

  /** Cookies not kept because of a limit. */
  get dropped(): number {
    return this.#dropped.size;
  }

  /** Takes the Set-Cookie lines of an answer from `url`. */
  take(url: string, lines: readonly string[], now: Instant): void {
    for (const line of lines) this.#keep(url, readCookie(line, now));
  }

  /** The Cookie header for `url`, or undefined. */
  headerFor(url: string): string | undefined {
    const target = URL.parse(url);
    const ofHost = [...(this.#kept.get(target?.host ?? '')?.values() ?? [])];
    const pairs = ofHost
      .filter(({ secure }) => !secure || target?.protocol === 'https:')
      .map(({ pair }) => pair);
    return pairs.length > 0 ? pairs.join('; ') : undefined;
  }

  #keep(url: string, cookie: Cookie): void {
    const host = URL.parse(url)?.host;
    if (host === undefined) return;
    const ofHost = this.#kept.get(host) ?? new Map<string, Cookie>();
    ofHost.delete(cookie.name);
    if (cookie.gone || !cookie.pair.includes('=')) return;
    if (!this.#hasRoomFor(cookie)) {
      this.#dropped.add(`${host} ${cookie.name}`);
      return;
    }
    ofHost.set(cookie.name, cookie);
    this.#kept.set(host, ofHost);
  }

  #hasRoomFor({ pair }: Cookie): boolean {
    const kept = [...this.#kept.values()].flatMap((ofHost) => [...ofHost.values()]);
    const chars = kept.reduce((sum, each) => sum + each.pair.length + 2, 0);
    return (
      kept.length < COOKIES_MAX &&
      pair.length <= COOKIE_CHARS_MAX &&
      chars + pair.length <= ALL_CHARS_MAX &&
      SENDABLE.test(pair)
    );
  }
}

function readCookie(line: string, now: Instant | null): Cookie {
  const [first = '', ...attributes] = line.split(';').map((part) => part.trim());
  const attribute = (name: string): string | undefined =>
    attributes
      .find((each) => each.toLowerCase().startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .trim();
  const [maxAge, expires] = [attribute('max-age'), attribute('expires')];
  const expired = now !== null && Date.parse(expires ?? '') <= Date.parse(now);
  return {
    name: first.split('=', 1)[0]!.trim(),
    pair: first,
    secure: attributes.some((each) => each.toLowerCase() === 'secure'),
    gone: maxAge === undefined ? expired : Number(maxAge) <= 0,
  };
}

/** The Cookie header that sends Set-Cookie lines of `url` back to it, or undefined when none is to be sent. */
export function cookieHeaderFor(
  url: string,
  lines: readonly string[],
  now: Instant,
): string | undefined {
  const cookies = new RedirectCookies(url, undefined);
  cookies.take(url, lines, now);
  return cookies.headerFor(url);
}
