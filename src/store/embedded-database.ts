import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { DatabaseError } from './database-error.ts';
import type { WorkerReply, WorkerRequest, WorkerSettings } from './embedded-worker.ts';

/** Rows of a query; `affectedRows` null where the statement changes none. */
export interface QueryRows {
  readonly rows: readonly unknown[];
  readonly affectedRows: number | null;
}

interface Waiting {
  readonly resolve: (rows: QueryRows) => void;
  readonly reject: (error: Error) => void;
}

/** The near side of the database thread. */
export class EmbeddedDatabase {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #closed = false;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (reply: WorkerReply) => this.#settle(reply));
    worker.on('error', (error) =>
      this.#failAll(error instanceof Error ? error : new Error(String(error))),
    );
    worker.on('exit', () => this.#failAll(new Error('数据库线程已退出')));
  }

  /** Starts the thread and waits until the database is open. */
  static async open(settings: WorkerSettings): Promise<EmbeddedDatabase> {
    const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), {
      workerData: settings,
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    // Only our own listeners are taken off again: the worker keeps some for itself.
    const opened = new AbortController();
    await Promise.race([
      once(worker, 'message', { signal: opened.signal }),
      once(worker, 'exit', { signal: opened.signal }).then(([code]) =>
        Promise.reject(new Error(`数据库线程没有启动（${code}）`)),
      ),
    ]).finally(() => opened.abort());
    return new EmbeddedDatabase(worker);
  }

  query(sql: string, parameters: readonly unknown[]): Promise<QueryRows> {
    return this.#send({ kind: 'query', sql, parameters });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#send({ kind: 'close' });
    this.#worker.removeAllListeners('exit');
    await this.#worker.terminate();
  }

  #send(
    request: { kind: 'query'; sql: string; parameters: readonly unknown[] } | { kind: 'close' },
  ): Promise<QueryRows> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...request } satisfies WorkerRequest);
    });
  }

  #settle(reply: WorkerReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.ok) waiting?.resolve({ rows: reply.rows, affectedRows: reply.affectedRows });
    else waiting?.reject(new DatabaseError(reply.message, reply.code, reply.detail));
  }

  #failAll(error: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
