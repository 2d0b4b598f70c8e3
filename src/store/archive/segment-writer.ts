import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/** Written out when this much waits, or when somebody asks for `flush`. */
const DRAIN_BYTES = 1024 * 1024;

/**
 * Appends gzip members to one segment file that nobody else writes (created exclusively). `append` only queues and gives
 * the place; after `flush` everything appended before it is on the disk. After a failed write the segment takes nothing more.
 */
export class SegmentWriter {
  readonly id: number;
  readonly path: string;
  readonly #file: FileHandle;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #size = 0;
  #draining: Promise<void> = Promise.resolve();
  #syncing: Promise<void> | null = null;
  #nextSync: Promise<void> | null = null;
  #failure: unknown = null;

  private constructor(id: number, path: string, file: FileHandle) {
    this.id = id;
    this.path = path;
    this.#file = file;
  }

  static async create(id: number, path: string): Promise<SegmentWriter> {
    await mkdir(dirname(path), { recursive: true });
    return new SegmentWriter(id, path, await open(path, 'wx'));
  }

  /** File name. */
  get name(): string {
    return basename(this.path);
  }

  /** Bytes appended so far. */
  get size(): number {
    return this.#size;
  }

  get isBroken(): boolean {
    return this.#failure !== null;
  }

  append(member: Uint8Array): { position: number; length: number } {
    if (this.#failure !== null) throw this.#failure;
    const place = { position: this.#size, length: member.byteLength };
    this.#waiting.push(member);
    this.#waitingBytes += member.byteLength;
    this.#size += member.byteLength;
    if (this.#waitingBytes >= DRAIN_BYTES) this.#drain().catch(() => undefined);
    return place;
  }

  /** Resolves when all that was appended is on the disk. Callers that come while one is under way share the next. */
  async flush(): Promise<void> {
    if (this.#syncing === null) {
      this.#syncing = this.#sync().finally(() => {
        this.#syncing = null;
      });
      return this.#syncing;
    }
    const running = this.#syncing;
    this.#nextSync ??= running
      .catch(() => undefined)
      .then(() => {
        this.#nextSync = null;
        return this.flush();
      });
    return this.#nextSync;
  }

  /** Flushes and closes; returns the file's length. */
  async close(): Promise<number> {
    try {
      await this.flush();
    } finally {
      await this.#file.close();
    }
    return this.#size;
  }

  async #sync(): Promise<void> {
    await this.#drain();
    await this.#file.datasync();
  }

  #drain(): Promise<void> {
    this.#draining = this.#draining.then(() => this.#writeOut());
    return this.#draining;
  }

  async #writeOut(): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    const batch = this.#waiting;
    if (batch.length === 0) return;
    this.#waiting = [];
    this.#waitingBytes = 0;
    try {
      const bytes = batch.reduce((sum, each) => sum + each.byteLength, 0);
      const { bytesWritten } = await this.#file.writev(batch);
      if (bytesWritten !== bytes) throw new Error('磁盘没有写下全部内容');
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }
}
