import { randomBytes } from 'node:crypto';
import type { HostSights, LinkSight } from '../../domain/link-check.ts';

/** Kinds of missing address asked of one host: servers answer `.jsp` from elsewhere than `.html`. */
const MISSING_KINDS_MAX = 3;
/** Looks in a row without any answer after which a host is not asked about each of its further links. */
const SILENT_MAX = 6;

type LookAt = (url: string) => Promise<LinkSight>;

interface Note {
  answered: boolean;
  silent: number;
  home: Promise<LinkSight> | null;
  readonly missing: Map<string, Promise<LinkSight>>;
}

/** What the hosts of one check answered: asked once each, shared by all their links. */
export class HostNotes {
  readonly #notes = new Map<string, Note>();
  readonly #lookAt: LookAt;
  #outsideAnswered = false;

  constructor(lookAt: LookAt) {
    this.#lookAt = lookAt;
  }

  /** Whether any host beyond the resolve rules answered: then our own line works. */
  get outsideAnswered(): boolean {
    return this.#outsideAnswered;
  }

  take(sight: LinkSight): void {
    const note = this.#noteOf(sight.url);
    if (sight.status === null) {
      note.silent += sight.failure?.class === 'timeout' ? 1 : 0;
      return;
    }
    note.answered = true;
    note.silent = 0;
    if (sight.outside) this.#outsideAnswered = true;
  }

  /** A host that let so many looks wait and answered none. */
  isSilent(url: string): boolean {
    const note = this.#noteOf(url);
    return !note.answered && note.silent >= SILENT_MAX;
  }

  answered(url: string): boolean {
    return this.#noteOf(url).answered;
  }

  /** What the host of `url` says to an address of the same kind that cannot exist, and what its home page is. */
  async sights(url: string): Promise<HostSights> {
    const note = this.#noteOf(url);
    const { origin, pathname } = new URL(url);
    const kind = /\.(?:jsp|do|action|aspx?|php)$/i.exec(pathname)?.[0].toLowerCase() ?? '.html';
    if (!note.missing.has(kind) && note.missing.size < MISSING_KINDS_MAX) {
      const name = `xunjian-${randomBytes(6).toString('hex')}`;
      note.missing.set(kind, this.#lookAt(`${origin}/${name}${kind}`));
    }
    const missing = (await note.missing.get(kind)) ?? null;
    const isSoft = missing?.status === 200;
    if (isSoft) note.home ??= this.#lookAt(`${origin}/`);
    return { missing, home: isSoft ? await note.home : null, answered: note.answered };
  }

  /** Asks the host's home page once: whether it answers at all. */
  async wake(url: string): Promise<boolean> {
    const note = this.#noteOf(url);
    if (note.answered) return true;
    note.home ??= this.#lookAt(`${new URL(url).origin}/`);
    await note.home;
    return note.answered;
  }

  #noteOf(url: string): Note {
    const host = URL.parse(url)?.origin ?? '';
    const known = this.#notes.get(host);
    if (known) return known;
    const note: Note = { answered: false, silent: 0, home: null, missing: new Map() };
    this.#notes.set(host, note);
    return note;
  }
}
