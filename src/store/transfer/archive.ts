import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, type Pack, pack } from 'tar-stream';
import { UserError } from '../../lib/pure/errors.ts';

/**
 * The container of a backup: a tar file (any tar lists and unpacks it) whose first entry names the product, followed by one
 * line, the seal, with the SHA-256 of everything before it. A file without a right seal is torn or damaged, and is not read.
 */
const HEAD_NAME = 'xunjian-backup.txt';
const HEAD_TEXT = '巡鉴备份，格式 1。用 xunjian restore 恢复。\n';
const SEAL_FORM = /^xunjian-seal sha256 ([0-9a-f]{64})\n$/;
const SEAL_BYTES = 'xunjian-seal sha256 '.length + 64 + 1;
/** Of a tar entry's header, which begins with its name. */
const HEADER_BYTES = 512;
const OWNER_ONLY = 0o600;
/** One time for every entry: the same data make the same bytes. */
const EPOCH = new Date(0);

/** Writes an archive beside its final name and renames it when it is whole. */
export class ArchiveWriter {
  readonly #path: string;
  readonly #unfinished: string;
  readonly #pack: Pack = pack();
  readonly #written: Promise<void>;

  private constructor(path: string, unfinished: string, file: Writable) {
    this.#path = path;
    this.#unfinished = unfinished;
    this.#written = pipeline(sealed(this.#pack), file);
    // Whoever adds or finishes is told; until then it is no unhandled failure.
    this.#written.catch(() => undefined);
  }

  /** Throws {@link UserError} `backup.exists` or `backup.unwritable`. */
  static async create(path: string): Promise<ArchiveWriter> {
    if (existsSync(path))
      throw new UserError('backup.exists', `${path} 已经存在；请换一个文件名，备份不覆盖文件。`);
    const unfinished = `${path}.${process.pid}.part`;
    const handle = await open(unfinished, 'wx', OWNER_ONLY).catch((cause: unknown) => {
      throw new UserError('backup.unwritable', `写不了 ${path}；请检查目录是否存在、可写。`, {
        cause,
      });
    });
    const archive = new ArchiveWriter(path, unfinished, handle.createWriteStream());
    await archive.add(HEAD_NAME, Buffer.from(HEAD_TEXT));
    return archive;
  }

  async add(name: string, bytes: Uint8Array): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#pack.entry(headerOf(name, bytes.byteLength), Buffer.from(bytes), (error) =>
      error ? done.reject(error) : done.resolve(),
    );
    await Promise.race([done.promise, this.#failure()]);
  }

  /** Adds exactly `size` bytes of a stream. */
  async addStream(name: string, size: number, source: AsyncIterable<Uint8Array>): Promise<void> {
    const entry = this.#pack.entry(headerOf(name, size));
    await Promise.race([pipeline(source, entry), this.#failure()]);
  }

  /** Ends the archive with its seal, on the disk for good, under its final name. */
  async finish(): Promise<void> {
    this.#pack.finalize();
    await this.#written;
    const handle = await open(this.#unfinished, 'r+');
    await handle.sync();
    await handle.close();
    await rename(this.#unfinished, this.#path);
  }

  async discard(): Promise<void> {
    this.#pack.destroy();
    await this.#written.catch(() => undefined);
    await rm(this.#unfinished, { force: true });
  }

  /** Never resolves: rejects when the file cannot be written, which no entry would notice. */
  #failure(): Promise<never> {
    return this.#written.then(() => new Promise<never>(() => undefined));
  }
}

function headerOf(name: string, size: number) {
  return { name, size, mtime: EPOCH, mode: OWNER_ONLY, type: 'file' } as const;
}

async function* sealed(source: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    yield chunk;
  }
  yield Buffer.from(`xunjian-seal sha256 ${hash.digest('hex')}\n`);
}

/**
 * Reads the whole file once and compares its seal. Throws {@link UserError} `restore.foreign` (not ours), `restore.torn` (no
 * end) or `restore.damaged`.
 */
export async function checkSeal(path: string, signal: AbortSignal): Promise<void> {
  const { size, head, tail } = await ends(path);
  if (head.subarray(0, HEAD_NAME.length).toString('latin1') !== HEAD_NAME)
    throw refuse('foreign', path, '不是巡鉴的备份文件');
  const expected = SEAL_FORM.exec(tail.toString('latin1'))?.[1];
  if (expected === undefined)
    throw refuse('torn', path, '不完整：结尾缺失，可能没有写完或传输中断');
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { end: size - SEAL_BYTES - 1, signal }))
    hash.update(chunk as Uint8Array);
  if (hash.digest('hex') !== expected) throw refuse('damaged', path, '已损坏：内容与封签不符');
}

/** A refusal of a backup file: what is wrong with it, and that nothing was written. */
export function refuse(code: string, path: string, why: string): UserError {
  return new UserError(`restore.${code}`, `${path} ${why}；没有恢复任何内容，请改用另一份备份。`);
}

async function ends(path: string): Promise<{ size: number; head: Buffer; tail: Buffer }> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw new UserError('restore.unreadable', `读不了文件 ${path}；请检查路径和权限。`, { cause });
  });
  try {
    const { size } = await handle.stat();
    const read = async (length: number, position: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    };
    return {
      size,
      head: await read(HEADER_BYTES, 0),
      tail: await read(SEAL_BYTES, Math.max(0, size - SEAL_BYTES)),
    };
  } finally {
    await handle.close();
  }
}

export interface ArchiveEntry {
  readonly name: string;
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** The entries of a sealed archive in their order. Each must be read to its end, or left unread. */
export async function* readEntries(
  path: string,
  signal: AbortSignal,
): AsyncGenerator<ArchiveEntry> {
  const { size } = await ends(path);
  const reader = extract();
  const feeding = pipeline(createReadStream(path, { end: size - SEAL_BYTES - 1 }), reader, {
    signal,
  });
  // The reader ends with the same error.
  feeding.catch(() => undefined);
  for await (const entry of reader) {
    const { name, size: bytes, type } = entry.header;
    if (type !== 'file') throw refuse('damaged', path, `里有不认识的内容（${name}）`);
    if (name !== HEAD_NAME)
      yield {
        name,
        size: bytes ?? 0,
        content: entry as AsyncIterable<unknown> as AsyncIterable<Uint8Array>,
      };
    entry.resume();
  }
  await feeding;
}
