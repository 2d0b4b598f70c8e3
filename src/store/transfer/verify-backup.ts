import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { TransferIo } from './copy-store.ts';
import {
  evidenceLine,
  evidenceOfEntry,
  MANIFEST_NAME,
  type Manifest,
  parseManifest,
  tableOfEntry,
} from './manifest.ts';
import { type BackupEntry, readEntries, refuse } from './read-backup.ts';
import { RowDigest } from './row-digest.ts';

const gunzipAsync = promisify(gunzip);

/** What is held in memory at once: a chunk packed and unpacked, the manifest. A backup of ours stays far below. */
const ENTRY_BYTES_MAX = 256 * 1024 * 1024;
const UNPACKED_BYTES_MAX = 512 * 1024 * 1024;

/**
 * Reads a sealed backup to its end: every row and file against the manifest, the files put into `staging` on the way. Throws
 * {@link UserError} `restore.damaged` or `restore.format`. The database is not needed.
 */
export async function verifyBackup(
  path: string,
  staging: string,
  io: TransferIo,
): Promise<Manifest> {
  const tables = new Map<string, RowDigest>();
  const files = new RowDigest();
  let bytes = 0;
  let manifest: Manifest | null = null;
  for await (const entry of readEntries(path, io.signal)) {
    const table = tableOfEntry(entry.name);
    const file = evidenceOfEntry(entry.name);
    if (table !== null) {
      const digest = tables.get(table) ?? new RowDigest();
      tables.set(table, digest);
      for (const line of await readLines(path, entry)) digest.add(line);
      io.onProgress(`核对 ${table}：${digest.rows} 行`);
    } else if (file !== null) {
      files.add(evidenceLine(file, entry.size, await unpack(entry, join(staging, file))));
      bytes += entry.size;
      io.onProgress(`核对证据：${files.rows} 个文件`);
    } else if (entry.name === MANIFEST_NAME) {
      manifest = parseManifest((await collect(path, entry)).toString('utf8'));
      if (manifest === null)
        throw refuse('format', path, '的格式这个版本不认识，可能是更新的版本写的');
    } else throw refuse('damaged', path, `里有不认识的内容（${entry.name}）`);
  }
  if (manifest === null) throw refuse('damaged', path, '里没有清单');
  const same =
    manifest.evidence.files === files.rows &&
    manifest.evidence.bytes === bytes &&
    manifest.evidence.checksum === files.checksum &&
    [...tables.keys()].every((name) => manifest.tables.some((table) => table.name === name)) &&
    manifest.tables.every((table) => isSame(table, tables.get(table.name) ?? new RowDigest()));
  if (!same) throw refuse('damaged', path, '的内容与清单不符');
  return manifest;
}

const isSame = (
  expected: Pick<RowDigest, 'rows' | 'checksum'>,
  found: Pick<RowDigest, 'rows' | 'checksum'>,
): boolean => expected.rows === found.rows && expected.checksum === found.checksum;

/** The lines of a table's chunk. */
export async function readLines(path: string, entry: BackupEntry): Promise<string[]> {
  const packed = await collect(path, entry);
  const text = await gunzipAsync(packed, { maxOutputLength: UNPACKED_BYTES_MAX }).catch(() => {
    throw refuse('damaged', path, `里的 ${entry.name} 解不开`);
  });
  return text.toString('utf8').split('\n').slice(0, -1);
}

async function collect(path: string, entry: BackupEntry): Promise<Buffer> {
  if (entry.size > ENTRY_BYTES_MAX) throw refuse('damaged', path, `里的 ${entry.name} 大得不正常`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry.content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function unpack(entry: BackupEntry, target: string): Promise<string> {
  await mkdir(dirname(target), { recursive: true });
  const hash = createHash('sha256');
  const hashing = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of entry.content) {
      hash.update(chunk);
      yield chunk;
    }
  };
  await pipeline(hashing, createWriteStream(target, { flags: 'wx' }));
  return hash.digest('hex');
}
