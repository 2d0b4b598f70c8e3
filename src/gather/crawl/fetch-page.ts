import { setTimeout as sleep } from 'node:timers/promises';
import type { CrawlRequest, FetchedPage } from '../../domain/crawl.ts';
import {
  type Fetcher,
  type FetchOptions,
  type FetchResult,
  sha256Hex,
} from '../../lib/node/http/create-fetcher.ts';
import { cookieHeaderFor } from '../../lib/node/http/redirect-cookies.ts';
import { isChallengePage } from '../../lib/pure/challenge.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';

/** Pauses before the second and third try of a page that failed in passing. Visits are never retried; the crawl may. */
const RETRY_PAUSES_MS = [150, 600] as const;
const PAGE_LIMIT_MS = 20_000;
const PAGE_BYTES_MAX = 3 * 1024 * 1024;
/** Documents and pictures end after their headers: the reader looks at text. */
const READ_TYPES = /text\/|html|xml|json|javascript|^$/i;
/** Of a document that a reader asked for by its first bytes: enough to tell what it is, whatever its type says. */
const ATTACHMENT: PageAsk = { maxBytes: 64 * 1024, readTypes: null };
const CHALLENGE_BODY_MAX = 32 * 1024;

/** What a caller asks for otherwise than a reader's page: headers, size, types that are read. */
export interface PageAsk
  extends Pick<FetchOptions, 'headers' | 'maxBytes' | 'readTypes' | 'timeoutMs'> {
  /** False: `snapshot` of a good answer stays null; whoever reads the body hashes it, in another thread. */
  readonly hashed?: boolean;
}

/**
 * Fetches one page for a reader: retried when the failure may pass, a challenge's cookie sent back once. Never throws for the
 * world; throws the reason of `signal`, which bounds all tries together (the caller's stop, and what is left of its time).
 */
export async function fetchPage(
  fetcher: Fetcher,
  request: CrawlRequest,
  signal: AbortSignal,
  given: PageAsk = {},
): Promise<FetchedPage> {
  signal.throwIfAborted();
  const ask = request.role === 'attachment' ? { ...ATTACHMENT, ...given } : given;
  let result = await fetchOnce(fetcher, request.url, signal, ask);
  const received = [...result.received];
  for (const pause of RETRY_PAUSES_MS) {
    if (!mayPass(result)) break;
    await sleep(pause, undefined, { signal });
    result = await fetchOnce(fetcher, request.url, signal, ask);
    received.push(...result.received);
  }
  if (isBlocked(result) && result.kind === 'response' && result.cookies.length > 0) {
    // To the address that set it: a redirect may have led to another host.
    const cookie = cookieHeaderFor(result.url, result.cookies, result.happenedAt);
    if (cookie !== undefined) {
      result = await fetchOnce(fetcher, result.url, signal, ask, cookie);
      received.push(...result.received);
    }
  }
  signal.throwIfAborted();
  return toPage(request, result, received, ask.hashed !== false);
}

function fetchOnce(
  fetcher: Fetcher,
  url: string,
  signal: AbortSignal,
  ask: PageAsk,
  cookie?: string,
): Promise<FetchResult> {
  const { hashed: _hashed, headers: asked, ...options } = ask;
  const headers = { ...asked, ...(cookie ? { cookie } : {}) };
  return fetcher.fetch(url, {
    timeoutMs: PAGE_LIMIT_MS,
    maxBytes: PAGE_BYTES_MAX,
    readTypes: READ_TYPES,
    signal,
    ...options,
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
  });
}

function mayPass(result: FetchResult): boolean {
  if (result.kind === 'error')
    return (
      result.errorClass === 'reset' ||
      result.errorClass === 'timeout' ||
      result.errorClass === 'refused'
    );
  // A server that says when to come again is not asked before.
  return (
    result.status >= 500 && result.status !== 521 && result.headers['retry-after'] === undefined
  );
}

function isBlocked(result: FetchResult): boolean {
  if (result.kind !== 'response') return false;
  if (result.status === 401 || result.status === 429) return true;
  const small = result.body.byteLength <= CHALLENGE_BODY_MAX;
  const text = small
    ? Buffer.from(result.body.buffer, result.body.byteOffset, result.body.byteLength).toString(
        'latin1',
      )
    : '';
  return isChallengePage({
    status: result.status,
    text: /html|^$/i.test(result.headers['content-type'] ?? '') ? text : '',
  });
}

const ERROR_WORDS = {
  dns: '域名解析失败',
  refused: '连接被拒绝',
  reset: '连接被重置',
  timeout: '超时',
  tls: '证书或加密连接有误',
  'redirect-loop': '循环跳转',
  protocol: '协议错误',
  'forbidden-address': '地址不允许访问',
} as const;

function toPage(
  request: CrawlRequest,
  result: FetchResult,
  received: readonly ReceivedResponse[],
  hashed: boolean,
): FetchedPage {
  const common = { request, url: result.url, fetchedAt: result.happenedAt, received };
  if (result.kind === 'error') {
    const outcome = result.errorClass === 'forbidden-address' ? 'refused' : 'failed';
    const reason = `${ERROR_WORDS[result.errorClass]}：${result.message}`;
    return {
      ...common,
      outcome,
      status: null,
      headers: {},
      body: new Uint8Array(0),
      truncated: false,
      snapshot: null,
      errorClass: result.errorClass,
      reason,
    };
  }
  const { status, headers, body, truncated } = result;
  const blocked = isBlocked(result);
  const byReader = !hashed && !blocked && status < 400;
  const answered = {
    ...common,
    status,
    headers,
    body,
    truncated,
    snapshot: body.byteLength > 0 && !byReader ? sha256Hex(body) : null,
  };
  if (blocked) return { ...answered, outcome: 'blocked', reason: `被拦截（${status}）` };
  if (status >= 400)
    return {
      ...answered,
      outcome: 'http-error',
      reason: `返回 ${status}`,
      errorClass: status >= 500 ? 'http5xx' : 'http4xx',
    };
  return { ...answered, outcome: 'ok' };
}
