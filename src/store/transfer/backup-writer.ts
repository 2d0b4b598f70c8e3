import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import { UserError } from '../../lib/pure/errors.ts';

/**
 * The container of a backup: a tar file (any tar lists and unpacks it) whose first entry names the product, followed by one
 * line, the seal, with the SHA-256 of everything before it. A file without a right seal is torn or damaged, and is not read.
 */
export const HEAD_NAME = 'xunjian-backup.txt';
const HEAD_TEXT = '巡鉴备份，格式 1。用 xunjian restore 恢复。\n';
const SEAL_START = 'xunjian-seal sha256 ';
export const SEAL_FORM = new RegExp(`^${SEAL_START}([0-9a-f]{64})\\n$`);
export const SEAL_BYTES = SEAL_START.length + 64 + 1;
const OWNER_ONLY = 0o600;
/** One time for every entry: the same data make the same bytes. */
const EPOCH = new Date(0);

/** Writes a backup beside its final name and renames it when it is whole. */
export class BackupWriter {
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
  static async create(path: string): Promise<BackupWriter> {
    if (existsSync(path))
      throw new UserError('backup.exists', `${path} 已经存在；请换一个文件名，备份不覆盖文件。`);
    const unfinished = `${path}.${process.pid}.part`;
    const handle = await open(unfinished, 'wx', OWNER_ONLY).catch((cause: unknown) => {
      throw new UserError('backup.unwritable', `写不了 ${path}；请检查目录是否存在、可写。`, {
        cause,
      });
    });
    const writer = new BackupWriter(path, unfinished, handle.createWriteStream());
    await writer.add(HEAD_NAME, Buffer.from(HEAD_TEXT));
    return writer;
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

  /** Ends the file with its seal, on the disk for good, under its final name. */
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
  yield Buffer.from(`${SEAL_START}${hash.digest('hex')}\n`);
}
