import type { SiteResponse } from './site-plan.ts';

/** Finished answers of all sites: the least recently used go when the bytes are used up. */
export class PageCache {
  readonly #entries = new Map<string, SiteResponse>();
  readonly #limitBytes: number;
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Bytes of bodies held now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The answer under `key`, made by `make` when it is not there. */
  take(key: string, make: () => SiteResponse): SiteResponse {
    const held = this.#entries.get(key);
    if (held) {
      this.#entries.delete(key);
      this.#entries.set(key, held);
      return held;
    }
    const made = make();
    this.#entries.set(key, made);
    this.#bytes += made.body.length;
    this.#shrink();
    return made;
  }

  #shrink(): void {
    for (const [key, entry] of this.#entries) {
      if (this.#bytes <= this.#limitBytes) return;
      this.#entries.delete(key);
      this.#bytes -= entry.body.length;
    }
  }
}

/** Enough for every home page of a large province in two encodings. */
const SHARED_LIMIT_BYTES = 32 * 1024 * 1024;

/** The cache that all sites of the process share. */
export const sharedPages = new PageCache(SHARED_LIMIT_BYTES);
