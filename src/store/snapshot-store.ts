import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';

const gzipAsync = promisify(gzip);
const gunzipAsync = promisify(gunzip);

/** What was archived may be no larger when read back: a guard against a damaged or planted file. */
const SNAPSHOT_BYTES_MAX = 64 * 1024 * 1024;
const HASH_FORM = /^[0-9a-f]{64}$/;

/**
 * The fetched bytes, content-addressed by SHA-256 and gzipped (level 1), one file each below `evidence/`.
 * Writing is idempotent and atomic: the same bytes are kept once, a kill leaves no half file under a final name.
 */
export class SnapshotStore {
  readonly #root: string;
  readonly #known = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Keeps `bytes` and returns their SHA-256 in hex. `hash` spares a second computation when the caller has it. */
  async put(
    bytes: Uint8Array,
    hash = createHash('sha256').update(bytes).digest('hex'),
  ): Promise<string> {
    if (this.#known.has(hash)) return hash;
    const path = this.#pathOf(hash);
    if (!(await exists(path))) {
      await mkdir(dirname(path), { recursive: true });
      const temporary = `${path}.${randomUUID()}`;
      await writeFile(temporary, await gzipAsync(bytes, { level: constants.Z_BEST_SPEED }));
      await rename(temporary, path);
    }
    if (this.#known.size < KNOWN_MAX) this.#known.add(hash);
    return hash;
  }

  /** The archived bytes, or null when there are none under `hash` or they no longer match it. */
  async get(hash: string): Promise<Uint8Array | null> {
    if (!HASH_FORM.test(hash)) return null;
    const packed = await readFile(this.#pathOf(hash)).catch(() => null);
    if (packed === null) return null;
    const bytes = await gunzipAsync(packed, { maxOutputLength: SNAPSHOT_BYTES_MAX }).catch(
      () => null,
    );
    if (bytes === null) return null;
    return createHash('sha256').update(bytes).digest('hex') === hash ? bytes : null;
  }

  /** Removes everything; only for tests and `--empty` set-ups. */
  async clear(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
    this.#known.clear();
  }

  #pathOf(hash: string): string {
    return join(this.#root, hash.slice(0, 2), `${hash.slice(2)}.gz`);
  }
}

/** Hashes remembered to spare a stat; 64 bytes each, so about 10 MB at the most. */
const KNOWN_MAX = 100_000;

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
