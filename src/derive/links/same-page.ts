import type { SightPage } from './read-sight.ts';

/** Words that a page may have beyond an error page and still be that error page: a greeting (上午好), a weekday. */
const NOVEL_WORDS_MAX = 4;
const LINES_MAX = 5_000;

/**
 * Whether two answers of one host are the same page but for what changes with every request. Compared by lines, not by share:
 * a short article under a long menu is nearly all menu, and still an article.
 */
export function isSamePage(one: SightPage, other: SightPage): boolean {
  if (folded(one.title) !== folded(other.title)) return false;
  return novelWords(one, other) <= NOVEL_WORDS_MAX && novelWords(other, one) <= NOVEL_WORDS_MAX;
}

/** Characters of the lines that `page` has and `known` has not. */
function novelWords(page: SightPage, known: SightPage): number {
  const seen = new Set(known.lines.slice(0, LINES_MAX).map(folded));
  let novel = 0;
  for (const line of page.lines.slice(0, LINES_MAX)) {
    const words = folded(line);
    if (!seen.has(words)) novel += words.length;
  }
  return novel;
}

/** Numbers (clocks, counters) and Latin words (the echoed path) change with the request. */
const folded = (line: string): string => line.replace(/[\d\s\p{P}\p{S}a-z]+/giu, '');
