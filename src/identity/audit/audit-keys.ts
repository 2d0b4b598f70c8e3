import { createHmac, createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../lib/pure/errors.ts';
import type { Secret } from '../../lib/pure/secret.ts';

/** HMAC with SM3 (GB/T 32905) over UTF-8, hex. */
export function macOf(key: KeyObject, text: string): string {
  return createHmac('sm3', key).update(text).digest('hex');
}

export interface AuditKey {
  /** Names the key without telling it; stored in every row. */
  readonly id: string;
  readonly key: KeyObject;
}

/** The keys of one installation: new rows are chained under the first, the others still prove what they chained. */
export class AuditKeys {
  readonly current: AuditKey;
  readonly #byId: ReadonlyMap<string, AuditKey>;

  constructor(keys: readonly [AuditKey, ...AuditKey[]]) {
    this.current = keys[0];
    this.#byId = new Map(keys.map((key) => [key.id, key]));
  }

  get all(): readonly AuditKey[] {
    return [...this.#byId.values()];
  }

  get(id: string): AuditKey | undefined {
    return this.#byId.get(id);
  }
}

const KEY_FILE = 'audit-key';
const OWNER_ONLY = 0o600;
const KEY_BYTES = 32;
/** Keys of one installation: one a year for a working life. */
const KEYS_MAX = 50;
const KEY_FORM = /^[0-9a-f]{64}$/;

function keyOf(hex: string): AuditKey {
  const key = createSecretKey(Buffer.from(hex, 'hex'));
  return { id: macOf(key, 'xunjian-audit key id').slice(0, 16), key };
}

/** Reads keys as they are written: 64 hex digits each, the newest first. Throws {@link UserError} `audit.key`, never repeating them. */
export function parseKeys(text: string, where: string): AuditKeys {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const [first, ...older] = words.map((word) => word.toLowerCase());
  if (
    first === undefined ||
    words.length > KEYS_MAX ||
    ![first, ...older].every((word) => KEY_FORM.test(word))
  )
    throw new UserError(
      'audit.key',
      `${where} 里应是审计密钥：每把 64 位十六进制，最新的在前；请从备份恢复。`,
      { family: 'state' },
    );
  return new AuditKeys([keyOf(first), ...older.map(keyOf)]);
}

/**
 * The keys of this installation: the setting, else `audit-key` in the data folder, made on first use. Processes of one
 * PostgreSQL must be given the same; whoever has others is refused at the first row that it would write.
 */
export async function openAuditKeys(dataDir: string, setting: Secret | null): Promise<AuditKeys> {
  if (setting !== null) return parseKeys(setting.reveal(), 'XUNJIAN_AUDIT_KEY');
  const path = join(dataDir, KEY_FILE);
  const text = (await readFile(path, 'utf8').catch(missing)) ?? (await createFile(dataDir, path));
  await chmod(path, OWNER_ONLY);
  return parseKeys(text, path);
}

/** Puts a new key before those in the file. Atomic. */
export async function addAuditKey(dataDir: string): Promise<AuditKeys> {
  const path = join(dataDir, KEY_FILE);
  const text = `${newKey()}${(await readFile(path, 'utf8').catch(missing)) ?? ''}`;
  const keys = parseKeys(text, path);
  const unfinished = await writeBeside(path, text);
  await rename(unfinished, path);
  return keys;
}

const newKey = (): string => `${randomBytes(KEY_BYTES).toString('hex')}\n`;

/** Linked into place: of two processes that make one at the same time, both use the first. */
async function createFile(dataDir: string, path: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const unfinished = await writeBeside(path, newKey());
  try {
    await link(unfinished, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
  return readFile(path, 'utf8');
}

async function writeBeside(path: string, text: string): Promise<string> {
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, text, { mode: OWNER_ONLY, flag: 'wx', flush: true });
  return unfinished;
}

function missing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw new UserError('audit.key', '读不了审计密钥；请检查数据目录的权限。', { cause: error });
}
