import type { LinkSight } from '../../domain/link-check.ts';
import { isChallengePage } from '../../lib/pure/challenge.ts';
import { isBlankPage } from '../../lib/pure/html-text.ts';

/** Which look a sight calls for. These are plain facts of the protocol; what the link *is* is decided elsewhere. */

/** What refuses or shows nothing is small; a larger page is a page. */
const CHALLENGE_BYTES_MAX = 32 * 1024;

/** Something came that could be the thing asked for. */
export function hasContent(sight: LinkSight): boolean {
  const { status, body } = sight;
  if (status === null || status >= 300 || body.byteLength === 0) return false;
  return !isChallenge(sight) && !isBlank(sight);
}

const isBlank = ({ body, contentType }: LinkSight): boolean =>
  body.byteLength <= CHALLENGE_BYTES_MAX && /html/i.test(contentType) && isBlankPage(ascii(body));

function isChallenge({ status, body, contentType }: LinkSight): boolean {
  if (body.byteLength > CHALLENGE_BYTES_MAX || !/html|^$/i.test(contentType)) return false;
  return isChallengePage({ status: status ?? 0, text: ascii(body) });
}

/** Latin-1: the marks looked for are ASCII, and any charset keeps those. */
const ascii = (body: Uint8Array): string =>
  Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');

/** Refusals of us in particular: another agent may get through, time changes nothing. */
const REFUSED = new Set([
  401, 402, 403, 405, 406, 407, 412, 418, 421, 423, 425, 428, 451, 521, 999,
]);

export function isRefusal(sight: LinkSight): boolean {
  return sight.status !== null && (REFUSED.has(sight.status) || isChallenge(sight));
}

/** Only the certificate or the handshake failed. */
export function isEncryptionFailure(sight: LinkSight): boolean {
  return sight.failure?.class === 'tls';
}

/** Nothing more is to be learned: our own guard refused. */
export function isForbidden(sight: LinkSight): boolean {
  return sight.failure?.class === 'forbidden-address';
}
