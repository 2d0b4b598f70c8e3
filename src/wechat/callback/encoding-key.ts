import { createDecipheriv } from 'node:crypto';
import { UserError } from '../../lib/pure/errors.ts';
import type { Secret } from '../../lib/pure/secret.ts';

const KEY_FORM = /^[A-Za-z0-9]{43}$/;
const [BLOCK_BYTES, IV_BYTES, PADDING_MAX] = [16, 16, 32];
const [RANDOM_BYTES, LENGTH_BYTES] = [16, 4];

/** The 32 bytes of an EncodingAESKey. Throws {@link UserError} `config.invalid` when it is none. */
export function encodingKeyOf(text: Secret): Buffer {
  if (!KEY_FORM.test(text.reveal()))
    throw new UserError('config.invalid', '消息加解密密钥（EncodingAESKey）应是 43 个字母和数字。');
  return Buffer.from(`${text.reveal()}=`, 'base64');
}

/**
 * The message in an Encrypt text, or null when this key, or this AppID, is not the one it was made for. AES-256-CBC, IV the first
 * half of the key, PKCS#7 in blocks of 32 taken off by hand: the library knows blocks of 16 only (new-media-apis §2.5). Only
 * called for texts whose signature was right, so that what it answers teaches nobody anything about padding.
 */
export function decryptMessage(encrypted: string, key: Buffer, appId: string): string | null {
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length === 0 || bytes.length % BLOCK_BYTES !== 0) return null;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, IV_BYTES));
  decipher.setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const plain = withoutPadding(padded);
  if (plain === null || plain.length < RANDOM_BYTES + LENGTH_BYTES) return null;
  const length = plain.readUInt32BE(RANDOM_BYTES);
  const start = RANDOM_BYTES + LENGTH_BYTES;
  if (length > plain.length - start) return null;
  const owner = plain.subarray(start + length).toString('utf8');
  return owner === appId ? plain.subarray(start, start + length).toString('utf8') : null;
}

function withoutPadding(padded: Buffer): Buffer | null {
  const count = padded.at(-1) ?? 0;
  if (count < 1 || count > PADDING_MAX || count > padded.length) return null;
  const end = padded.length - count;
  return padded.subarray(end).every((byte) => byte === count) ? padded.subarray(0, end) : null;
}
