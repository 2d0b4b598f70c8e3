import type { WalkedLinkKind, WalkedPage } from '../../domain/walk.ts';

/** One address that waits for its visit. */
export interface FrontierEntry {
  /** Canonical. */
  readonly url: string;
  readonly kind: WalkedLinkKind;
  readonly depth: number;
  readonly from: string | null;
  readonly linkText: string;
}

/** Whether a new address is worth a visit; a text (Chinese) says why not. Asked once for each address. */
export type Admit = (entry: FrontierEntry) => string | null;

/**
 * What is known and what waits, in memory for one command or in the database for a round. A frontier never gives an address twice.
 */
export interface Frontier {
  /** Up to `limit` entries to visit now, pages before files; [] when nothing waits at present. */
  take(limit: number): Promise<readonly FrontierEntry[]>;
  /** Takes in what was seen, drops what is known, and asks `admit` about the rest. Returns what was refused. */
  add(entries: readonly FrontierEntry[], admit: Admit): Promise<readonly RefusedEntry[]>;
  /** Takes in addresses of other sites, which are not visited but of which it is kept where they stand. */
  noteOutside(entries: readonly FrontierEntry[]): Promise<void>;
  /** Whether the address is known already; makes it known. */
  claim(url: string): Promise<boolean>;
  /** A visit is over and kept: it is not given again after a crash. `pages`: one, or two when a redirect landed on another of the site. */
  finish(entry: FrontierEntry, pages: readonly WalkedPage[]): Promise<void>;
  /** Gives an entry back: it is visited again, behind those that wait. */
  giveBack(entry: FrontierEntry): Promise<void>;
  /** Addresses that wait. */
  waiting(): Promise<number>;
}

export interface RefusedEntry {
  readonly entry: FrontierEntry;
  readonly reason: string;
}

/** Addresses that a walk in memory knows at the most, about 300 bytes each; a larger site needs the database's frontier. */
const KNOWN_MAX = 300_000;

/** For a command that looks at one site and keeps nothing. */
export class MemoryFrontier implements Frontier {
  readonly #known = new Set<string>();
  readonly #pages: FrontierEntry[] = [];
  readonly #files: FrontierEntry[] = [];
  #nextPage = 0;
  #nextFile = 0;

  async take(limit: number): Promise<readonly FrontierEntry[]> {
    const pages = this.#pages.slice(this.#nextPage, this.#nextPage + limit);
    this.#nextPage += pages.length;
    const files = this.#files.slice(this.#nextFile, this.#nextFile + limit - pages.length);
    this.#nextFile += files.length;
    return [...pages, ...files];
  }

  async add(entries: readonly FrontierEntry[], admit: Admit): Promise<readonly RefusedEntry[]> {
    const refused: RefusedEntry[] = [];
    for (const entry of entries) {
      if (this.#known.has(entry.url)) continue;
      if (this.#known.size >= KNOWN_MAX) {
        refused.push({ entry, reason: `网址超过 ${KNOWN_MAX} 个` });
        continue;
      }
      this.#known.add(entry.url);
      const reason = admit(entry);
      if (reason !== null) refused.push({ entry, reason });
      else this.#queueOf(entry).push(entry);
    }
    return refused;
  }

  async noteOutside(): Promise<void> {}

  async claim(url: string): Promise<boolean> {
    const isNew = !this.#known.has(url);
    this.#known.add(url);
    return isNew;
  }

  async finish(): Promise<void> {}

  async giveBack(entry: FrontierEntry): Promise<void> {
    this.#queueOf(entry).push(entry);
  }

  async waiting(): Promise<number> {
    return this.#pages.length - this.#nextPage + this.#files.length - this.#nextFile;
  }

  #queueOf({ kind }: FrontierEntry): FrontierEntry[] {
    return kind === 'page' || kind === 'frame' ? this.#pages : this.#files;
  }
}
