import { servicePromises } from '../../derive/links/service-promises.ts';
import type { LinkPromise } from '../../domain/link-check.ts';
import type { PageNotes, WalkedPageWithBody } from '../../domain/walk.ts';

/** Home addresses that links promise to be a service; a few are enough, for one is named. */
const PROMISES_MAX = 1_000;

/** Home addresses that a site's links promise to be a service, each with the page that says so first by address. */
export class HomePromises {
  readonly #promises = new Map<string, LinkPromise>();

  take(page: WalkedPageWithBody): void {
    this.keep(page.url, servicePromises(page.links, page.html));
  }

  /** What was noted of a page when it was read. */
  keep(from: string, promises: PageNotes['promises']): void {
    for (const { url, text } of promises) {
      const known = this.#promises.get(url);
      if (known === undefined && this.#promises.size >= PROMISES_MAX) continue;
      if (known === undefined || from < known.from) this.#promises.set(url, { text, from });
    }
  }

  of(url: string): LinkPromise | null {
    return this.#promises.get(url) ?? null;
  }
}
