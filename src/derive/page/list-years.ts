import type { Element } from 'domhandler';
import { asElement } from './page-dom.ts';
import { firstAtOrAfter, type PageText } from './page-text.ts';

/** A heading that says the year of the rows behind it. */
export interface YearHeading {
  readonly at: number;
  readonly year: number;
  /** 2020年9月 as a heading; null for a year alone. */
  readonly month: number | null;
  readonly order: number;
}

const YEAR_WORDS = /^[\s[【(（·•■]*((?:19|20)\d{2})\s?年?度?(?:\s?(\d{1,2})\s?月)?[\s\]】)）:：]*$/;
const HEADINGS_MAX = 200;

/** All lone years of a page (2020, 2020年, 【2020年度】) in order. */
export function findYears(page: PageText): YearHeading[] {
  const found: YearHeading[] = [];
  for (const { start, end, parent } of page.chunks) {
    if (end - start > 16 || found.length >= HEADINGS_MAX) continue;
    const match = YEAR_WORDS.exec(page.text.slice(start, end));
    const order = page.places.get(parent as Element)?.order;
    if (match && order !== undefined)
      found.push({
        at: start,
        year: Number(match[1]),
        month: match[2] === undefined ? null : Number(match[2]),
        order,
      });
  }
  return found;
}

/**
 * The year of the heading above a row: inside the list, or right before it under the same parent. Years that stand together
 * with hardly a word between them are a filter (2020 2019 2018), not headings.
 */
export function yearAbove(
  page: PageText,
  years: readonly YearHeading[],
  { container, row }: { readonly container: Element; readonly row: { readonly start: number } },
): YearHeading | null {
  const at = firstAtOrAfter(years, row.start, (each) => each.at) - 1;
  const heading = years[at];
  if (!heading) return null;
  const outer = asElement(container.parent);
  const from = outer === null ? 0 : (page.places.get(outer)?.order ?? 0);
  if (heading.order < from) return null;
  const previous = years[at - 1];
  const isFilter =
    previous !== undefined &&
    previous.order >= from &&
    wordsBetween(page, previous.at + YEAR_DIGITS, heading.at) < FILTER_WORDS_MAX;
  return isFilter ? null : heading;
}

const YEAR_DIGITS = 4;
/** 2020年 (12) 2019年 (30): marks and counts only; between headings stand rows with titles, in this list or in another. */
const FILTER_WORDS_MAX = 8;

function wordsBetween(page: PageText, start: number, end: number): number {
  return page.text.slice(start, end).replace(/[\s年度|｜/·,，()（）【】[\]]/g, '').length;
}
