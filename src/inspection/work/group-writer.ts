import { setTimeout as sleep } from 'node:timers/promises';

/** Rows that come within this time are written together: one statement costs as much as ten. */
const GATHER_MS = 15;
const ROWS_MAX = 1_000;
/** More than this waiting means that the database is slower than the world; then adding waits. */
const WAITING_MAX = 5_000;

interface Waiting<T> {
  readonly row: T;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Writes rows of many concurrent tasks in groups. A row's promise resolves when it is committed: only then is its work finished. */
export class GroupWriter<T> {
  readonly #write: (rows: readonly T[]) => Promise<void>;
  readonly #waiting: Waiting<T>[] = [];
  #writing: Promise<void> | null = null;

  constructor(write: (rows: readonly T[]) => Promise<void>) {
    this.#write = write;
  }

  async add(row: T): Promise<void> {
    while (this.#waiting.length >= WAITING_MAX && this.#writing) await this.#writing;
    const written = new Promise<void>((resolve, reject) =>
      this.#waiting.push({ row, resolve, reject }),
    );
    this.#writing ??= this.#drain();
    await written;
  }

  async #drain(): Promise<void> {
    await sleep(GATHER_MS);
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, ROWS_MAX);
      try {
        await this.#write(group.map(({ row }) => row));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#writing = null;
  }
}
