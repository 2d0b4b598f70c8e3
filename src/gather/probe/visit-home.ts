import type { VisitErrorClass, VisitOutcome } from '../../domain/site-facts.ts';
import type { Fetcher, FetchResult } from '../../lib/node/http/create-fetcher.ts';
import type { Timings } from '../../lib/node/http/exchange.ts';
import { clientRedirect, isChallengePage } from '../../lib/pure/challenge.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { ControlTargets } from './control-targets.ts';

/** 单次超过（含）15秒仍打不开记为失败. */
export const VISIT_LIMIT_MS = 15_000;
/** A home page's first part is enough to see that it opens; the rest is the crawl's business. */
const VISIT_BYTES_MAX = 256 * 1024;
/** Only small answers can be a challenge or a jump; larger ones are not decoded at all. */
const SMALL_BODY_BYTES = 32 * 1024;

/** One availability visit as it happened. */
export interface Visit {
  readonly url: string;
  readonly address: string | null;
  readonly outcome: VisitOutcome;
  readonly errorClass: VisitErrorClass | null;
  readonly status: number | null;
  readonly timings: Timings;
  readonly happenedAt: Instant;
  readonly paced: boolean;
}

/** Visits a home page once, never retried. A jump page is followed one step: the visitor's browser would. */
export async function visitHome(
  fetcher: Fetcher,
  url: string,
  more: { controls: ControlTargets; signal: AbortSignal },
): Promise<Visit> {
  const deadline = performance.now() + VISIT_LIMIT_MS;
  let result = await fetchOnce(fetcher, url, deadline, more.signal);
  const jump = jumpTarget(result);
  if (jump !== null) result = await fetchOnce(fetcher, jump, deadline, more.signal);
  const { outcome, errorClass } = judgeVisit(result);
  const own =
    outcome === 'failed' && errorClass !== null && (await more.controls.isOwnFault(errorClass));
  return {
    url,
    address: result.address,
    outcome: own ? 'own' : outcome,
    errorClass,
    status: result.kind === 'response' ? result.status : null,
    timings: result.timings,
    happenedAt: result.happenedAt,
    paced: result.paced,
  };
}

function fetchOnce(
  fetcher: Fetcher,
  url: string,
  deadline: number,
  signal: AbortSignal,
): Promise<FetchResult> {
  const timeoutMs = Math.max(1, Math.ceil(deadline - performance.now()));
  return fetcher.fetch(url, { fresh: true, timeoutMs, maxBytes: VISIT_BYTES_MAX, signal });
}

function jumpTarget(result: FetchResult): string | null {
  if (
    result.kind !== 'response' ||
    result.status !== 200 ||
    result.body.byteLength > SMALL_BODY_BYTES
  )
    return null;
  const text = latin(result.body);
  return /refresh|location/i.test(text) && !isChallengePage({ status: 200, text })
    ? clientRedirect(text, result.url)
    : null;
}

/** Bytes as Latin-1: the marks looked for are ASCII, and any charset keeps those. */
function latin(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
}

/** Statuses with which something in front of the site refuses us in particular. */
const REFUSED_STATUSES = new Set([401, 403, 412, 429, 521]);

/** What one answer says about the site: only a missing, broken or 5xx answer, or no home page at all, is a failure. */
export function judgeVisit(result: FetchResult): {
  outcome: VisitOutcome;
  errorClass: VisitErrorClass | null;
} {
  if (result.kind === 'error') {
    // Our own guard refused: the register's address is wrong, which a person has to see; it is no failure of the site.
    if (result.errorClass === 'forbidden-address')
      return { outcome: 'own', errorClass: 'forbidden-address' };
    return { outcome: 'failed', errorClass: result.errorClass };
  }
  const { status, body } = result;
  if (REFUSED_STATUSES.has(status)) return { outcome: 'blocked', errorClass: null };
  if (status >= 500) return { outcome: 'failed', errorClass: 'http5xx' };
  if (status >= 400) return { outcome: 'failed', errorClass: 'http4xx' };
  if (body.byteLength === 0) return { outcome: 'failed', errorClass: 'empty' };
  if (body.byteLength <= SMALL_BODY_BYTES && isChallengePage({ status, text: latin(body) }))
    return { outcome: 'blocked', errorClass: null };
  return { outcome: 'ok', errorClass: null };
}
