import { addressUse } from '../../derive/links/file-body.ts';
import type { LinkUse } from '../../domain/facts/link-facts.ts';
import type { LinkPromise, SiteLink } from '../../domain/link-check.ts';
import type { WalkedLink, WalkedPage } from '../../domain/walk.ts';

/** A distinct link of a site, where it first stands. */
export interface BookedLink extends SiteLink {
  readonly promises: readonly LinkPromise[];
  /** On the home page. */
  readonly onHome: boolean;
  /** Only ever read from a script: likely an address, not certainly. */
  readonly guessed: boolean;
}

/** Distinct links of a site; the largest provincial portal walked whole stays below a fifth of it. */
const LINKS_MAX = 1_000_000;
/** Places where links stand, eight bytes each. */
const PLACES_MAX = 20_000_000;
/** Different words for one address; menus and lists use one or two. */
const PROMISES_MAX = 4;
/** Shorter words (更多, 详情, 政务公开) promise nothing that could be broken. */
const PROMISE_CHARS_MIN = 5;

interface Target {
  readonly url: string;
  use: LinkUse;
  guessed: boolean;
}

interface FoundLink extends BookedLink {
  readonly promises: LinkPromise[];
}

function addPromise({ text: first, use, promises }: FoundLink, promise: LinkPromise): void {
  const { text } = promise;
  if (use !== 'page' || text === first || text.length < PROMISE_CHARS_MIN) return;
  if (promises.length >= PROMISES_MAX || promises.some((known) => known.text === text)) return;
  promises.push(promise);
}

/**
 * Which links stand on which pages. Pages come in whatever order the network gives; what is first is decided afterwards, breadth
 * first from the home page in document order, so that two checks of the same site name the same places.
 */
export class LinkBook {
  readonly #ids = new Map<string, number>();
  readonly #targets: Target[] = [];
  readonly #textIds = new Map<string, number>([['', 0]]);
  readonly #texts: string[] = [''];
  /** Page → its links as pairs of target and text. */
  readonly #pages = new Map<string, Uint32Array>();
  readonly #landings = new Map<string, string>();
  #places = 0;
  #leftOut = 0;
  #cutPages = 0;

  /** Links and places that did not fit. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** Counts links that somebody else had no room for. */
  leave(links: number): void {
    this.#leftOut += links;
  }

  /** Pages of which a part was not read: their last links are not known. */
  get cutPages(): number {
    return this.#cutPages;
  }

  get pages(): number {
    return this.#pages.size;
  }

  take(
    page: Pick<WalkedPage, 'url' | 'landedUrl' | 'outcome' | 'truncated'>,
    links: readonly WalkedLink[],
  ): void {
    if (page.landedUrl !== null) this.#landings.set(page.url, page.landedUrl);
    if (page.outcome !== 'page' && page.outcome !== 'unchanged') return;
    if (page.truncated) this.#cutPages += 1;
    const pairs: number[] = [];
    for (const link of links) {
      const id = this.#idOf(link);
      if (id === null) continue;
      if (this.#places >= PLACES_MAX) {
        this.#leftOut += 1;
        continue;
      }
      this.#places += 1;
      pairs.push(id, this.#textId(link.text));
    }
    this.#pages.set(page.url, Uint32Array.from(pairs));
  }

  /** Every distinct link once, in a stable order. `homeUrl` in canonical spelling. */
  links(homeUrl: string): BookedLink[] {
    const found = new Map<number, FoundLink>();
    const read = new Set<string>();
    const queue: string[] = [];
    const home = this.#pageOf(homeUrl);
    let next = 0;
    const reach = (start: string): void => {
      queue.push(start);
      for (; next < queue.length; next += 1) {
        const url = queue[next]!;
        const page = this.#pageOf(url);
        const pairs = this.#pages.get(page);
        if (pairs === undefined || read.has(page)) continue;
        read.add(page);
        this.#walkPairs(pairs, { page, onHome: page === home }, found, queue);
      }
    };
    reach(homeUrl);
    // Pages that only a sitemap names.
    for (const page of [...this.#pages.keys()].sort()) if (!read.has(page)) reach(page);
    return [...found.values()];
  }

  #walkPairs(
    pairs: Uint32Array,
    { page, onHome }: { page: string; onHome: boolean },
    found: Map<number, FoundLink>,
    queue: string[],
  ): void {
    for (let at = 0; at < pairs.length; at += 2) {
      const id = pairs[at]!;
      const text = this.#texts[pairs[at + 1]!]!;
      const known = found.get(id);
      if (known !== undefined) {
        addPromise(known, { text, from: page });
        continue;
      }
      const { url, use, guessed } = this.#targets[id]!;
      found.set(id, { url, use, guessed, text, from: page, onHome, promises: [] });
      queue.push(url);
    }
  }

  #pageOf(url: string): string {
    return this.#pages.has(url) ? url : (this.#landings.get(url) ?? url);
  }

  /** Null for what is no link to check: forms. */
  #idOf(link: WalkedLink): number | null {
    const { url } = link;
    const guessed = link.guessed ?? false;
    const use = linkUse(link);
    if (use === null) return null;
    const known = this.#ids.get(url);
    if (known !== undefined) {
      const target = this.#targets[known]!;
      if (!guessed) target.guessed = false;
      // An address that is also linked to is a link.
      if (use !== 'asset' && target.use === 'asset') target.use = use;
      return known;
    }
    if (this.#targets.length >= LINKS_MAX) {
      this.#leftOut += 1;
      return null;
    }
    const id = this.#targets.push({ url, use, guessed }) - 1;
    this.#ids.set(url, id);
    return id;
  }

  #textId(text: string): number {
    const known = this.#textIds.get(text);
    if (known !== undefined) return known;
    const id = this.#texts.push(text) - 1;
    this.#textIds.set(text, id);
    return id;
  }
}

function linkUse({ url, kind }: WalkedLink): LinkUse | null {
  if (kind === 'form') return null;
  if (kind === 'image' || kind === 'frame') return kind;
  const use = addressUse(url);
  // Films and documents that a page holds are content; its styles and scripts are what it is made with.
  if (kind === 'asset') return use === 'page' ? 'asset' : use;
  return use;
}
