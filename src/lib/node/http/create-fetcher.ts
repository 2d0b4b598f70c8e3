import { createHash } from 'node:crypto';
import type { Instant } from '../../pure/dates.ts';
import type { ReceivedResponse } from '../../pure/received-response.ts';
import { Connections, exchange, type NetworkErrorClass, type Timings } from './exchange.ts';
import { type FoundAddress, findAddress } from './find-address.ts';
import { Pacer } from './pacer.ts';
import { RedirectCookies } from './redirect-cookies.ts';
import type { ResolveRule } from './resolve-rule.ts';

export interface FetcherOptions {
  readonly userAgent: string;
  readonly resolve: readonly ResolveRule[];
  /** Private literal addresses that may be visited, each named explicitly. Hosts matched by a resolve rule need no entry. */
  readonly allowAddresses?: readonly string[];
  readonly pacePerAddressMs: number;
  /** Waits for a turn at a paced address that other processes take turns at too; beside the own pace. */
  readonly awaitTurn?: (address: string, signal: AbortSignal | undefined) => Promise<void>;
  /** Paces hosts of a resolve rule too: a rule usually leads to a simulated web, which needs no politeness. */
  readonly pacesRules?: boolean;
  /** Requests under way to one paced address at the most. */
  readonly concurrentPerAddress?: number;
  readonly now: () => Instant;
}

export interface FetchOptions {
  readonly method?: 'GET' | 'POST' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  readonly maxRedirects?: number;
  readonly fresh?: boolean;
  readonly readTypes?: RegExp | null;
  /** Looks past a certificate that cannot be believed: to see what stands behind it, never to trust it. */
  readonly anyCertificate?: boolean;
  readonly signal?: AbortSignal;
}

interface FetchBase {
  /** URL of the last hop. */
  readonly url: string;
  /** Destination address of the last hop; null when none was found. */
  readonly address: string | null;
  readonly timings: Timings;
  /** URLs that redirected, in order. */
  readonly hops: readonly string[];
  readonly happenedAt: Instant;
  /** Every response on the way, the last hop's last: what an archive keeps. */
  readonly received: readonly ReceivedResponse[];
  /** Whether the destination was paced; hosts of a resolve rule are not. */
  readonly paced: boolean;
}

export type FetchResult =
  | (FetchBase & {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly cookies: readonly string[];
      readonly body: Uint8Array;
      readonly truncated: boolean;
    })
  | (FetchBase & {
      readonly kind: 'error';
      readonly errorClass: NetworkErrorClass;
      readonly message: string;
      /** The system's or resolver's code, e.g. `ENOTFOUND`, `CERT_HAS_EXPIRED`; '' when there is none. */
      readonly code: string;
    });

/** Asks the world over HTTP: guarded on every hop, paced per destination address, bounded in time, bytes and redirects. */
export interface Fetcher {
  fetch(url: string, options?: FetchOptions): Promise<FetchResult>;
  close(): Promise<void>;
}

const DEFAULTS = { timeoutMs: 15_000, maxBytes: 5 * 1024 * 1024, maxRedirects: 6 } as const;
const CONCURRENT_PER_ADDRESS = 2;
const URL_LENGTH_MAX = 4096;
const NO_TIMINGS: Timings = { dnsMs: null, tcpMs: null, tlsMs: null, ttfbMs: null, totalMs: null };
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Not to be carried to another host by a redirect (RFC 9110 §15.4). Cookies are kept by {@link RedirectCookies}. */
const PRIVATE_HEADERS = new Set(['authorization']);

