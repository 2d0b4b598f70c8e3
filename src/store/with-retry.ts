import { setTimeout as sleep } from 'node:timers/promises';
import { TransientError } from '../lib/pure/errors.ts';

/** How long work waits for a database that went away. */
export interface Patience {
  /** From the first failure; then {@link TransientError} `store.unavailable`. */
  readonly totalMs: number;
  readonly signal: AbortSignal;
  /** Told once per wait, in Chinese, for the progress line or the log. */
  readonly onWait?: ((message: string) => void) | undefined;
}

const FIRST_DELAY_MS = 100;
/** A database that is starting again is found within this time. */
const DELAY_MAX_MS = 3_000;
/** Waiting processes come back spread over this part of a delay, not all at once. */
const SPREAD = 0.5;

/** Errors after which the same work may succeed: the connection was lost, or another transaction won. */
const isPassing = (error: unknown): error is TransientError =>
  error instanceof TransientError &&
  (error.code === 'store.lost' || error.code === 'store.conflict');

/**
 * Runs `work`, and runs it again while the database is away, with growing pauses. A connection may be lost while a commit is
 * answered, so `work` must be safe to run twice. Throws {@link TransientError} `store.unavailable` when patience ends, and the
 * signal's reason when aborted; any other error at once.
 */
export async function withRetry<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  let failedAt: number | null = null;
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(2 * delay, DELAY_MAX_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      patience.signal.throwIfAborted();
      failedAt ??= performance.now();
      const waitedMs = performance.now() - failedAt;
      if (waitedMs + delay > patience.totalMs) {
        throw new TransientError(
          'store.unavailable',
          `等了 ${Math.round(waitedMs / 1000)} 秒，数据库仍不可用：${error.message}。数据库恢复后用同样的命令会接着做`,
          { cause: error },
        );
      }
      patience.onWait?.(`${error.message}，${Math.ceil(delay / 1000)} 秒内重试……`);
      await sleep(delay * (1 - SPREAD * Math.random()), undefined, { signal: patience.signal });
    }
  }
}
