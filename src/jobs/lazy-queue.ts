import type { Store } from '../store/store.ts';
import type { JobDefinition } from './job.ts';
import { JobQueue } from './job-queue.ts';

/** The one queue of a process, opened when first wanted: most commands want none. */
export class LazyQueue {
  readonly #store: Store;
  #queue: Promise<JobQueue> | null = null;
  /** Hears what goes wrong behind the scenes; the loops that use the queue say what it means. */
  onError: (error: Error) => void = () => undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The queue, with the queues of these kinds of jobs; several features share it. */
  async open(definitions: readonly JobDefinition[]): Promise<JobQueue> {
    const queue = await this.#opened();
    await queue.add(definitions);
    return queue;
  }

  #opened(): Promise<JobQueue> {
    if (this.#queue) return this.#queue;
    const opening = JobQueue.open(this.#store, [], (error) => this.onError(error));
    this.#queue = opening;
    // A database that was away may be there at the next try.
    opening.catch(() => {
      if (this.#queue === opening) this.#queue = null;
    });
    return opening;
  }

  async close(): Promise<void> {
    const queue = await this.#queue?.catch(() => null);
    this.#queue = null;
    await queue?.close();
  }
}
