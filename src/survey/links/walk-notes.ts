import { isSameAddress } from '../../derive/links/home-address.ts';
import { pageSays } from '../../derive/links/page-says.ts';
import type { SightPage } from '../../derive/links/read-sight.ts';
import { mayMislead, wrongTargetReason } from '../../derive/links/wrong-target.ts';
import { fingerprintDistance } from '../../derive/scan/fingerprint.ts';
import type { LinkVerdict } from '../../domain/link-check.ts';
import type { FileLook, WalkedPageWithBody } from '../../domain/walk.ts';
import type { BookedLink } from './link-book.ts';

/** What a walk's visit says of a link: settled, or to be looked at more closely. */
interface WalkNote {
  readonly status: number | null;
  /** Null: the page or file is as it should be. Else what is odd about it. */
  readonly doubt: string | null;
  readonly landedUrl: string | null;
  readonly linkText: string;
  readonly title: string;
  readonly fingerprint: string | null;
  /** A page came, whatever was asked for. */
  readonly isPage: boolean;
}

const JUMP_WORDS_MAX = 60;
const JUMP_HTML_MAX = 32 * 1024;
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
    this.#notes.set(page.url, {
      status: page.status,
      doubt: doubtOf(page),
      landedUrl: page.landedUrl,
      linkText: page.linkText,
      title: page.title,
      fingerprint: page.fingerprint,
      isPage: page.outcome === 'page' || page.file?.signature === 'html',
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
    (text) => text !== note.linkText && mayMislead(text, note.title),
  );

function doubtOf(page: WalkedPageWithBody): string | null {
  const { outcome, file } = page;
  if (outcome === 'unchanged' || outcome === 'redirect') return null;
  if (outcome === 'file') return isSoundFile(file) ? null : '文件';
  if (outcome !== 'page') return outcome;
  if (page.bytes === 0) return '空';
  const view = viewOf(page);
  if (isJump(page)) return '跳转';
  if (pageSays(view) !== null) return '页面自称';
  const { linkText: text, url } = page;
  return wrongTargetReason({ text, url, endedAt: url, sameSite: true, page: view }) === null
    ? null
    : '与链接文字不符';
}

/** A format that we know, under a name that goes with it or that we do not know. */
const isSoundFile = (file: FileLook | null): boolean =>
  file !== null && file.signature !== null && file.opens !== false && file.bytes !== 0;

const isJump = ({ html, text }: WalkedPageWithBody): boolean =>
  text.length <= JUMP_WORDS_MAX &&
  html.length <= JUMP_HTML_MAX &&
  /http-equiv\s?=\s?["']?refresh|\blocation\b/i.test(html);

/** The walk's reading in the shape in which statements are looked for; headings only ever clear a page of a doubt. */
const viewOf = ({ title, text, html }: WalkedPageWithBody): SightPage => ({
  title,
  headings: [],
  lines: text.split('\n'),
  text: text.replace(/\s+/g, ''),
  html,
});
