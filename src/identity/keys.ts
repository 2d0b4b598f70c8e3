import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { invariant, UserError } from '../lib/pure/errors.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keys kept beside the present one: a change is done in minutes, a restored backup may be of the time before. */
const FORMER_KEYS_MAX = 4;

/**
 * Keys of this installation, all derived from one of 32 bytes: given as a setting (base64url; needed where several machines
 * serve one PostgreSQL), else a file of the data folder that only its owner reads, made on first use. Behind the present key
 * may stand former ones (lines of the file, commas in the setting): they open what they sealed, until it is sealed anew.
 */
export class Keys {
  #roots: readonly Buffer[];
  #changes = 0;
  /** Null where the keys were given as a setting, and are changed there. */
  readonly #path: string | null;

  constructor(root: Buffer, former: readonly Buffer[] = [], path: string | null = null) {
    const roots = [root, ...former];
    if (roots.some(({ byteLength }) => byteLength !== KEY_BYTES))
      throw new UserError(
        'config.invalid',
        'XUNJIAN_SECRET_KEY 要是 32 字节（base64url，43 个字符）；换密钥时新的在前，逗号后面是旧的。',
      );
    if (former.length > FORMER_KEYS_MAX)
      throw new UserError('config.invalid', `旧密钥最多保留 ${FORMER_KEYS_MAX} 把。`);
    this.#roots = roots;
    this.#path = path;
  }

  static async open(path: string, given: string | null): Promise<Keys> {
    if (given !== null) return Keys.parse(given, null);
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
    return Keys.parse(await readFile(path, 'utf8'), path);
  }

  private static parse(text: string, path: string | null): Keys {
    const [root, ...former] = text
      .split(/[\s,]+/)
      .filter((each) => each !== '')
      .map((each) => Buffer.from(each, 'base64url'));
    return new Keys(root ?? Buffer.alloc(0), former, path);
  }

  /** Whether {@link Keys.change} can change them here; keys of a setting are changed in the setting. */
  get areOurs(): boolean {
    return this.#path !== null;
  }

  /** How often the keys were changed in this process: what was derived of them holds until then. */
  get changes(): number {
    return this.#changes;
  }

  get hasFormer(): boolean {
    return this.#roots.length > 1;
  }

  /** Puts a new key before the others, in the file first: whatever it seals can be opened after a crash. */
  async change(): Promise<void> {
    await this.#keep([randomBytes(KEY_BYTES), ...this.#roots].slice(0, 1 + FORMER_KEYS_MAX));
  }

  /** Forgets the former keys, when nothing is sealed by them any more. */
  async forgetFormer(): Promise<void> {
    await this.#keep(this.#roots.slice(0, 1));
  }

  /** The file is replaced as a whole, or not at all. */
  async #keep(roots: readonly Buffer[]): Promise<void> {
    const path = this.#path;
    invariant(path !== null, '由设置给出的密钥不能在这里换');
    const next = await open(`${path}.next`, 'w', 0o600);
    try {
      await next.writeFile(roots.map((root) => root.toString('base64url')).join('\n'));
      await next.sync();
    } finally {
      await next.close();
    }
    await rename(`${path}.next`, path);
    this.#roots = roots;
    this.#changes += 1;
  }

  /** The present key for one purpose (HKDF-SHA-256, RFC 5869). */
  derive(purpose: string): Buffer {
    return this.deriveAll(purpose)[0]!;
  }

  /** The keys for one purpose, the present one first, then the former ones. */
  deriveAll(purpose: string): readonly Buffer[] {
    return this.#roots.map((root) =>
      Buffer.from(hkdfSync('sha256', root, '', `xunjian ${purpose}`, KEY_BYTES)),
    );
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
    for (const key of this.deriveAll(purpose)) {
      const text = openWith(key, bytes);
      if (text !== null) return text;
    }
    return null;
  }
}

function openWith(key: Buffer, bytes: Buffer): string | null {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
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

/** 256 random bits as text: sessions, tokens, links. Only {@link hashOf} of it is ever stored. */
export const newSecret = (): string => randomBytes(KEY_BYTES).toString('base64url');

export const hashOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');
