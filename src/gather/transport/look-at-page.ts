import type { PageLook } from '../../domain/transport-look.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';

/** 单次超过（含）15秒仍打不开 is the veto's line; whatever takes longer is no answer here either. */
const PAGE_LIMIT_MS = 15_000;
const PAGE_BYTES_MAX = 3 * 1024 * 1024;
const READ_TYPES = /text\/|html|xml|^$/i;

/** Asks for a page once over a new connection, never retried: what is measured is what a visitor's first visit takes. */
export async function lookAtPage(
  fetcher: Fetcher,
  url: string,
  signal: AbortSignal,
): Promise<PageLook> {
  const result = await fetcher.fetch(url, {
    fresh: true,
    timeoutMs: PAGE_LIMIT_MS,
    maxBytes: PAGE_BYTES_MAX,
    readTypes: READ_TYPES,
    signal,
  });
  const way = { url, finalUrl: result.url, hops: result.hops };
  if (result.kind === 'error')
    return {
      ...way,
      status: null,
      errorClass: result.errorClass,
      message: result.message,
      milliseconds: null,
      body: new Uint8Array(0),
      contentType: '',
    };
  const { dnsMs, totalMs } = result.timings;
  return {
    ...way,
    status: result.status,
    errorClass: null,
    message: '',
    milliseconds: totalMs === null ? null : Math.round((dnsMs ?? 0) + totalMs),
    body: result.body,
    contentType: result.headers['content-type'] ?? '',
  };
}
