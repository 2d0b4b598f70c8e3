import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../../lib/pure/dates.ts';

/** A site may send us away for so long; longer is for the next round. */
const RETRY_AFTER_MAX_MS = 10 * 60_000;

/** When a site may be asked again: its own wishes, beside the pace per address. Milliseconds of `performance.now()`. */
export class SitePause {
  #notBefore = 0;
  #intervalMs = 0;

  /** Crawl-delay: at least this long between two starts. */
  between(intervalMs: number): void {
    this.#intervalMs = intervalMs;
  }

  /** Takes a Retry-After header in; false when it is none that we can follow. `at` = when the answer came, for a header with a date. */
  retryAfter(header: string | undefined, at: Instant): boolean {
    const seconds = /^\s{0,9}\d{1,6}\s{0,9}$/.test(header ?? '')
      ? Number(header)
      : (Date.parse(header ?? '') - Date.parse(at)) / 1_000;
    if (Number.isNaN(seconds) || seconds * 1_000 > RETRY_AFTER_MAX_MS) return false;
    this.#notBefore = Math.max(this.#notBefore, performance.now() + Math.max(0, seconds) * 1_000);
    return true;
  }

  /** Waits until the site may be asked. */
  async turn(signal: AbortSignal): Promise<void> {
    for (;;) {
      const wait = this.#notBefore - performance.now();
      if (wait <= 0) break;
      await sleep(wait, undefined, { signal });
    }
    if (this.#intervalMs > 0) this.#notBefore = performance.now() + this.#intervalMs;
  }
}
