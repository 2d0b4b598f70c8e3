import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Store } from '../store.ts';
import { BackupWriter } from './backup-writer.ts';
import { type AnyDb, readCatalog, readMigrations, readNumbering, type Table } from './catalog.ts';
import type { TransferIo } from './copy-store.ts';
import { type EvidenceFile, listEvidence } from './evidence-folder.ts';
import {
  evidenceEntry,
  evidenceLine,
  FORMAT,
  MANIFEST_NAME,
  type Manifest,
  tableEntry,
} from './manifest.ts';
import { readRows } from './read-rows.ts';
import { RowDigest } from './row-digest.ts';

const gzipAsync = promisify(gzip);

/** Lines kept together in one entry: it is held in memory to be packed, and unpacked again. */
const CHUNK_CHARS = 4 * 1024 * 1024;
const PROGRESS_EVERY_FILES = 100;

/** The parts of an installation that a backup holds. */
export interface Installation {
  readonly store: Store;
  readonly evidenceDir: string;
}

/**
 * Writes database and evidence into one file, the database as it stands at one instant. Evidence is read after it: what a row
 * refers to was on the disk before the row. Throws {@link UserError} `backup.exists` or `backup.unwritable`; a failure leaves no file.
 */
export async function writeBackup(
  from: Installation,
  path: string,
  made: { readonly program: string; readonly createdAt: string },
  io: TransferIo,
): Promise<Manifest> {
  const writer = await BackupWriter.create(path);
  try {
    const database = await packDatabase(from.store, writer, io);
    const evidence = await packEvidence(from.evidenceDir, writer, io);
    const manifest: Manifest = {
      format: FORMAT,
      product: 'xunjian',
      ...made,
      source: from.store.kind,
      ...database,
      evidence,
    };
    await writer.add(MANIFEST_NAME, Buffer.from(JSON.stringify(manifest, null, 1)));
    await writer.finish();
    return manifest;
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

function packDatabase(
  store: Store,
  writer: BackupWriter,
  io: TransferIo,
): Promise<Pick<Manifest, 'migrations' | 'tables'>> {
  return store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (snapshot) => {
      const { tables } = await readCatalog(snapshot);
      const packed: Manifest['tables'] = [];
      for (const table of tables) {
        const digest = await packTable(snapshot, table, writer, io);
        packed.push({
          name: table.name,
          columns: table.columns.map((column) => column.name),
          rows: digest.rows,
          checksum: digest.checksum,
          numbering: await readNumbering(snapshot, table),
        });
      }
      return { migrations: await readMigrations(snapshot), tables: packed };
    });
}

async function packTable(
  snapshot: AnyDb,
  table: Table,
  writer: BackupWriter,
  io: TransferIo,
): Promise<RowDigest> {
  const digest = new RowDigest();
  let chunk: string[] = [];
  let chars = 0;
  let chunks = 0;
  const flush = async (): Promise<void> => {
    if (chunk.length === 0) return;
    chunks += 1;
    const packed = await gzipAsync(`${chunk.join('\n')}\n`, { level: constants.Z_BEST_SPEED });
    await writer.add(tableEntry(table.name, chunks), packed);
    chunk = [];
    chars = 0;
  };
  for await (const lines of readRows(snapshot, table, io.signal)) {
    for (const line of lines) {
      digest.add(line);
      chunk.push(line);
      chars += line.length;
      if (chars > CHUNK_CHARS) await flush();
    }
    io.onProgress(`备份 ${table.name}：${digest.rows} 行`);
  }
  await flush();
  return digest;
}

async function packEvidence(
  folder: string,
  writer: BackupWriter,
  io: TransferIo,
): Promise<Manifest['evidence']> {
  const digest = new RowDigest();
  let bytes = 0;
  for await (const file of listEvidence(folder)) {
    io.signal.throwIfAborted();
    digest.add(evidenceLine(file.path, file.bytes, await packFile(folder, file, writer)));
    bytes += file.bytes;
    if (digest.rows % PROGRESS_EVERY_FILES === 0) io.onProgress(`备份证据：${digest.rows} 个文件`);
  }
  return { files: digest.rows, bytes, checksum: digest.checksum };
}

/** A file that is still being added to goes in as long as it was when it was listed. Returns the SHA-256 of those bytes. */
async function packFile(folder: string, file: EvidenceFile, writer: BackupWriter): Promise<string> {
  const hash = createHash('sha256');
  const name = evidenceEntry(file.path);
  if (file.bytes === 0) await writer.add(name, new Uint8Array());
  else await writer.addStream(name, file.bytes, hashed(join(folder, file.path), file.bytes, hash));
  return hash.digest('hex');
}

async function* hashed(
  path: string,
  bytes: number,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { end: bytes - 1 })) {
    hash.update(chunk as Uint8Array);
    yield chunk as Uint8Array;
  }
}
