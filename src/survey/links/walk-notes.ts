import { isSameAddress } from '../../derive/links/home-address.ts';
import { pageDoubt } from '../../derive/links/page-doubt.ts';
import { mayMislead } from '../../derive/links/wrong-target.ts';
import { fingerprintDistance } from '../../derive/scan/fingerprint.ts';
import type { LinkVerdict } from '../../domain/link-check.ts';
import type { FileLook, WalkedPage, WalkedPageWithBody } from '../../domain/walk.ts';
import type { BookedLink } from './link-book.ts';

/** A visit of a walk, as links to its address are judged by it. */
export interface VisitedTarget
  extends Pick<
    WalkedPage,
    'url' | 'outcome' | 'status' | 'landedUrl' | 'title' | 'fingerprint' | 'file'
  > {
  /** The words that were held against the page. */
  readonly heldText: string;
  /** What is odd about a page (derive/links/page-doubt.ts); null for everything else. */
  readonly doubt: string | null;
}

/** What a walk's visit says of a link: settled, or to be looked at more closely. */
interface WalkNote {
  readonly status: number | null;
  /** Null: the page or file is as it should be. Else what is odd about it. */
  readonly doubt: string | null;
  readonly landedUrl: string | null;
  readonly heldText: string;
  readonly title: string;
  readonly fingerprint: string | null;
  /** A page came, whatever was asked for. */
  readonly isPage: boolean;
}

/** Nearly equal texts differ in fewer bits (derive/scan/fingerprint.ts). */
const SAME_PAGE_BITS = 6;
const LANDINGS_MAX = 5;

/**
 * What a whole-site walk saw of the site's own addresses. Only doubts cost another request: a page that reads as one settles its
 * link, so that checking a sound site costs hardly more than walking it.
 */
export class WalkNotes {
  readonly #notes = new Map<string, WalkNote>();

  take(page: WalkedPageWithBody): void {
    const doubt = page.outcome === 'page' ? pageDoubt(page) : null;
    this.keep({ ...page, heldText: page.linkText, doubt });
  }

  keep(target: VisitedTarget): void {
    const { outcome, file, status, landedUrl, heldText, title, fingerprint } = target;
    this.#notes.set(target.url, {
      ...{ status, landedUrl, heldText, title, fingerprint },
      doubt: doubtOf(target),
      isPage: outcome === 'page' || outcome === 'unchanged' || file?.signature === 'html',
    });
  }

  /** The verdict when the walk's visit suffices, else null. `missing` = fingerprint of what the site shows at a made-up address. */
  verdictOf(link: BookedLink, missing: string | null): LinkVerdict | null {
    const note = this.#notes.get(link.url);
    if (note === undefined || note.doubt !== null) return null;
    const isFile = link.use === 'attachment' || link.use === 'image';
    if (isFile && note.isPage) return null;
    const landed = this.#landing(link.url, note);
    if (landed === null || landed.doubt !== null || isLike(landed, missing)) return null;
    if (promisesMore(link, landed)) return null;
    return { class: 'ok', status: note.status, reason: '可以打开' };
  }

  /** Whether the walk asked for an address and did not get what was asked for. */
  isLost(url: string): boolean {
    const note = this.#notes.get(url);
    return note?.doubt === 'http-error' || note?.doubt === 'failed';
  }

  /** Where redirects that only mend the spelling ended; null when they went elsewhere or that page was not seen. */
  #landing(url: string, start: WalkNote): WalkNote | null {
    let note = start;
    let at = url;
    for (let step = 0; note.landedUrl !== null; step += 1) {
      const next = this.#notes.get(note.landedUrl);
      if (step >= LANDINGS_MAX || next === undefined || !isSameAddress(at, note.landedUrl))
        return null;
      at = note.landedUrl;
      note = next;
    }
    return note;
  }
}

const isLike = ({ fingerprint }: WalkNote, missing: string | null): boolean =>
  missing !== null &&
  fingerprint !== null &&
  fingerprintDistance(fingerprint, missing) <= SAME_PAGE_BITS;

/** Words other than those with which the walk came here (those were held against the whole page) that the title does not bear out. */
const promisesMore = (link: BookedLink, note: WalkNote): boolean =>
  link.use === 'page' &&
  [link.text, ...link.promises.map(({ text }) => text)].some(
    (text) => text !== note.heldText && mayMislead(text, note.title),
  );

function doubtOf({ outcome, file, doubt }: VisitedTarget): string | null {
  if (outcome === 'redirect') return null;
  if (outcome === 'page' || outcome === 'unchanged') return doubt;
  if (outcome === 'file') return isSoundFile(file) ? null : '文件';
  return outcome;
}

/** A format that we know, under a name that goes with it or that we do not know. */
const isSoundFile = (file: FileLook | null): boolean =>
  file !== null && file.signature !== null && file.opens !== false && file.bytes !== 0;
