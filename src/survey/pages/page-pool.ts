import { Worker } from 'node:worker_threads';
import type { CheckerParts } from '../../derive/text/checker-of.ts';
import {
  buildTermAutomaton,
  shareAutomaton,
  type TermAutomaton,
} from '../../derive/text/term-automaton.ts';
import type {
  ForgetWalk,
  PageReading,
  PageReply,
  PageRequest,
  PageWorkerData,
} from './page-message.ts';

export interface PagePoolOptions {
  readonly threads: number;
  /** Megabytes of each thread's heap; a page that needs more ends its thread, not the process. */
  readonly heapMb?: number;
  /** Terms that are looked for in every page's words, distinct; none looks for nothing. */
  readonly terms?: readonly string[];
  /** What the words of noted pages are checked with; none checks nothing. */
  readonly checker?: CheckerParts;
}

const HEAP_MB = 256;
/** Where fresh strings go: left to itself it grows to a hundred megabytes a thread for a tenth of the time. */
const YOUNG_MB = 16;
/** Buffers below this may share their memory with others (Buffer.poolSize) and are copied. */
const SHARED_BELOW = 8_192;

interface Waiting {
  readonly resolve: (reading: PageReading) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

/** Threads that read pages: decode, scan, links, dates, fingerprint, hash, archive record. Close it when the walks are over. */
export class PagePool implements AsyncDisposable {
  readonly #options: PagePoolOptions;
  readonly #terms: readonly string[];
  readonly #automaton: TermAutomaton | null;
  readonly #threads: Thread[] = [];
  #nextId = 1;
  #nextWalk = 1;
  #closed = false;

  constructor(options: PagePoolOptions) {
    this.#options = options;
    this.#terms = options.terms ?? [];
    this.#automaton =
      this.#terms.length === 0 ? null : shareAutomaton(buildTermAutomaton(this.#terms));
    for (let at = 0; at < options.threads; at += 1) this.#threads.push(this.#start());
  }

  /** Reads a page in the least busy thread. `response.body` is moved: nobody else may use it afterwards. */
  read(request: Omit<PageRequest, 'id'>): Promise<PageReading> {
    const thread = this.#threads.reduce((least, each) =>
      each.waiting.size < least.waiting.size ? each : least,
    );
    const id = this.#nextId++;
    const body = ownBytes(request.response.body);
    const message: PageRequest = { ...request, id, response: { ...request.response, body } };
    return new Promise((resolve, reject) => {
      thread.waiting.set(id, { resolve, reject });
      thread.worker.postMessage(message, body.byteLength > 0 ? [body.buffer as ArrayBuffer] : []);
    });
  }

  /** A number for a walk: what its pages link to is reported once per thread until it is forgotten. */
  beginWalk(): number {
    return this.#nextWalk++;
  }

  /** A walk is over. */
  forget(walk: number): void {
    for (const { worker } of this.#threads)
      worker.postMessage({ forget: walk } satisfies ForgetWalk);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #start(): Thread {
    const thread: Thread = { worker: this.#startWorker(), waiting: new Map() };
    this.#watch(thread);
    return thread;
  }

  #startWorker(): Worker {
    return new Worker(new URL('./page-worker.ts', import.meta.url), {
      workerData: {
        automaton: this.#automaton,
        checker: this.#options.checker ?? null,
      } satisfies PageWorkerData,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: {
        maxOldGenerationSizeMb: this.#options.heapMb ?? HEAP_MB,
        maxYoungGenerationSizeMb: YOUNG_MB,
      },
    });
  }

  #watch(thread: Thread): void {
    const { worker, waiting } = thread;
    worker.on('message', (reply: PageReply) => {
      const asked = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.ok) asked?.resolve({ ...reply.reading, terms: this.#wordsOf(reply.reading.terms) });
      else asked?.reject(new Error(reply.message));
    });
    worker.on('error', (error) => this.#replace(thread, error as Error));
    worker.on('exit', () => this.#replace(thread, new Error('读网页的线程已退出')));
  }

  #wordsOf(places: readonly number[] | null): string[] | null {
    return places === null ? null : places.map((place) => this.#terms[place]!);
  }

  /** A thread that ended (out of memory) is replaced; what it had in hand fails, the walk goes on. */
  #replace(thread: Thread, error: Error): void {
    for (const { reject } of thread.waiting.values()) reject(error);
    thread.waiting.clear();
    if (this.#closed) return;
    const at = this.#threads.indexOf(thread);
    if (at >= 0) this.#threads[at] = this.#start();
  }
}

/** Bytes in memory of their own, which can be moved to another thread. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  const whole = bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer;
  return whole && bytes.byteLength >= SHARED_BELOW ? bytes : Uint8Array.from(bytes);
}
