import type { Element } from 'domhandler';
import { containerOf, type Row, type RowGroup } from './find-rows.ts';
import type { WrittenDate } from './page-dates.ts';
import { firstAtOrAfter, type PageText } from './page-text.ts';

const TEXT_MIN = 14;
const TEXT_MAX = 400;
const ROWS_MIN = 2;

/** List items and table rows with a date but without a link (a script opens them, or nothing does), two or more together. */
export function findPlainRows(page: PageText, dates: readonly WrittenDate[]): RowGroup[] {
  const groups = new Map<Element, Row[]>();
  for (const element of page.elements) {
    if (element.name !== 'li' && element.name !== 'tr') continue;
    const { start, end, order } = page.places.get(element)!;
    const container = containerOf(element);
    if (!container || end - start < TEXT_MIN || end - start > TEXT_MAX) continue;
    const date = dates[firstAtOrAfter(dates, start, (each) => each.index)];
    if (!date || date.index >= end || holds(page, element)) continue;
    const row = { element, anchor: null, order, start, end };
    const rows = groups.get(container);
    if (rows) rows.push(row);
    else groups.set(container, [row]);
  }
  return [...groups]
    .filter(([, rows]) => rows.length >= ROWS_MIN)
    .map(([container, rows]) => ({ container, rows }));
}

/** Other rows, links or fields to fill in. */
function holds(page: PageText, element: Element): boolean {
  const { order, last } = page.places.get(element)!;
  for (let at = order + 1; at <= last; at += 1) {
    if (/^(?:a|li|tr|input|button)$/.test(page.elements[at]!.name)) return true;
  }
  return false;
}
