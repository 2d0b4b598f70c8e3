import { CompiledQuery } from 'kysely';
import { PgBoss } from 'pg-boss';
import { invariant } from '../lib/pure/errors.ts';
import { translateDatabaseError } from '../store/database-error.ts';
import type { Store } from '../store/store.ts';
import { type Patience, withRetry } from '../store/with-retry.ts';
import type { JobDefinition, NewJob } from './job.ts';

/** A job in hand. */
export interface TakenJob {
  readonly id: string;
  readonly payload: unknown;
  /** 1 = first try. */
  readonly tried: number;
}

const SCHEMA = 'job';
/** A worker that says nothing for so long is dead, and its jobs go to others. */
const HEARTBEAT_SECONDS = 15;
const SUPERVISE_SECONDS = 5;
const RETRY_DELAY_SECONDS = 1;
const RETRY_DELAY_MAX_SECONDS = 30;
/** The decision to give up is ours (retry-policy.ts); the queue's own limit must never come first. */
const RETRY_LIMIT = 1_000;
const KEEP_DONE_SECONDS = 3_600;
const INSERT_BATCH = 500;
const POOL_SIZE = 3;

/**
 * The queue between processes, over pg-boss: jobs wait in the same database as everything else. What is done is kept by the
 * features' own tables; the queue may be lost and filled again. One per process: on the embedded database opening it empties it.
 */
export class JobQueue {
  readonly #boss: PgBoss;
  readonly #kind: Store['kind'];
  readonly #listeners = new Set<() => void>();
  readonly #made = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();
  readonly #patience: Patience;

  private constructor(boss: PgBoss, store: Store, onError: (error: Error) => void) {
    this.#boss = boss;
    this.#kind = store.kind;
    this.#patience = {
      totalMs: (store.database?.retrySeconds ?? 0) * 1_000,
      signal: this.#closing.signal,
      onWait: (message) => onError(new Error(message)),
    };
  }

  /** Starts the queue and makes the queues of `definitions`. `onError` hears what goes wrong behind the scenes. */
  static async open(
    store: Store,
    definitions: readonly JobDefinition[],
    onError: (error: Error) => void,
  ): Promise<JobQueue> {
    const boss = new PgBoss({
      ...connectionOf(store),
      schema: SCHEMA,
      schedule: false,
      // Nobody reads its list of processes, and its heartbeat was seen to fail on PostgreSQL (started_on null).
      registerInstance: false,
      superviseIntervalSeconds: SUPERVISE_SECONDS,
      monitorIntervalSeconds: SUPERVISE_SECONDS,
    });
    boss.on('error', onError);
    await boss.start();
    const queue = new JobQueue(boss, store, onError);
    await queue.add(definitions);
    return queue;
  }

  /** Makes the queues of further kinds of jobs; those that this process made already are left as they are. */
  async add(definitions: readonly JobDefinition[]): Promise<void> {
    for (const definition of definitions) {
      const making = this.#made.get(definition.name) ?? this.#make(definition);
      this.#made.set(definition.name, making);
      await making.catch((error: unknown) => {
        this.#made.delete(definition.name);
        throw error;
      });
    }
  }

  async #make({ name, expireSeconds }: JobDefinition): Promise<void> {
    await this.#boss.createQueue(name, {
      policy: 'exclusive',
      expireInSeconds: expireSeconds,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      retryLimit: RETRY_LIMIT,
      retryDelay: RETRY_DELAY_SECONDS,
      retryDelayMax: RETRY_DELAY_MAX_SECONDS,
      retryBackoff: true,
      deleteAfterSeconds: KEEP_DONE_SECONDS,
    });
    // One process at a time holds the embedded database: what is there was left by one that died.
    if (this.#kind === 'embedded') await this.#boss.deleteAllJobs(name);
  }

  /**
   * Puts jobs in; those whose key waits or runs already are left out. Waits for a PostgreSQL that went away; throws
   * {@link TransientError} `store.unavailable` when it stays away.
   */
  async send<P extends object>(
    definition: JobDefinition<P>,
    jobs: readonly NewJob<P>[],
  ): Promise<void> {
    for (let start = 0; start < jobs.length; start += INSERT_BATCH) {
      const batch = jobs.slice(start, start + INSERT_BATCH).map(({ key, payload, startAfter }) => ({
        data: payload,
        singletonKey: key,
        ...(startAfter === undefined ? {} : { startAfter }),
      }));
      await withRetry(() => this.#insert(definition.name, batch), this.#patience);
    }
    for (const listener of this.#listeners) listener();
  }

  /** The queue has connections of its own, which know nothing of the store's families of errors. */
  async #insert(name: string, batch: Parameters<PgBoss['insert']>[1]): Promise<void> {
    await this.#boss.insert(name, batch).catch((error: unknown) => {
      throw translateDatabaseError(error);
    });
  }

  /** Takes up to `count` waiting jobs; nobody else gets them until they are settled or this process falls silent. */
  async take(name: string, count: number): Promise<TakenJob[]> {
    const jobs = await this.#boss.fetch<object>(name, { batchSize: count });
    return jobs.map(({ id, data, retryCount }) => ({ id, payload: data, tried: retryCount + 1 }));
  }

  async done(name: string, id: string): Promise<void> {
    await this.#boss.complete(name, id);
  }

  /** Gives a job back, to be tried again after a pause that grows with its tries. */
  async handBack(name: string, id: string, reason: string): Promise<void> {
    await this.#boss.fail(name, id, { reason });
  }

  /** Puts a job that was given up back into its queue. */
  async retry(name: string, id: string): Promise<void> {
    await this.#boss.retry(name, id);
  }

  async drop(name: string, id: string): Promise<void> {
    await this.#boss.cancel(name, id);
  }

  /** Tells that jobs are still being worked on. */
  async touch(name: string, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#boss.touch(name, [...ids]);
  }

  /** Calls `listener` when this process puts jobs in. Returns the function that ends it. */
  onSent(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#boss.stop({ graceful: false, close: true });
  }
}

/** PostgreSQL: connections of the queue's own. Embedded: the store's one connection, statement by statement. */
function connectionOf(store: Store): ConstructorParameters<typeof PgBoss>[0] & object {
  if (store.kind === 'postgres') {
    invariant(store.database !== null, 'PostgreSQL 的库没有地址');
    return {
      connectionString: store.database.url.reveal(),
      application_name: 'xunjian-jobs',
      max: POOL_SIZE,
    };
  }
  return {
    backend: 'pglite',
    db: {
      executeSql: async (text, values) => {
        const { rows } = await store.db.executeQuery<object>(CompiledQuery.raw(text, values ?? []));
        return { rows: [...rows] };
      },
    },
  };
}
