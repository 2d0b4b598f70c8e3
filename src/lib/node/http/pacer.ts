import { setTimeout as sleep } from 'node:timers/promises';

/** More than this many requests waiting for one address means that a budget upstream is missing. */
const WAITING_MAX = 20_000;

interface Lane {
  nextAt: number;
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * Politeness per destination address (not per host name: many sites share one platform): at most `concurrent` requests
 * under way, and `intervalMs` between two starts.
 */
export class Pacer {
  readonly #intervalMs: number;
  readonly #concurrent: number;
  readonly #lanes = new Map<string, Lane>();

  constructor(options: { intervalMs: number; concurrent: number }) {
    this.#intervalMs = options.intervalMs;
    this.#concurrent = options.concurrent;
  }

  /** Waits for a turn at `address`, runs `work`, frees the turn. */
  async run<T>(
    address: string,
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    const lane = this.#laneOf(address);
    await this.#enter(lane, signal);
    try {
      return await work();
    } finally {
      lane.running -= 1;
      const next = lane.waiting.shift();
      if (next) next();
      else if (lane.running === 0 && lane.nextAt <= performance.now()) this.#lanes.delete(address);
    }
  }

  #laneOf(address: string): Lane {
    const known = this.#lanes.get(address);
    if (known) return known;
    const lane: Lane = { nextAt: 0, running: 0, waiting: [] };
    this.#lanes.set(address, lane);
    return lane;
  }

  async #enter(lane: Lane, signal: AbortSignal | undefined): Promise<void> {
    while (lane.running >= this.#concurrent) {
      if (lane.waiting.length >= WAITING_MAX) throw new Error('等待同一地址的请求过多');
      await waitInLine(lane, signal);
    }
    lane.running += 1;
    const now = performance.now();
    const at = Math.max(now, lane.nextAt);
    lane.nextAt = at + this.#intervalMs;
    if (at <= now) return;
    try {
      await sleep(at - now, undefined, signal ? { signal } : {});
    } catch (error) {
      lane.running -= 1;
      lane.waiting.shift()?.();
      throw error;
    }
  }
}

/** Waits until a turn is given; an abort leaves the line at once, so that the turn goes to the next. */
function waitInLine(lane: Lane, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  return new Promise<void>((resolve, reject) => {
    const onTurn = (): void => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    };
    const onAbort = (): void => {
      const at = lane.waiting.indexOf(onTurn);
      if (at >= 0) lane.waiting.splice(at, 1);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    lane.waiting.push(onTurn);
  });
}
