import { escapeText, type Piece } from './sanitize-page.ts';

export interface MarkedPage {
  readonly html: string;
  /** Null: nothing was asked for. */
  readonly isFound: boolean | null;
}

/** White space of any kind, and letters without width: pages and excerpts differ in them. */
const BLANK = /[\s\u00a0\u200b-\u200d\u2060\ufeff\u00ad]/;
const BLANKS = new RegExp(BLANK, 'g');
/** Shorter parts of an excerpt would be found anywhere. */
const PART_CHARACTERS_MIN = 6;

interface Place {
  readonly piece: number;
  readonly offset: number;
}

/**
 * The page as HTML with the first place of `excerpt` in `<mark>`, wherever elements begin and end in it. Where the whole of it is
 * nowhere (it was cut, or joined from parts), its longest part is taken.
 */
export function markExcerpt(pieces: readonly Piece[], excerpt: string | null): MarkedPage {
  const found = excerpt === null ? null : findExcerpt(pieces, excerpt);
  let isFirst = true;
  const mark = (text: string): string => {
    const id = isFirst ? ' id="excerpt"' : '';
    isFirst = false;
    return `<mark${id}>${escapeText(text)}</mark>`;
  };
  const html = pieces.map((piece, index) => {
    if (piece.kind === 'markup') return piece.html;
    const { text } = piece;
    if (found === null || index < found.from.piece || index > found.to.piece)
      return escapeText(text);
    const start = index === found.from.piece ? found.from.offset : 0;
    const end = index === found.to.piece ? found.to.offset + 1 : text.length;
    const inside = text.slice(start, end);
    const marked = inside.trim() === '' ? escapeText(inside) : mark(inside);
    return escapeText(text.slice(0, start)) + marked + escapeText(text.slice(end));
  });
  return { html: html.join(''), isFound: excerpt === null ? null : found !== null };
}

function findExcerpt(
  pieces: readonly Piece[],
  excerpt: string,
): { readonly from: Place; readonly to: Place } | null {
  // Where the letters of each piece begin in the text of all: a page of megabytes must not become an object a letter.
  const starts: number[] = [];
  const bares: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    const letters = piece.kind === 'text' ? bare(piece.text) : '';
    starts.push(length);
    bares.push(letters);
    length += letters.length;
  }
  const all = bares.join('');
  const placeOf = (at: number): Place => {
    const piece = starts.findLastIndex((start, index) => start <= at && bares[index] !== '');
    const each = pieces[piece];
    return { piece, offset: letterAt(each?.kind === 'text' ? each.text : '', at - starts[piece]!) };
  };
  for (const part of partsOf(excerpt)) {
    const at = all.indexOf(part);
    if (at >= 0) return { from: placeOf(at), to: placeOf(at + part.length - 1) };
  }
  return null;
}

const bare = (text: string): string => text.replace(BLANKS, '');

/** Where the letter with this number among those that are no blanks stands. */
function letterAt(text: string, number: number): number {
  let seen = -1;
  for (let offset = 0; offset < text.length; offset += 1) {
    if (!BLANK.test(text[offset]!)) seen += 1;
    if (seen === number) return offset;
  }
  return text.length - 1;
}

/** The excerpt without blanks, then its parts, the longest first. */
function partsOf(excerpt: string): string[] {
  const parts = excerpt
    .split(/…|\.{3}|\||｜|\n/)
    .map(bare)
    .filter((part) => part.length >= PART_CHARACTERS_MIN)
    .sort((a, b) => b.length - a.length);
  return [bare(excerpt), ...parts].filter((part) => part !== '');
}
