import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../lib/pure/errors.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Keys of this installation, all derived from one of 32 bytes: given as a setting (base64url; needed where several machines
 * serve one PostgreSQL), else a file of the data folder that only its owner reads, made on first use.
 */
export class Keys {
  readonly #root: Buffer;

  constructor(root: Buffer) {
    if (root.byteLength !== KEY_BYTES)
      throw new UserError(
        'config.invalid',
        'XUNJIAN_SECRET_KEY 要是 32 字节（base64url，43 个字符）。',
      );
    this.#root = root;
  }

  static async open(path: string, given: string | null): Promise<Keys> {
    if (given !== null) return new Keys(Buffer.from(given, 'base64url'));
    await mkdir(dirname(path), { recursive: true });
    try {
      const file = await open(path, 'wx', 0o600);
      try {
        await file.writeFile(randomBytes(KEY_BYTES).toString('base64url'));
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    return new Keys(Buffer.from((await readFile(path, 'utf8')).trim(), 'base64url'));
  }

  /** A key for one purpose (HKDF-SHA-256, RFC 5869). */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#root, '', `xunjian ${purpose}`, KEY_BYTES));
  }

  /** AES-256-GCM under the purpose's key: nonce, tag, ciphertext, base64url. */
  seal(purpose: string, text: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.derive(purpose), nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
  }

  /** The text again, or null when it was sealed by another key or changed. */
  unseal(purpose: string, sealed: string): string | null {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.byteLength < NONCE_BYTES + TAG_BYTES) return null;
    const decipher = createDecipheriv(
      'aes-256-gcm',
      this.derive(purpose),
      bytes.subarray(0, NONCE_BYTES),
    );
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      return Buffer.concat([
        decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
        decipher.final(),
      ]).toString('utf8');
    } catch {
      return null;
    }
  }
}

/** 256 random bits as text: sessions, tokens, links. Only {@link hashOf} of it is ever stored. */
export const newSecret = (): string => randomBytes(KEY_BYTES).toString('base64url');

export const hashOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');
