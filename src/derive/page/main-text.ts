import type { Element } from 'domhandler';
import type { Anchor } from './find-anchors.ts';
import { standsInFrame } from './list-role.ts';
import { asElement, namesOf } from './page-dom.ts';
import { chunksIn, type PageText, type Place, tidy } from './page-text.ts';

/** The block that holds most of a page's running words, and how many those are. */
export interface MainBlock {
  readonly element: Element;
  readonly place: Place;
  /** Characters of running words: what is linked does not count. */
  readonly words: number;
}

/** Bodies of articles in the publishing systems of government pages (page-patterns §6), and common names. */
const BODY_NAMES =
  /trs_editor|trs_paper_default|vsb_content|v_news_content|ucap-?content|ucapcontent|article[-_]?(?:content|body|con|text)|zoom|content[-_]?(?:text|body|main)|news[-_]?(?:content|con|text)|xxgk[-_]?content|detail[-_]?content|pages_content|zw[-_]?content|nr[-_]?content|main[-_]?text|conzt|wzcon/;
const BLOCK = /^(?:div|td|article|section|main|body|dd|li|p|blockquote|center|span|font)$/;
const HOLDER = /^(?:div|td|article|section|main|body|dd|form|center|blockquote)$/;
const PIECE_MIN = 12;

/** Finds the main block: running words count for what holds them and half for what holds that. Null when there are hardly any. */
export function findMainBlock(page: PageText, anchors: readonly Anchor[]): MainBlock | null {
  const scores = new Map<Element, number>();
  const passed = passedChunks(page, anchors);
  page.chunks.forEach((chunk, index) => {
    const length = chunk.end - chunk.start;
    if (length < PIECE_MIN || passed[index]) return;
    let holder = asElement(chunk.parent);
    let share = 1;
    for (let steps = 0; holder && share > 0.2 && steps < 12; steps += 1) {
      if (!BLOCK.test(holder.name) && steps > 8) break;
      // A page without a body holds its paragraphs itself.
      if (HOLDER.test(holder.name) || asElement(holder.parent) === null) {
        scores.set(holder, (scores.get(holder) ?? 0) + length * share);
        share *= 0.6;
      }
      holder = asElement(holder.parent);
    }
  });
  return bestBlock(page, scores, passed);
}

/** Which chunks are no running words of the page's own: those in links, and those in its frame. */
function passedChunks(page: PageText, anchors: readonly Anchor[]): boolean[] {
  const frames = new Map<Element, boolean>();
  const inFrame = (holder: Element | null): boolean => {
    if (holder === null) return false;
    const known = frames.get(holder) ?? standsInFrame(page, holder);
    frames.set(holder, known);
    return known;
  };
  const passed = page.chunks.map((chunk) => inFrame(asElement(chunk.parent)));
  let at = 0;
  for (const { place, end } of anchors) {
    while (at < page.chunks.length && page.chunks[at]!.end <= place.start) at += 1;
    for (
      let inside = at;
      inside < page.chunks.length && page.chunks[inside]!.start < end;
      inside += 1
    )
      passed[inside] = true;
  }
  return passed;
}

function bestBlock(
  page: PageText,
  scores: ReadonlyMap<Element, number>,
  passed: readonly boolean[],
): MainBlock | null {
  let best: Element | null = null;
  let greatest = 0;
  for (const [element, score] of scores) {
    const place = page.places.get(element)!;
    const named = BODY_NAMES.test(namesOf(element)) ? 1.5 : 1;
    if (place.hidden || score * named <= greatest || standsInFrame(page, element)) continue;
    [best, greatest] = [element, score * named];
  }
  if (!best) return null;
  const place = page.places.get(best)!;
  let words = 0;
  page.chunks.forEach((chunk, index) => {
    if (!passed[index] && chunk.start >= place.start && chunk.end <= place.end)
      words += chunk.end - chunk.start;
  });
  return { element: best, place, words };
}

const TEXT_MAX = 200_000;

/** The words of a block, one line a paragraph, inline markup joined. */
export function blockText(page: PageText, { place }: MainBlock): string {
  const [first] = chunksIn(page, place.start, place.end);
  if (!first) return '';
  return page.seamed
    .slice(place.start, Math.min(place.end, place.start + TEXT_MAX))
    .replaceAll('\ue000', '')
    .split('\n')
    .map(tidy)
    .filter((line) => line !== '')
    .join('\n');
}
