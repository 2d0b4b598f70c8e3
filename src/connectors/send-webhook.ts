import { createHmac } from 'node:crypto';
import type { Fetcher, FetchResult } from '../lib/node/http/create-fetcher.ts';
import type { Secret } from '../lib/pure/secret.ts';
import { type OutgoingMessage, quoted, type SendOutcome } from './send-outcome.ts';

export const POST_LIMITS = { timeoutMs: 15_000, maxBytes: 64 * 1024, maxRedirects: 0 } as const;

/**
 * `X-Xunjian-Signature`: hex of HMAC-SHA256 over `<timestamp>.<body>` with the receiver's key, timestamp in Unix seconds. The receiver
 * computes the same, compares in constant time, refuses what is older than five minutes, and takes each `X-Xunjian-Id` once.
 */
export function webhookSignature(key: Secret, timestamp: string, body: string): string {
  return createHmac('sha256', key.reveal()).update(`${timestamp}.${body}`).digest('hex');
}

/** Posts one message to a webhook. Any 2xx is taken for received. Never throws for what the other side does. */
export async function sendWebhook(
  fetcher: Fetcher,
  { url, key }: { readonly url: string; readonly key: Secret },
  message: OutgoingMessage,
  now: Date,
): Promise<SendOutcome> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const { key: id, title, text } = message;
  const body = JSON.stringify({ id, title, text });
  const result = await fetcher.fetch(url, {
    ...POST_LIMITS,
    method: 'POST',
    body: Buffer.from(body),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-xunjian-id': id,
      'x-xunjian-timestamp': timestamp,
      'x-xunjian-signature': webhookSignature(key, timestamp, body),
    },
  });
  const failed = failureOf(result);
  if (failed !== null) return failed;
  return { kind: 'sent', code: 'ok', words: '' };
}

/** What HTTP itself says against a posting; null = a 2xx. */
export function failureOf(result: FetchResult): SendOutcome | null {
  if (result.kind === 'error') return networkFailure(result);
  const { status } = result;
  const code = String(status);
  const words = quoted(`HTTP ${status} ${Buffer.from(result.body).toString('utf8')}`);
  if (status >= 200 && status < 300) return null;
  if (status === 429 || status === 503) {
    const seconds = Number(result.headers['retry-after']);
    const afterMs = Number.isFinite(seconds) ? Math.min(seconds, 86_400) * 1000 : undefined;
    return {
      ...{ kind: 'retry', code, words, scope: 'channel' },
      ...(afterMs === undefined ? {} : { afterMs }),
    };
  }
  // Nobody knows what a server did before it failed.
  if (status >= 500) return { kind: 'uncertain', code, words };
  if (status === 401 || status === 403 || status === 404 || status === 410)
    return { kind: 'retry', code, words, scope: 'channel' };
  return { kind: 'refused', code, words };
}

function networkFailure(result: Extract<FetchResult, { kind: 'error' }>): SendOutcome {
  const { errorClass, message, timings } = result;
  const words = quoted(message);
  const neverSent =
    ['dns', 'refused', 'tls', 'forbidden-address'].includes(errorClass) || timings.tcpMs === null;
  return neverSent
    ? { kind: 'retry', code: errorClass, words, scope: 'channel' }
    : { kind: 'uncertain', code: errorClass, words };
}
