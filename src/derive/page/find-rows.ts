import type { Element } from 'domhandler';
import type { Anchor } from './find-anchors.ts';
import type { WrittenDate } from './page-dates.ts';
import { asElement, isFrameElement } from './page-dom.ts';
import { firstAtOrAfter, type PageText, type Place } from './page-text.ts';

/** One entry of a list: the element that holds it, the link that names it (none: only words), the span of its words. */
export interface Row {
  readonly element: Element;
  readonly anchor: Anchor | null;
  readonly order: number;
  readonly start: number;
  readonly end: number;
}

export interface RowGroup {
  readonly container: Element;
  readonly rows: readonly Row[];
}

const ROW_TAGS = new Set([
  'li',
  'tr',
  'dd',
  'dt',
  'dl',
  'p',
  'h2',
  'h3',
  'h4',
  'h5',
  'td',
  'article',
]);
/** Never a row themselves: what rows stand in. */
const STOPS = new Set([
  'html',
  'body',
  'ul',
  'ol',
  'table',
  'tbody',
  'thead',
  'tfoot',
  'main',
  'form',
  'marquee',
]);
const ROW_TEXT_MAX = 1_200;
/** Titles from this length on compete for being the row's own. */
const LONG_TITLE = 8;
const LINKS_IN_ROW_MAX = 8;

/** The page's words, links and dates in order; what rows are found from. */
export interface RowSource {
  readonly page: PageText;
  readonly anchors: readonly Anchor[];
  readonly dates: readonly WrittenDate[];
}

/**
 * Rows grouped by the element they stand in. A row is the largest element around one title link that holds no other title: so a
 * list is found by its structure, whatever its tags are called.
 */
export function findRows(source: RowSource): RowGroup[] {
  const finder = new RowFinder(source);
  const groups = new Map<Element, Row[]>();
  const seen = new Set<Element>();
  source.anchors.forEach((anchor, index) => {
    const element = finder.rowOf(anchor, index);
    if (element === null || seen.has(element)) return;
    seen.add(element);
    const container = containerOf(element);
    const place = source.page.places.get(element)!;
    if (!container) return;
    const end = element === anchor.element ? anchor.end : place.end;
    const row = { element, anchor, order: place.order, start: place.start, end };
    const rows = groups.get(container);
    if (rows) rows.push(row);
    else groups.set(container, [row]);
  });
  return [...groups].map(([container, rows]) => ({
    container,
    rows: rows.sort((a, b) => a.order - b.order),
  }));
}

/** Table rows belong to their table, whatever tbody stands between; other rows to their parent. */
export function containerOf(row: Element): Element | null {
  let parent = asElement(row.parent);
  if (row.name === 'tr')
    while (parent && /^t(body|head|foot)$/.test(parent.name)) parent = asElement(parent.parent);
  return parent;
}

class RowFinder {
  readonly #source: RowSource;
  /** The row's own link by element; null when the element is no row. */
  readonly #own = new Map<Element, Anchor | null>();

  constructor(source: RowSource) {
    this.#source = source;
  }

  rowOf(anchor: Anchor, index: number): Element | null {
    if (anchor.kind === 'aside') return this.#lonelyRow(anchor);
    let row = anchor.element;
    if (row.name === 'li' || row.name === 'tr') return row;
    for (let parent = asElement(row.parent); parent; parent = asElement(parent.parent)) {
      const place = this.#source.page.places.get(parent);
      if (!place || STOPS.has(parent.name) || place.end - place.start > ROW_TEXT_MAX) break;
      if (this.#hasRival(anchor, index, place.order, place.last)) {
        if (!ROW_TAGS.has(parent.name)) break;
        const own = this.#ownOf(parent);
        if (own === null) break;
        return own === anchor ? this.#upFrom(parent, index) : null;
      }
      // A breadcrumb or a menu does not take the article below it, and its date, for its own words.
      if (
        row !== anchor.element &&
        (isFrameElement(row) || this.#takesOtherDates(anchor, row, { parent, place }))
      )
        break;
      row = parent;
      if (row.name === 'li' || row.name === 'tr') break;
    }
    return row;
  }

  /** A lone entry keeps its date: what stands around it (a clock, a note) has dates of its own. */
  #takesOtherDates(
    anchor: Anchor,
    row: Element,
    outer: { readonly parent: Element; readonly place: Place },
  ): boolean {
    // The cells of a table row belong together, whatever days the title names.
    if (/^t[dh]$/.test(row.name) && outer.parent.name === 'tr') return false;
    const own = this.#source.page.places.get(row)!;
    // 6月3日某局举办竞赛: a day that the title names is not the entry's date.
    const named = this.#dayNames(anchor.place.start, anchor.end);
    const dates = this.#datesIn(own.start, own.end) - named;
    return dates > 0 && this.#datesIn(outer.place.start, outer.place.end) - named > dates;
  }

