import { request } from 'undici';

const HOPS_MAX = 15;

/** Where a walk came to rest. */
export interface Arrival {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
  /** Where its page sends the browser next (`meta refresh`), or null. */
  readonly next: string | null;
}

interface Cookie {
  readonly value: string;
  readonly path: string;
  readonly sameSite: string;
}

/**
 * A browser's navigation over the wire, as far as sign-in between two sites depends on it: cookies by host, path and SameSite,
 * redirects, and the Sec-Fetch headers; what once crossed from one site to another stays cross-site.
 */
export class Walk {
  /** Addresses at which a walk stops before it asks. */
  stopsAt: string | null = null;
  readonly #jar = new Map<string, Map<string, Cookie>>();

  setCookie(url: string | URL, name: string, value: string, path = '/', sameSite = 'strict'): void {
    const { hostname } = new URL(url);
    const cookies = this.#jar.get(hostname) ?? new Map<string, Cookie>();
    this.#jar.set(hostname, cookies.set(name, { value, path, sameSite }));
  }

  cookie(url: string | URL, name: string): string | undefined {
    return this.#jar.get(new URL(url).hostname)?.get(name)?.value;
  }

  /** `from`: the site whose page asks; the same as the address's own when not given. */
  async open(
    address: string | URL,
    { form, from }: { form?: Record<string, string>; from?: string } = {},
  ): Promise<Arrival> {
    let url = new URL(address);
    let body = form;
    let isCross = from !== undefined && new URL(from).hostname !== url.hostname;
    for (let hop = 0; hop < HOPS_MAX; hop += 1) {
      if (this.stopsAt !== null && url.href.startsWith(this.stopsAt))
        return { url, status: 0, text: '', next: null };
      const answer = await this.#ask(url, isCross, body);
      const { location } = answer;
      if (location === undefined) {
        const { text } = answer;
        const refresh = /http-equiv="refresh" content="0;url=([^"]*)"/.exec(text)?.[1] ?? null;
        const next = refresh?.replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? null;
        return { url, status: answer.status, text, next };
      }
      const to = new URL(location, url);
      isCross ||= to.hostname !== url.hostname;
      url = to;
      body = undefined;
    }
    throw new Error(`${address}: more than ${HOPS_MAX} redirects`);
  }

  async #ask(
    url: URL,
    isCross: boolean,
    form: Record<string, string> | undefined,
  ): Promise<{ status: number; location: string | undefined; text: string }> {
    const sent = [...(this.#jar.get(url.hostname) ?? [])].filter(
      ([, { path, sameSite }]) =>
        url.pathname.startsWith(path) &&
        (!isCross || sameSite === 'none' || (sameSite === 'lax' && form === undefined)),
    );
    // Not fetch: it writes a Sec-Fetch-Mode of its own.
    const { statusCode, headers, body } = await request(url, {
      method: form === undefined ? 'GET' : 'POST',
      body: form === undefined ? null : new URLSearchParams(form).toString(),
      headers: {
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        cookie: sent.map(([name, { value }]) => `${name}=${value}`).join('; '),
        'sec-fetch-site': isCross ? 'cross-site' : 'same-origin',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
      },
    });
    for (const line of [headers['set-cookie'] ?? []].flat()) this.#keep(url, line);
    const location = headers.location === undefined ? undefined : String(headers.location);
    return { status: statusCode, location, text: await body.text() };
  }

  #keep(url: URL, line: string): void {
    const [pair, ...attributes] = line.split(';').map((part) => part.trim());
    const [name, value] = pair!.split(/=(.*)/s) as [string, string];
    const attribute = (of: string): string | undefined =>
      attributes.find((each) => each.toLowerCase().startsWith(`${of}=`))?.slice(of.length + 1);
    const isGone = value === '' || attribute('max-age') === '0';
    if (isGone) this.#jar.get(url.hostname)?.delete(name);
    else
      this.setCookie(
        url,
        name,
        value,
        attribute('path') ?? '/',
        attribute('samesite')?.toLowerCase() ?? 'lax',
      );
  }
}

/** Fills in the provider's forms as `login`, until it sends the browser away. */
export async function signInAtProvider(
  walk: Walk,
  arrival: Arrival,
  login: string,
): Promise<Arrival> {
  let at = arrival;
  for (let form = 0; form < 3; form += 1) {
    const action = /<form[^>]* action="([^"]+)"/.exec(at.text)?.[1];
    if (action === undefined) return at;
    const prompt = /name="prompt" value="(\w+)"/.exec(at.text)?.[1] ?? 'login';
    const fields = prompt === 'login' ? { prompt, login, password: 'x' } : { prompt };
    at = await walk.open(new URL(action, at.url), { form: fields });
  }
  return at;
}
