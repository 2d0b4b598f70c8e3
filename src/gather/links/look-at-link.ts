import type { LinkHop, LinkSight, SiteLink } from '../../domain/link-check.ts';
import type { Fetcher, FetchOptions, FetchResult } from '../../lib/node/http/create-fetcher.ts';
import { cookieHeaderFor } from '../../lib/node/http/redirect-cookies.ts';
import { clientRedirect } from '../../lib/pure/challenge.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';

/** Slower than this counts as not opening (单次超过（含）15秒仍打不开). */
export const LOOK_LIMIT_MS = 15_000;
/** Enough of a page for its title and its words; an error page is never longer. */
const PAGE_BYTES = 128 * 1024;
/** Enough of a file to know its format, or to read the page that stands in its place. */
const FILE_BYTES = 16 * 1024;
/** Only small pages send the browser on by themselves. */
const JUMP_BYTES_MAX = 32 * 1024;
const JUMPS_MAX = 3;
/** A server that asks for a longer pause than this is not waited for. */
const RETRY_AFTER_SECONDS_MAX = 86_400;

export interface LookRequest {
  readonly url: string;
  readonly use: SiteLink['use'];
  readonly kind: LinkSight['kind'];
  readonly userAgent?: string;
  readonly cookie?: string;
  readonly limitMs?: number;
}

/** A look and what a next one may bring along. */
export interface Look {
  readonly sight: LinkSight;
  /** Cookie header that brings back what the answer set; undefined when it set none. */
  readonly cookie: string | undefined;
}

/**
 * One look at a link: a GET cut off early, with redirects and self-made jumps (meta refresh, location) followed. No HEAD before it:
 * publishing systems answer HEAD with 404, 405 or nothing where GET is well, and a GET cut at a few kilobytes costs as little.
 * Never throws for what the world does; an aborted `signal` throws its reason.
 */
export async function lookAtLink(
  fetcher: Fetcher,
  request: LookRequest,
  signal: AbortSignal,
): Promise<Look> {
  let followed = await follow(fetcher, request, signal);
  // Some servers cannot cut an empty file (RFC 9110 §15.5.17), others refuse ranges altogether.
  if (followed.result.kind === 'response' && followed.result.status === 416)
    followed = await follow(fetcher, { ...request, use: 'page' }, signal);
  const { result } = followed;
  signal.throwIfAborted();
  const cookie =
    result.kind === 'response'
      ? cookieHeaderFor(result.url, result.cookies, result.happenedAt)
      : undefined;
  return { sight: toSight(request, result, followed), cookie };
}

interface Followed {
  readonly result: FetchResult;
  readonly jumps: readonly LinkHop[];
  readonly jumpPage: LinkSight['jumpPage'];
  /** What was received before the result, with the pages that only sent the browser on. */
  readonly before: readonly ReceivedResponse[];
}

async function follow(
  fetcher: Fetcher,
  request: LookRequest,
  signal: AbortSignal,
): Promise<Followed> {
  const options = optionsOf(request, signal);
  const jumps: LinkHop[] = [];
  const before: ReceivedResponse[] = [];
  let jumpPage: LinkSight['jumpPage'] = null;
  let result = await fetcher.fetch(request.url, options);
  for (let jump = 0; jump < JUMPS_MAX; jump += 1) {
    const target = jumpTarget(result);
    if (target === null || result.kind !== 'response') break;
    before.push(...result.received);
    jumps.push(...hopsOf(result), { url: result.url, status: result.status, jump: true });
    jumpPage ??= { contentType: result.headers['content-type'] ?? '', body: result.body };
    const { cookie: _ours, ...headers } = options.headers ?? {};
    const cookie = cookieHeaderFor(result.url, result.cookies, result.happenedAt);
    const sameHost = new URL(result.url).host === new URL(target).host;
    const kept = sameHost && cookie !== undefined ? { ...headers, cookie } : headers;
    result = await fetcher.fetch(target, { ...options, headers: kept });
  }
  return { result, jumps, jumpPage, before };
}

function optionsOf(request: LookRequest, signal: AbortSignal): FetchOptions {
  const isFile = request.use !== 'page' && request.use !== 'frame';
  return {
    timeoutMs: request.limitMs ?? LOOK_LIMIT_MS,
    maxBytes: isFile ? FILE_BYTES : PAGE_BYTES,
    anyCertificate: request.kind === 'certificate',
    signal,
    headers: {
      ...(isFile ? { range: `bytes=0-${FILE_BYTES - 1}`, accept: '*/*' } : {}),
      ...(request.userAgent ? { 'user-agent': request.userAgent } : {}),
      ...(request.cookie ? { cookie: request.cookie } : {}),
    },
  };
}

function jumpTarget(result: FetchResult): string | null {
  if (result.kind !== 'response' || result.status !== 200) return null;
  const { body } = result;
  if (body.byteLength === 0 || body.byteLength > JUMP_BYTES_MAX) return null;
  // Latin-1: the marks looked for are ASCII, and any charset keeps those.
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  return /refresh|location/i.test(text) ? clientRedirect(text, result.url) : null;
}

/** The redirects before the last answer. */
function hopsOf(result: FetchResult): LinkHop[] {
  return result.received
    .slice(0, result.kind === 'response' ? -1 : undefined)
    .map(({ url, status }) => ({ url, status, jump: false }));
}

const NOTHING = new Uint8Array(0);

/** A fetch as a look, also one that somebody else made: a walk that waited in vain need not be waited for again. */
export function toSight(
  request: Pick<LookRequest, 'url' | 'kind'>,
  result: FetchResult,
  { jumps, jumpPage, before }: Omit<Followed, 'result'> = { jumps: [], jumpPage: null, before: [] },
): LinkSight {
  const common = {
    kind: request.kind,
    asked: request.url,
    url: result.url,
    hops: [...jumps, ...hopsOf(result)],
    jumpPage,
    at: result.happenedAt,
    outside: result.paced || (result.kind === 'error' && result.errorClass === 'dns'),
  };
  if (result.kind === 'error')
    return {
      ...common,
      status: null,
      failure: { class: result.errorClass, code: result.code, message: result.message },
      contentType: '',
      body: NOTHING,
      cut: false,
      retryAfterMs: null,
    };
  return {
    ...common,
    status: result.status,
    received: [...before, ...result.received],
    failure: null,
    contentType: result.headers['content-type'] ?? '',
    body: result.body,
    cut: result.truncated || isPart(result.headers['content-range'], result.body),
    retryAfterMs: retryAfter(result.headers['retry-after'], result.happenedAt),
  };
}

/** Whether an answer to a range is less than the whole file (`bytes 0-99/5000`; RFC 9110 §14.4). */
function isPart(contentRange: string | undefined, body: Uint8Array): boolean {
  const whole = /\/(\d{1,15})$/.exec(contentRange ?? '')?.[1];
  return whole !== undefined && Number(whole) > body.byteLength;
}

/** Retry-After (RFC 9110 §10.2.3): seconds or a date; null when it says neither. */
function retryAfter(header: string | undefined, now: string): number | null {
  const text = header?.trim() ?? '';
  if (text === '') return null;
  const seconds = /^\d{1,9}$/.test(text)
    ? Number(text)
    : (Date.parse(text) - Date.parse(now)) / 1000;
  if (Number.isNaN(seconds)) return null;
  return Math.min(Math.max(0, seconds), RETRY_AFTER_SECONDS_MAX) * 1000;
}
