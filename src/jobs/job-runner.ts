import { setTimeout as sleep } from 'node:timers/promises';
import type { JobDefinition } from './job.ts';
import type { JobQueue, TakenJob } from './job-queue.ts';
import { decideRetry } from './retry-policy.ts';

const IDLE_MS = 500;
/** Pauses while the database is away. */
const AWAY_FIRST_MS = 500;
const AWAY_MAX_MS = 5_000;
const TOUCH_EVERY_MS = 5_000;
const SETTLE_TRIES = 10;

export interface RunnerOptions {
  readonly queue: JobQueue;
  readonly definitions: readonly JobDefinition[];
  /** Aborting it stops the runner: jobs under way are told, and handed back. */
  readonly signal: AbortSignal;
  /** Chinese lines for the person watching. */
  readonly note: (message: string) => void;
}

/** Takes jobs and runs them until stopped, each kind up to its own number at once. Waits while the database is away. */
export async function runJobs(options: RunnerOptions): Promise<void> {
  await Promise.all(options.definitions.map((definition) => new Lane(options, definition).run()));
}

/** The jobs of one kind in this process. */
class Lane {
  readonly #options: RunnerOptions;
  readonly #definition: JobDefinition;
  readonly #running = new Map<string, Promise<void>>();
  #wake: () => void = () => undefined;

  constructor(options: RunnerOptions, definition: JobDefinition) {
    this.#options = options;
    this.#definition = definition;
  }

  async run(): Promise<void> {
    const { queue, signal } = this.#options;
    const unsubscribe = queue.onSent(() => this.#wake());
    const onAbort = (): void => this.#wake();
    signal.addEventListener('abort', onAbort);
    const touching = setInterval(() => void this.#touch(), TOUCH_EVERY_MS);
    try {
      while (!signal.aborted) {
        const taken = await this.#take();
        for (const job of taken) this.#start(job);
        if (taken.length === 0 || this.#running.size >= this.#definition.atOnce) await this.#rest();
      }
      await Promise.all(this.#running.values());
    } finally {
      clearInterval(touching);
      signal.removeEventListener('abort', onAbort);
      unsubscribe();
    }
  }

  async #take(): Promise<TakenJob[]> {
    const { queue, signal, note } = this.#options;
    const free = this.#definition.atOnce - this.#running.size;
    if (free <= 0) return [];
    for (let pause = AWAY_FIRST_MS; ; pause = Math.min(pause * 2, AWAY_MAX_MS)) {
      try {
        return await queue.take(this.#definition.name, free);
      } catch (error) {
        if (signal.aborted) return [];
        note(`取不到任务（${messageOf(error)}），${pause / 1000} 秒后再试`);
        await sleep(pause, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Until a job ends, one is put in here, the runner stops, or it is time to look again. */
  async #rest(): Promise<void> {
    if (this.#options.signal.aborted) return;
    const timer = new AbortController();
    await Promise.race([
      new Promise<void>((resolve) => {
        this.#wake = resolve;
      }),
      ...this.#running.values(),
      sleep(IDLE_MS, undefined, { signal: timer.signal }).catch(() => undefined),
    ]);
    timer.abort();
  }

  #start(job: TakenJob): void {
    this.#running.set(
      job.id,
      this.#work(job).finally(() => this.#running.delete(job.id)),
    );
  }

  async #work(job: TakenJob): Promise<void> {
    const { queue, signal } = this.#options;
    const { name } = this.#definition;
    try {
      await this.#definition.run(this.#definition.payload.parse(job.payload), { signal });
      await this.#settle(() => queue.done(name, job.id));
    } catch (error) {
      await this.#fail(job, error);
    }
  }

  async #fail(job: TakenJob, error: unknown): Promise<void> {
    const { queue, signal, note } = this.#options;
    const { name } = this.#definition;
    const reason = messageOf(error);
    if (signal.aborted || decideRetry(error, job.tried) === 'retry') {
      if (!signal.aborted) note(`任务 ${name} 第 ${job.tried} 次没有做成：${reason}，稍后再试`);
      await this.#settle(() => queue.handBack(name, job.id, reason));
      return;
    }
    note(`任务 ${name} 放弃：${reason}`);
    await this.#settle(async () => {
      const payload = this.#definition.payload.safeParse(job.payload);
      if (payload.success) await this.#definition.gaveUp(payload.data, reason);
      await queue.drop(name, job.id);
    });
  }

  /** A settlement that the database never heard is made up for by the heartbeat: the job, safe to run twice, runs again. */
  async #settle(tell: () => Promise<void>): Promise<void> {
    for (let tried = 1; ; tried += 1) {
      try {
        await tell();
        return;
      } catch (error) {
        if (tried >= SETTLE_TRIES || this.#options.signal.aborted) {
          this.#options.note(`任务结果没有记上（${messageOf(error)}），稍后会再做一次`);
          return;
        }
        await sleep(AWAY_FIRST_MS * tried);
      }
    }
  }

  async #touch(): Promise<void> {
    // A missed beat is no failure: the next one comes before the job counts as lost.
    await this.#options.queue
      .touch(this.#definition.name, [...this.#running.keys()])
      .catch(() => undefined);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