/** SHA-256 in hex: the name under which bytes are archived. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A fetcher; close it when the round is over. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const connections = new Connections();
  const pacer = new Pacer({
    intervalMs: options.pacePerAddressMs,
    concurrent: options.concurrentPerAddress ?? CONCURRENT_PER_ADDRESS,
  });
  const context: FetchContext = {
    options,
    connections,
    pacer,
    allowAddresses: new Set(options.allowAddresses ?? []),
  };
  return {
    fetch: (url, fetchOptions = {}) => follow(context, url, fetchOptions),
    close: async () => connections.destroy(),
  };
}

interface FetchContext {
  readonly options: FetcherOptions;
  readonly connections: Connections;
  readonly pacer: Pacer;
  readonly allowAddresses: ReadonlySet<string>;
}

async function follow(
  context: FetchContext,
  start: string,
  options: FetchOptions,
): Promise<FetchResult> {
  const hops: string[] = [];
  const earlier: ReceivedResponse[] = [];
  const deadline = performance.now() + (options.timeoutMs ?? DEFAULTS.timeoutMs);
  const { cookie, ...headers } = lowerCased(options.headers ?? {});
  const cookies = new RedirectCookies(start, cookie);
  const asked = new Set<string>();
  let url = start;
  let hopOptions: FetchOptions = { ...options, headers };
  for (;;) {
    asked.add(askedKey(url, cookies));
    const about = { hops: [...hops], deadline, cookie: cookies.headerFor(url) };
    const hop = await oneHop(context, url, hopOptions, about);
    const result = { ...hop, received: [...earlier, ...hop.received] };
    if (result.kind === 'error' || !REDIRECTS.has(result.status) || !result.headers.location)
      return result;
    const target = resolveUrl(result.headers.location, url);
    if (target === null)
      return {
        ...base(result),
        kind: 'error',
        errorClass: 'protocol',
        message: '跳转地址无法识别',
        code: '',
      };
    hops.push(url);
    earlier.push(...hop.received);
    cookies.take(url, result.cookies, result.happenedAt);
    // The same address again is a loop only when nothing new is brought along: many gates set a cookie and send back to themselves.
    const again = asked.has(askedKey(target, cookies));
    if (again || hops.length > (options.maxRedirects ?? DEFAULTS.maxRedirects)) {
      return {
        ...base(result),
        hops,
        kind: 'error',
        errorClass: 'redirect-loop',
        code: '',
        message: `跳转 ${hops.length} 次仍没有到达${cookies.dropped > 0 ? `（${cookies.dropped} 个 Cookie 过多或过长，没有带回）` : ''}`,
      };
    }
    hopOptions = nextOptions(hopOptions, url, target, result.status);
    url = target;
  }
}

const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const askedKey = (url: string, cookies: RedirectCookies): string =>
  `${url}\n${cookies.headerFor(url) ?? ''}`;

function base({ url, address, timings, hops, happenedAt, received, paced }: FetchBase): FetchBase {
  return { url, address, timings, hops, happenedAt, received, paced };
}

function resolveUrl(location: string, from: string): string | null {
  try {
    return new URL(asWritten(location), from).href;
  } catch {
    return null;
  }
}

const HIGH_BYTES = /[\u0080-\u00ff]/g;

/**
 * Chinese that a server put into Location unencoded arrives as one character a byte (RFC 9110 §5.5). UTF-8 is read as such, so that
 * a Chinese domain resolves; other bytes (GBK) go back as they came.
 */
function asWritten(location: string): string {
  if (location.search(HIGH_BYTES) < 0) return location;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(location, 'latin1'));
  } catch {
    return location.replace(HIGH_BYTES, (byte) => `%${byte.charCodeAt(0).toString(16)}`);
  }
}

function nextOptions(
  options: FetchOptions,
  from: string,
  to: string,
  status: number,
): FetchOptions {
  const { body, ...rest } = options;
  const sameOrigin = new URL(from).origin === new URL(to).origin;
  const headers = Object.fromEntries(
    Object.entries(options.headers ?? {}).filter(
      ([name]) => sameOrigin || !PRIVATE_HEADERS.has(name),
    ),
  );
  if (status === 307 || status === 308) return { ...options, headers };
  return { ...rest, headers, method: options.method === 'HEAD' ? 'HEAD' : 'GET' };
}

