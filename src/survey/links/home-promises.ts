import { isHomeAddress } from '../../derive/links/home-address.ts';
import { promisesService } from '../../derive/links/wrong-target.ts';
import type { LinkPromise } from '../../domain/link-check.ts';
import type { WalkedPageWithBody } from '../../domain/walk.ts';

/** Home addresses that links promise to be a service; a few are enough, for one is named. */
const PROMISES_MAX = 1_000;
const TAG_MAX = 600;

/** Links whose words name a service and whose address is a home page: the address alone would be judged by its first words, 首页. */
export class HomePromises {
  readonly #promises = new Map<string, LinkPromise>();

  take(page: WalkedPageWithBody): void {
    for (const { url, kind, text, guessed } of page.links) {
      if (kind !== 'page' || guessed || !promisesService(text) || !isHomeAddress(url)) continue;
      if (leadsToPlace(page.html, text) || this.#promises.size >= PROMISES_MAX) continue;
      const known = this.#promises.get(url);
      if (known === undefined || page.url < known.from)
        this.#promises.set(url, { text, from: page.url });
    }
  }

  of(url: string): LinkPromise | null {
    return this.#promises.get(url) ?? null;
  }
}

/** Whether the link names a place on the home page (`/#service`), which the canonical address no longer shows; in doubt, it does. */
function leadsToPlace(html: string, text: string): boolean {
  const at = html.indexOf(text);
  const before = html.slice(Math.max(0, at - TAG_MAX), Math.max(0, at));
  const tag = before.slice(before.lastIndexOf('<a'));
  return at < 0 || !tag.startsWith('<a') || tag.includes('#');
}
