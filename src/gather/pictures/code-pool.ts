import { Worker } from 'node:worker_threads';
import type { CodeReply, CodeRequest } from './code-message.ts';
import type { CodeReading } from './read-codes.ts';
import { PICTURE_BYTES_MAX } from './sniff-picture.ts';

export interface CodePoolOptions {
  readonly threads?: number;
  /** A picture that takes longer ends its thread and is refused. */
  readonly limitMs?: number;
}

const LIMIT_MS = 15_000;
const HEAP_MB = 512;

interface Waiting {
  readonly request: CodeRequest;
  readonly resolve: (reading: CodeReading) => void;
}

interface Thread {
  worker: Worker;
  now: Waiting | null;
  timer: NodeJS.Timeout | null;
}

/** Threads that read the QR codes of pictures, one picture each at a time. Started when the first comes; close it when all are read. */
export class CodePool implements AsyncDisposable {
  readonly #threads: Thread[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #size: number;
  readonly #limitMs: number;
  #nextId = 1;
  #closed = false;

  constructor({ threads = 1, limitMs = LIMIT_MS }: CodePoolOptions = {}) {
    this.#size = threads;
    this.#limitMs = limitMs;
  }

  /** Never rejects: a picture that ends its thread is refused with the reason. */
  read(bytes: Uint8Array): Promise<CodeReading> {
    if (bytes.byteLength > PICTURE_BYTES_MAX)
      return Promise.resolve(refusal(`图片超过 ${PICTURE_BYTES_MAX / 1024 / 1024} MB，不解码`));
    if (this.#closed) return Promise.resolve(refusal('已经停止解码'));
    return new Promise((resolve) => {
      this.#waiting.push({ request: { id: this.#nextId++, bytes }, resolve });
      if (this.#threads.length < this.#size && this.#threads.every(({ now }) => now !== null))
        this.#threads.push(this.#start());
      this.#handOut();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const thread of this.#threads) this.#answer(thread, refusal('已经停止解码'));
    for (const { resolve } of this.#waiting.splice(0)) resolve(refusal('已经停止解码'));
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #start(): Thread {
    const worker = new Worker(new URL('./code-worker.ts', import.meta.url), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    const thread: Thread = { worker, now: null, timer: null };
    worker.on('message', ({ id, reading }: CodeReply) => {
      if (thread.now?.request.id === id) this.#answer(thread, reading);
      this.#handOut();
    });
    worker.on('error', () => this.#replace(thread, '图片没有解完，内存不够或已损坏'));
    worker.on('exit', () => this.#replace(thread, '图片没有解完，解码线程已退出'));
    return thread;
  }

  #handOut(): void {
    for (const thread of this.#threads) {
      if (thread.now !== null) continue;
      const next = this.#waiting.shift();
      if (next === undefined) return;
      thread.now = next;
      thread.timer = setTimeout(() => {
        this.#replace(thread, `图片 ${this.#limitMs / 1_000} 秒没有解完，不再等`);
      }, this.#limitMs);
      thread.worker.postMessage(next.request);
    }
  }

  #answer(thread: Thread, reading: CodeReading): void {
    if (thread.timer !== null) clearTimeout(thread.timer);
    const { now } = thread;
    thread.now = null;
    thread.timer = null;
    now?.resolve(reading);
  }

  /** A thread that ended or hangs is replaced; its picture is refused, the others go on. */
  #replace(thread: Thread, reason: string): void {
    const at = this.#threads.indexOf(thread);
    this.#answer(thread, refusal(reason));
    if (this.#closed || at < 0) return;
    this.#threads[at] = this.#start();
    void thread.worker.terminate();
    this.#handOut();
  }
}

const refusal = (reason: string): CodeReading => ({ codes: [], refused: reason });
