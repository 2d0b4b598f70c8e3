import { type PageText, SEAM, tidy } from './page-text.ts';

const TEXT_MAX = 500_000;

/** The words that a visitor sees, a line a block; what is not displayed is left out. */
export function visibleText(page: PageText): string {
  return shownParts(page)
    .join('\n')
    .slice(0, TEXT_MAX)
    .replaceAll(SEAM, ' ')
    .split('\n')
    .map(tidy)
    .filter((line) => line !== '')
    .join('\n');
}

/** The page's words (with seams) between what is hidden. */
export function shownParts(page: PageText): string[] {
  const parts: string[] = [];
  let at = 0;
  for (const element of page.elements) {
    const place = page.places.get(element)!;
    if (!place.hidden || place.start < at) continue;
    parts.push(page.seamed.slice(at, place.start));
    at = place.end;
  }
  parts.push(page.seamed.slice(at));
  return parts;
}
