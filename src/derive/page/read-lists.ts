import type { Element } from 'domhandler';
import { type Anchor, findAnchors } from './find-anchors.ts';
import { findPlainRows } from './find-plain-rows.ts';
import { findRows, type Row, type RowGroup } from './find-rows.ts';
import { cellSpan, dateColumn } from './list-columns.ts';
import { isUnseen, listRole, standsBeside } from './list-role.ts';
import { findYears, type YearHeading, yearAbove } from './list-years.ts';
import { asElement, namesOf } from './page-dom.ts';
import { ITEMS_MAX, LISTS_MAX, type PageItem, type PageList } from './page-list.ts';
import { firstAtOrAfter } from './page-text.ts';
import { type DatedPage, type RowDate, rowDate, type Span } from './row-date.ts';
import { rowTitle, withoutDate } from './row-title.ts';

export type { PageList } from './page-list.ts';

export interface ListReading {
  readonly lists: readonly PageList[];
  readonly anchors: readonly Anchor[];
  /** Spans of the rows of content lists: a date in one of them is not the page's own. */
  readonly rowSpans: readonly Span[];
  /** Rows whose date lies after today. */
  readonly futureDates: number;
}

interface GroupReading {
  readonly list: PageList;
  readonly spans: readonly Span[];
  readonly future: number;
}

/** All lists of a page: rows under one parent that each carry one title, mostly with a date. */
export function readLists(source: DatedPage, base: string): ListReading {
  const anchors = findAnchors(source.page, base);
  const years = findYears(source.page);
  const groups = findRows({ page: source.page, anchors, dates: source.dates });
  const linked = groups
    .flatMap((group) => readGroup({ ...source, anchors }, group, years) ?? [])
    .slice(0, LISTS_MAX);
  const readings = linked.some(({ list }) => list.role === 'content')
    ? linked
    : [...linked, ...plainReadings(source, years)];
  const content = readings.filter(({ list }) => list.role === 'content');
  return {
    lists: joinPieces(readings.map(({ list }) => list)),
    anchors,
    rowSpans: content.flatMap(({ spans }) => spans).sort((a, b) => a.start - b.start),
    futureDates: content.reduce((sum, { future }) => sum + future, 0),
  };
}

/** Entries without links, when the page has no others: their titles must be titles, not names of facts. */
function plainReadings(source: DatedPage, years: readonly YearHeading[]): GroupReading[] {
  return findPlainRows(source.page, source.dates)
    .flatMap((group) => readGroup({ ...source, anchors: [] }, group, years) ?? [])
    .filter(({ list: { items } }) => {
      const mean = items.reduce((sum, { title }) => sum + title.length, 0) / items.length;
      return mean >= LONE_TITLE_MIN && items.every(({ date }) => date !== null);
    })
    .slice(0, LISTS_MAX);
}

type LinkedPage = DatedPage & { readonly anchors: readonly Anchor[] };

function readGroup(
  source: LinkedPage,
  { container, rows }: RowGroup,
  years: readonly YearHeading[],
): GroupReading | null {
  const { page } = source;
  const column = dateColumn(page, container, rows[0]!.element);
  const read = (gaps: readonly (Span | null)[]): (RowDate & { row: Row; title: string })[] =>
    rows.slice(0, ITEMS_MAX).map((row, index) => ({
      row,
      title: rowTitle(page, row),
      ...rowDate(source, row, {
        cell: cellSpan(page, row.element, column),
        gap: gaps[index] ?? null,
        heading: years.length === 0 ? null : yearAbove(page, years, { container, row }),
      }),
    }));
  const plain = read([]);
  const own = plain.filter(({ date }) => isBeside(date)).length;
  const gapped = own * 2 < plain.length ? bestGaps(source, container, rows, read) : null;
  const chosen =
    gapped && gapped.filter(({ date }) => isBeside(date)).length > own ? gapped : plain;
  const titled = chosen.filter(({ title }) => title.length >= 2);
  if (titled.length === 0) return null;
  const items = titled.map(itemOf);
  const hidden = isUnseen(page, container);
  const role = listRole(page, items, container);
  return {
    list: { items, role, hidden, aside: standsBeside(page, container), element: container },
    spans: titled.map(({ row }) => ({ start: row.start, end: row.end })),
    future: titled.filter(({ future }) => future).length,
  };
}

const isBeside = (date: RowDate['date']): boolean => date !== null && date.source !== 'item-url';

function itemOf({
  row,
  title,
  date,
  text,
  inTitle,
}: RowDate & { row: Row; title: string }): PageItem {
  const words = inTitle ? withoutDate(title, text) : title;
  return { title: words, url: row.anchor?.url ?? null, date, dateText: text };
}

const GAP_MAX = 200;
/** A lone row takes the words beside it for its date only when it has a title, not a name. */
const LONE_TITLE_MIN = 8;

/** The reading with dates between the rows: behind them (dt dd, heading and paragraph), else in front of them. */
function bestGaps<T extends RowDate>(
  source: LinkedPage,
  container: Element,
  rows: readonly Row[],
  read: (gaps: readonly (Span | null)[]) => T[],
): T[] | null {
  const place = source.page.places.get(container);
  if (!place || (rows.length === 1 && (rows[0]!.anchor?.words.length ?? 0) < LONE_TITLE_MIN))
    return null;
  const behind = rows.map((row, index) =>
    gapOf(row.end, untilOther(source, row, rows[index + 1]?.start ?? place.end)),
  );
  const before = rows.map((row, index) => gapOf(rows[index - 1]?.end ?? place.start, row.start));
  const dated = (readings: readonly T[]): number =>
    readings.filter(({ date }) => isBeside(date)).length;
  const [one, other] = [read(behind), read(before.map((gap) => cutFromStart(gap)))];
  // In both every inner gap counts; what tells is the words before the first row or behind the last.
  const best = dated(other) > dated(one) ? other : one;
  return dated(best) * 2 >= rows.length ? best : null;
}

/** What stands behind the next title is that title's: a heading over a list does not take the dates of the list. */
function untilOther({ anchors }: LinkedPage, { end, anchor }: Row, last: number): number {
  const from = firstAtOrAfter(anchors, end, (each) => each.place.start);
  for (let at = from; at < anchors.length && anchors[at]!.place.start < last; at += 1) {
    const { kind, url, place } = anchors[at]!;
    if (kind === 'title' && url !== anchor?.url) return place.start;
  }
  return last;
}

const gapOf = (start: number, end: number): Span | null =>
  end > start ? { start, end: Math.min(end, start + GAP_MAX) } : null;

const cutFromStart = (gap: Span | null): Span | null =>
  gap && { start: Math.max(gap.start, gap.end - GAP_MAX), end: gap.end };

/** A list cut into pieces (a ul for every five entries, a table for every entry) is one list again. */
function joinPieces(lists: readonly PageList[]): PageList[] {
  const joined: PageList[] = [];
  for (const list of lists) {
    const last = joined.at(-1);
    if (last && isPieceOf(last, list))
      joined[joined.length - 1] = {
        ...last,
        items: [...last.items, ...list.items].slice(0, ITEMS_MAX),
      };
    else joined.push(list);
  }
  return joined;
}

function isPieceOf(last: PageList, list: PageList): boolean {
  const [one, other] = [last.element, list.element];
  if (!one || !other || one.parent !== other.parent || one.name !== other.name) return false;
  if (last.role !== 'content' || list.role !== 'content' || last.hidden || list.hidden)
    return false;
  if (one.attribs.style !== undefined || other.attribs.style !== undefined) return false;
  return namesOf(one) === namesOf(other) && asElement(one.parent) !== null;
}
