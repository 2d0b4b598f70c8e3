import type { FetchResult } from '../../lib/node/http/create-fetcher.ts';

type Response = Extract<FetchResult, { kind: 'response' }>;

const BYTES_MAX = 32 * 1024 * 1024;
const KEPT_MS = 10 * 60_000;
/** What pages of one site share; lists and articles are asked for anew. */
const SHARED_KINDS = new Set(['stylesheet', 'script', 'font', 'image']);

/** Style sheets, scripts and pictures that several pages share: a guest does not ask for the same thing at every page. */
export class ResourceCache {
  readonly #kept = new Map<string, { readonly response: Response; readonly until: number }>();
  #bytes = 0;

  find(url: string, kind: string): Response | null {
    const found = SHARED_KINDS.has(kind) ? this.#kept.get(url) : undefined;
    if (found === undefined || found.until < performance.now()) return null;
    return found.response;
  }

  keep(url: string, kind: string, response: Response): void {
    const isKept = SHARED_KINDS.has(kind) && response.status === 200 && !response.truncated;
    if (!isKept || /no-store|private/i.test(response.headers['cache-control'] ?? '')) return;
    this.#drop(url);
    const bytes = response.body.byteLength;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes + bytes <= BYTES_MAX) break;
      this.#drop(oldest);
    }
    if (this.#bytes + bytes > BYTES_MAX) return;
    this.#kept.set(url, { response, until: performance.now() + KEPT_MS });
    this.#bytes += bytes;
  }

  #drop(url: string): void {
    const known = this.#kept.get(url);
    if (!known) return;
    this.#bytes -= known.response.body.byteLength;
    this.#kept.delete(url);
  }
}