async function oneHop(
  context: FetchContext,
  href: string,
  options: FetchOptions,
  more: { hops: readonly string[]; deadline: number; cookie: string | undefined },
): Promise<FetchResult> {
  const happenedAt = context.options.now();
  const nothing: FetchBase = {
    url: href,
    address: null,
    timings: NO_TIMINGS,
    hops: more.hops,
    happenedAt,
    received: [],
    paced: false,
  };
  const url = parseTarget(href);
  if (typeof url === 'string')
    return {
      ...nothing,
      kind: 'error',
      errorClass: 'forbidden-address',
      message: url,
      code: '',
    };
  const found = await findAddress(url, {
    resolve: context.options.resolve,
    allowAddresses: context.allowAddresses,
  });
  if (found.state !== 'found') return notFound(nothing, found);
  const isFree = found.byRule && context.options.pacesRules !== true;
  const send = (): ReturnType<typeof exchange> =>
    exchange(context.connections, {
      url,
      address: found.address,
      port: found.port,
      method: options.method ?? 'GET',
      headers: requestHeaders(context.options.userAgent, options, more.cookie),
      body: options.body ?? null,
      // Waiting for a turn is our politeness, not the site's slowness: the clock of a paced request starts with its turn.
      timeoutMs: isFree
        ? Math.max(1, more.deadline - performance.now())
        : (options.timeoutMs ?? DEFAULTS.timeoutMs),
      maxBytes: options.maxBytes ?? DEFAULTS.maxBytes,
      fresh: options.fresh ?? false,
      signal: options.signal,
      readTypes: options.readTypes ?? null,
      anyCertificate: options.anyCertificate ?? false,
    });
  const result = isFree
    ? await send()
    : await context.pacer.run(found.address, options.signal, async () => {
        await context.options.awaitTurn?.(found.address, options.signal);
        return send();
      });
  const reached: FetchBase = {
    ...nothing,
    address: found.address,
    paced: !isFree,
    timings: { ...result.timings, dnsMs: found.dnsMs },
  };
  if (!result.ok) {
    const { errorClass, message, code } = result;
    return { ...reached, kind: 'error', errorClass, message, code };
  }
  return answered(reached, options.method ?? 'GET', result);
}

function notFound(
  nothing: FetchBase,
  found: Exclude<FoundAddress, { state: 'found' }>,
): FetchResult {
  const { message } = found;
  return found.state === 'forbidden'
    ? {
        ...nothing,
        address: found.address,
        kind: 'error',
        errorClass: 'forbidden-address',
        message,
        code: '',
      }
    : {
        ...nothing,
        timings: { ...NO_TIMINGS, dnsMs: found.dnsMs },
        kind: 'error',
        errorClass: 'dns',
        message,
        code: found.code,
      };
}

function answered(
  reached: FetchBase,
  method: ReceivedResponse['method'],
  result: Extract<Awaited<ReturnType<typeof exchange>>, { ok: true }>,
): FetchResult {
  const { status, headers, cookies, body, truncated } = result;
  const { cut, httpVersion, statusMessage, rawHeaders } = result;
  const received: ReceivedResponse = {
    url: reached.url,
    method,
    address: reached.address,
    receivedAt: reached.happenedAt,
    status,
    httpVersion,
    statusMessage,
    rawHeaders,
    body,
    cut,
  };
  return {
    ...reached,
    kind: 'response',
    received: [received],
    status,
    headers,
    cookies,
    body,
    truncated,
  };
}

/** The URL, or in Chinese why it is not visited. */
function parseTarget(href: string): URL | string {
  if (href.length > URL_LENGTH_MAX) return '网址过长，不访问';
  let url: URL;
  try {
    url = new URL(href);
  } catch {
    return '网址无法识别';
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return `不访问 ${url.protocol} 协议的地址`;
  if (url.username !== '' || url.password !== '') return '网址里带有用户名或密码，不访问';
  return url;
}

function requestHeaders(
  userAgent: string,
  options: FetchOptions,
  cookie: string | undefined,
): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'accept-language': 'zh-CN,zh;q=0.9',
    'accept-encoding': 'gzip, br, deflate',
    ...(options.fresh ? { connection: 'close' } : {}),
    ...(options.body ? { 'content-length': String(options.body.byteLength) } : {}),
    ...options.headers,
    ...(cookie === undefined ? {} : { cookie }),
  };
}
