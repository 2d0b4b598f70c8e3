import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type AuditKeys, macOf } from './audit-keys.ts';
import { type ChainedRow, canonicalText } from './audit-row.ts';
import type { HashWork } from './hash-worker.ts';

/** Fewer rows are hashed here and now: a thread takes longer to start. */
const ALONE_ROWS_MAX = 2_000;

/** Computes what the hashes of rows ought to be; many rows in a thread of its own, so that reading goes on meanwhile. */
export class RowHasher {
  readonly #keys: AuditKeys;
  #worker: Worker | null = null;

  constructor(keys: AuditKeys) {
    this.#keys = keys;
  }

  /** In the order of the rows; null where the row's key is not ours. One call at a time. */
  async hashes(rows: readonly ChainedRow[]): Promise<readonly (string | null)[]> {
    const known = rows.filter((row) => this.#keys.get(row.key_id) !== undefined);
    const macs =
      known.length <= ALONE_ROWS_MAX
        ? known.map((row) => macOf(this.#keys.get(row.key_id)!.key, canonicalText(row)))
        : await this.#inThread(known);
    if (known.length === rows.length) return macs;
    const rest = macs[Symbol.iterator]();
    return rows.map((row) =>
      this.#keys.get(row.key_id) === undefined ? null : (rest.next().value ?? null),
    );
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  async #inThread(rows: readonly ChainedRow[]): Promise<readonly string[]> {
    this.#worker ??= this.#start();
    const runs: { keyId: string; texts: string[] }[] = [];
    for (const row of rows) {
      const last = runs.at(-1);
      if (last?.keyId === row.key_id) last.texts.push(canonicalText(row));
      else runs.push({ keyId: row.key_id, texts: [canonicalText(row)] });
    }
    const answer = once(this.#worker, 'message');
    this.#worker.postMessage({ runs } satisfies HashWork);
    return (await answer)[0] as string[];
  }

  #start(): Worker {
    const keys = new Map(this.#keys.all.map(({ id, key }) => [id, key]));
    return new Worker(new URL('./hash-worker.ts', import.meta.url), {
      workerData: keys,
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
  }
}
