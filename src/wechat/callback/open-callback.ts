import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../lib/pure/secret.ts';
import { decryptMessage, encodingKeyOf } from './encoding-key.ts';
import { readXml, type XmlFields } from './read-xml.ts';

/** What the open platform's console and we agreed on. */
export interface CallbackKeys {
  readonly appId: string;
  readonly token: Secret;
  /** The present EncodingAESKey, then the one before it: both are in use for a while after a change. */
  readonly encodingKeys: readonly Secret[];
}

/** Query parameters as they came: absent ones are undefined, repeated ones are refused before. */
export interface CallbackQuery {
  readonly signature?: string | undefined;
  readonly msg_signature?: string | undefined;
  readonly timestamp?: string | undefined;
  readonly nonce?: string | undefined;
  readonly echostr?: string | undefined;
}

export const REFUSALS = {
  incomplete: '缺少签名、时间或随机数',
  signature: '签名不对',
  stale: '时间相差太多',
  replayed: '已经收过',
  xml: '内容不是消息',
  key: '密文解不开，或不是给本平台的',
} as const;
export type CallbackRefusal = keyof typeof REFUSALS;

/** `mark` = what no other callback has: whether it was taken before is asked of the database ({@link takeMark}). */
export type OpenedCallback =
  | { readonly ok: true; readonly fields: XmlFields; readonly mark: string }
  | { readonly ok: false; readonly refused: CallbackRefusal };

export const BODY_BYTES_MAX = 64 * 1024;
/** Clocks of both sides may differ by so much; a callback older than this is a replay (§2.5, proposal). */
export const CLOCK_WINDOW_MS = 5 * 60_000;

/** Whether the platform asks if this address is ours: then the answer is echostr. Null = it is not the platform. */
export function answerVerification(
  query: CallbackQuery,
  keys: CallbackKeys,
  now: number,
): string | null {
  const { signature, timestamp, nonce, echostr } = query;
  if (signature === undefined || echostr === undefined) return null;
  if (timestamp === undefined || nonce === undefined || !isTimely(timestamp, now)) return null;
  return isSigned(signature, [keys.token.reveal(), timestamp, nonce]) ? echostr : null;
}

/**
 * The message in a callback in secure mode. The signature over the encrypted text is proved first, then the time; only then is anything
 * decrypted, and only what was made for our AppID is believed. A callback in plain mode has no signature over its body and is refused.
 */
export function openCallback(
  query: CallbackQuery,
  body: string,
  { keys, now }: { readonly keys: CallbackKeys; readonly now: number },
): OpenedCallback {
  const { msg_signature: signature, timestamp, nonce } = query;
  if (signature === undefined || timestamp === undefined || nonce === undefined)
    return refuse('incomplete');
  const encrypted = readXml(body)?.get('Encrypt');
  if (encrypted === undefined || encrypted === '') return refuse('xml');
  if (!isSigned(signature, [keys.token.reveal(), timestamp, nonce, encrypted]))
    return refuse('signature');
  if (!isTimely(timestamp, now)) return refuse('stale');
  const message = decrypt(encrypted, keys);
  if (message === null) return refuse('key');
  const fields = readXml(message);
  if (fields === null) return refuse('xml');
  return { ok: true, fields, mark: `${timestamp} ${nonce}` };
}

const refuse = (refused: CallbackRefusal): OpenedCallback => ({ ok: false, refused });

function decrypt(encrypted: string, { appId, encodingKeys }: CallbackKeys): string | null {
  for (const key of encodingKeys) {
    const message = decryptMessage(encrypted, encodingKeyOf(key), appId);
    if (message !== null) return message;
  }
  return null;
}

/** SHA-1 over the sorted parts in hex, compared without telling by its time how much was right. */
function isSigned(signature: string, parts: readonly string[]): boolean {
  const expected = createHash('sha1')
    .update([...parts].sort().join(''))
    .digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const TIMESTAMP = /^\d{1,12}$/;

const isTimely = (timestamp: string, now: number): boolean =>
  TIMESTAMP.test(timestamp) && Math.abs(Number(timestamp) * 1000 - now) <= CLOCK_WINDOW_MS;
