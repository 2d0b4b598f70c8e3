import type { LinkSight } from '../../domain/link-check.ts';
import { LOOK_LIMIT_MS, toSight } from '../../gather/links/look-at-link.ts';
import type { Fetcher, FetchOptions, FetchResult } from '../../lib/node/http/create-fetcher.ts';

/** Addresses remembered; a site on which more of them hang has been given up by its budget. */
const WAITED_MAX = 10_000;

/**
 * A walk's way out that waits for no address twice: a walk asks again within a second, which a hanging server answers with another
 * full wait. The later look asks again in its own time, and takes the walk's vain wait as its first.
 */
export class WaitingOnce implements Fetcher {
  readonly waited = new Map<string, LinkSight>();
  readonly #results = new Map<string, FetchResult>();
  readonly #fetcher: Fetcher;
  readonly #limitMs: number;

  constructor(fetcher: Fetcher, limitMs: number = LOOK_LIMIT_MS) {
    this.#fetcher = fetcher;
    this.#limitMs = limitMs;
  }

  async fetch(url: string, options: FetchOptions = {}): Promise<FetchResult> {
    const before = this.#results.get(url);
    if (before !== undefined) return before;
    const timeoutMs = Math.min(this.#limitMs, options.timeoutMs ?? this.#limitMs);
    const result = await this.#fetcher.fetch(url, { ...options, timeoutMs });
    const isVain =
      result.kind === 'error' && result.errorClass === 'timeout' && !options.signal?.aborted;
    if (isVain && this.waited.size < WAITED_MAX) {
      this.#results.set(url, result);
      this.waited.set(url, toSight({ url, kind: 'first' }, result));
    }
    return result;
  }

  /** The fetcher belongs to whoever made it. */
  async close(): Promise<void> {}
}
