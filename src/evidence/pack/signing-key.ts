import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
  verify,
} from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../lib/pure/errors.ts';

/** The installation's signing key. The private part stays in the data folder, readable by its owner only, and is never printed. */
const KEY_FILE = 'evidence-key.pem';
const OWNER_ONLY = 0o600;

export interface SigningKey {
  /** SPKI, PEM. */
  readonly publicPem: string;
  /** SHA-256 (hex) of the public key's SPKI in DER. */
  readonly fingerprint: string;
  sign(bytes: Uint8Array): Uint8Array;
}

/** Reads the key of this data folder, or makes it once. Throws {@link UserError} `evidence.key` when the file is no Ed25519 key. */
export async function openSigningKey(dataDir: string): Promise<SigningKey> {
  const path = join(dataDir, KEY_FILE);
  const pem = (await readFile(path, 'utf8').catch(missing)) ?? (await createKey(dataDir, path));
  const key = parsePrivate(pem, path);
  await chmod(path, OWNER_ONLY);
  const publicKey = createPublicKey(key);
  return {
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    fingerprint: fingerprintOf(publicKey),
    sign: (bytes) => sign(null, bytes, key),
  };
}

function missing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw new UserError('evidence.key', '读不了签名密钥；请检查数据目录的权限。', { cause: error });
}

/** Written beside and linked into place: of two processes that make one at the same time, both use the first. */
async function createKey(dataDir: string, path: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const { privateKey } = generateKeyPairSync('ed25519');
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: OWNER_ONLY,
    flag: 'wx',
    flush: true,
  });
  try {
    await link(unfinished, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
  return readFile(path, 'utf8');
}

function parsePrivate(pem: string, path: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below: what the file holds must not appear in a message.
  }
  throw new UserError(
    'evidence.key',
    `${path} 不是 Ed25519 私钥；请从备份恢复它，或移走它以生成新的一把（以后的证据包就换了指纹）。`,
    { family: 'state' },
  );
}

function fingerprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Checks a detached signature; null when the PEM is no Ed25519 public key. */
export function checkSignature(
  publicPem: string,
  bytes: Uint8Array,
  signature: Uint8Array,
): { readonly fingerprint: string; readonly valid: boolean } | null {
  try {
    const key = createPublicKey(publicPem);
    if (key.asymmetricKeyType !== 'ed25519') return null;
    return { fingerprint: fingerprintOf(key), valid: verify(null, bytes, key, signature) };
  } catch {
    return null;
  }
}