  #dayNames(start: number, end: number): number {
    const { dates } = this.#source;
    const from = firstAtOrAfter(dates, start, (date) => date.index);
    let to = from;
    while (to < dates.length && dates[to]!.index < end && dates[to]!.yearUnknown) to += 1;
    return to - from;
  }

  /** A cell or heading whose own link this is: the table row or item around it, when nothing else competes there. */
  #upFrom(row: Element, index: number): Element {
    if (row.name !== 'td' && !/^h\d$/.test(row.name)) return row;
    const parent = asElement(row.parent);
    const own = parent && ROW_TAGS.has(parent.name) ? this.#ownOf(parent) : null;
    return parent && own === this.#source.anchors[index] ? parent : row;
  }

  /** 查看 as the only link of a table row or item: the row's words are its title. */
  #lonelyRow(anchor: Anchor): Element | null {
    for (let parent = asElement(anchor.element.parent); parent; parent = asElement(parent.parent)) {
      if (STOPS.has(parent.name)) return null;
      if (parent.name !== 'li' && parent.name !== 'tr') continue;
      const { order, last } = this.#source.page.places.get(parent)!;
      const inside = this.#inside(order, last);
      const words = this.#source.page.places.get(parent)!;
      const isFirst = inside[0] === anchor && inside.every((other) => other.kind === 'aside');
      return isFirst && words.end - words.start > anchor.words.length + LONG_TITLE ? parent : null;
    }
    return null;
  }

  #inside(order: number, last: number): readonly Anchor[] {
    const { anchors } = this.#source;
    const from = firstAtOrAfter(anchors, order, (each) => each.place.order);
    let to = from;
    while (to < anchors.length && anchors[to]!.place.order <= last && to - from < 100) to += 1;
    return anchors.slice(from, to);
  }

  #hasRival(anchor: Anchor, index: number, order: number, last: number): boolean {
    const { anchors } = this.#source;
    for (let at = index - 1; at >= 0 && anchors[at]!.place.order >= order; at -= 1) {
      if (rivals(anchor, anchors[at]!)) return true;
    }
    for (let at = index + 1; at < anchors.length && anchors[at]!.place.order <= last; at += 1) {
      if (rivals(anchor, anchors[at]!)) return true;
    }
    return false;
  }

  /** Which of several links names a row: the longest title, unless there are several long ones each with its date. */
  #ownOf(element: Element): Anchor | null {
    const known = this.#own.get(element);
    if (known !== undefined) return known;
    const own = this.#choose(element);
    this.#own.set(element, own);
    return own;
  }

  #choose(element: Element): Anchor | null {
    const { order, last, start, end } = this.#source.page.places.get(element)!;
    const inside = this.#inside(order, last);
    if (inside.length > LINKS_IN_ROW_MAX || this.#holdsRows(order, last)) return null;
    const long = inside.filter((each) => each.kind === 'title' && each.words.length >= LONG_TITLE);
    const dates = this.#datesIn(start, end);
    if (long.length > 3 || (long.length > 1 && dates !== 1)) return null;
    // Several short names and no date: a line of a menu.
    if (long.length === 0 && dates !== 1) return null;
    const candidates = long.length > 0 ? long : inside.filter((each) => each.kind === 'title');
    return candidates.reduce<Anchor | null>(
      (best, each) => (best === null || each.words.length > best.words.length ? each : best),
      null,
    );
  }

  #holdsRows(order: number, last: number): boolean {
    for (let at = order + 1; at <= last; at += 1) {
      if (/^(li|tr|ul|ol|table)$/.test(this.#source.page.elements[at]!.name)) return true;
    }
    return false;
  }

  #datesIn(start: number, end: number): number {
    const { dates } = this.#source;
    let at = firstAtOrAfter(dates, start, (date) => date.index);
    let count = 0;
    for (; at < dates.length && dates[at]!.index < end; at += 1) count += 1;
    return count;
  }
}

/** Two links to different places with words; a picture and a title of the same place are one. */
function rivals(anchor: Anchor, other: Anchor): boolean {
  if (other.kind === 'aside' || (anchor.url !== null && anchor.url === other.url)) return false;
  return anchor.kind === 'image' || other.kind !== 'image';
}
