import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { UserError } from '../lib/pure/errors.ts';
import { Secret } from '../lib/pure/secret.ts';
import type { Keys } from './keys.ts';

/**
 * Secrets of others that are kept in the database (credentials of accounts): SM4-CBC (GB/T 32907-2016), then HMAC-SM3
 * (GB/T 32905-2016) over everything, keys derived per purpose from the installation's key, which is not in the database.
 * Sealed text: base64url of version (1 byte), name of the key (4), IV (16), ciphertext, MAC (32).
 */
export interface Sealing {
  /** `place` is where the text is kept, e.g. `account:12`: text that is moved elsewhere does not open. */
  seal(place: string, secret: Secret): string;
  /** Throws {@link UserError} `secret.foreign` (another installation's key) or `secret.broken` (changed, or moved). */
  open(place: string, sealed: string): Secret;
  /** Whole files that hold secrets, as bytes in the same form; opened by {@link Sealing.openBytes}. */
  sealBytes(place: string, bytes: Uint8Array): Buffer;
  /** Throws as {@link Sealing.open} does. */
  openBytes(place: string, sealed: Uint8Array): Buffer;
  /** Whether the text was sealed by the key that seals now; false asks for {@link Sealing.seal} again. */
  isCurrent(sealed: string): boolean;
}

const VERSION = 1;
const [NAME_BYTES, IV_BYTES, MAC_BYTES, BLOCK_BYTES] = [4, 16, 32, 16];
const HEAD_BYTES = 1 + NAME_BYTES + IV_BYTES;
const CIPHER = 'sm4-cbc';
/** A credential is some hundred characters; a cookie or a private key some thousand. */
const SECRET_CHARACTERS_MAX = 16_000;

/** The sealing of one purpose under the installation's keys. */
export function sealingOf(keys: Keys, purpose = 'account-credential'): Sealing {
  // Derived once for each change of the keys: a sweep opens a hundred thousand credentials.
  let derived: { readonly changes: number; readonly all: readonly PurposeKey[] } | null = null;
  const all = (): readonly PurposeKey[] => {
    if (derived?.changes !== keys.changes)
      derived = { changes: keys.changes, all: keys.deriveAll(purpose).map(purposeKey) };
    return derived.all;
  };
  return {
    seal: (place, secret) => {
      const text = secret.reveal();
      if (text.length > SECRET_CHARACTERS_MAX)
        throw new UserError('secret.long', `密钥最多 ${SECRET_CHARACTERS_MAX} 个字符。`);
      return seal(all()[0]!, place, Buffer.from(text)).toString('base64url');
    },
    open: (place, sealed) =>
      new Secret(open(all(), place, Buffer.from(sealed, 'base64url')).toString('utf8')),
    sealBytes: (place, bytes) => seal(all()[0]!, place, bytes),
    openBytes: (place, sealed) => open(all(), place, Buffer.from(sealed)),
    isCurrent: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64url');
      return bytes[0] === VERSION && bytes.subarray(1, 1 + NAME_BYTES).equals(all()[0]!.name);
    },
  };
}

const purposeKey = (key: Buffer): PurposeKey => ({
  name: part(key, 'name').subarray(0, NAME_BYTES),
  cipher: part(key, 'sm4').subarray(0, BLOCK_BYTES),
  mac: part(key, 'hmac-sm3'),
});

interface PurposeKey {
  /** First bytes of a digest of the key: tells another key from a changed text, and nothing else. */
  readonly name: Buffer;
  readonly cipher: Buffer;
  readonly mac: Buffer;
}

const part = (key: Buffer, use: string): Buffer => createHmac('sm3', key).update(use).digest();

function seal(key: PurposeKey, place: string, plain: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key.cipher, iv);
  const body = Buffer.concat([
    ...[Buffer.of(VERSION), key.name, iv],
    ...[cipher.update(plain), cipher.final()],
  ]);
  return Buffer.concat([body, macOf(key, place, body)]);
}

function open(keys: readonly PurposeKey[], place: string, bytes: Buffer): Buffer {
  if (bytes.byteLength < HEAD_BYTES + BLOCK_BYTES + MAC_BYTES || bytes[0] !== VERSION)
    throw broken();
  const name = bytes.subarray(1, 1 + NAME_BYTES);
  const key = keys.find((each) => each.name.equals(name));
  if (!key)
    throw new UserError(
      'secret.foreign',
      '密钥是用另一把安装密钥封存的，打不开；请把原数据目录里的 secret.key（或 XUNJIAN_SECRET_KEY）带过来，或重新填写密钥。',
      { family: 'state' },
    );
  const body = bytes.subarray(0, -MAC_BYTES);
  // The MAC first: nothing is deciphered of a text that is not ours, so its padding tells nobody anything.
  if (!timingSafeEqual(macOf(key, place, body), bytes.subarray(-MAC_BYTES))) throw broken();
  const decipher = createDecipheriv(CIPHER, key.cipher, body.subarray(1 + NAME_BYTES, HEAD_BYTES));
  return Buffer.concat([decipher.update(body.subarray(HEAD_BYTES)), decipher.final()]);
}

const broken = (): UserError =>
  new UserError('secret.broken', '封存的密钥被改动过或不在原处，打不开；请重新填写密钥。', {
    family: 'state',
  });

/** The place has a length before it: no place and text together read as another place and text. */
function macOf(key: PurposeKey, place: string, body: Buffer): Buffer {
  const where = Buffer.from(place);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(where.byteLength);
  return createHmac('sm3', key.mac).update(length).update(where).update(body).digest();
}
