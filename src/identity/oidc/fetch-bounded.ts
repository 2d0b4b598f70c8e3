import type { CustomFetch } from 'openid-client';
import { refuseOidc } from './refuse-oidc.ts';

/** Descriptions, keys and tokens are some kilobytes; who sends more is no identity provider. */
const ANSWER_BYTES_MAX = 1_000_000;
const WITHOUT_BODY = new Set([204, 205, 304]);

/** `fetch` for openid-client, whose answers end: in time by the signal it passes, in size here. */
export const fetchBounded: CustomFetch = async (url, { body, ...options }) => {
  const answer = await fetch(url, { ...options, ...(body == null ? {} : { body }) });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > ANSWER_BYTES_MAX)
      throw refuseOidc(
        'oidc.unavailable',
        new Error(`${url}: more than ${ANSWER_BYTES_MAX} bytes`),
      );
    chunks.push(chunk);
  }
  const { status, statusText, headers } = answer;
  const whole = WITHOUT_BODY.has(status) ? null : Buffer.concat(chunks);
  return new Response(whole, { status, statusText, headers });
};
