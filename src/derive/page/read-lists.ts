import type { AnyNode, Document, Element } from 'domhandler';
import { isTag } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import type { FoundDate } from '../../domain/site-facts.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { parseDates } from './page-dates.ts';
import { absolute, ancestors, isChrome, isHidden, onclickUrl, textOf } from './page-dom.ts';
import { dateColumn, headingYears, type ItemContext, rowDate } from './row-date.ts';

/** One row of a list. `date` null when the row and its link say none. */
export interface PageItem {
  readonly title: string;
  readonly url: string | null;
  readonly date: FoundDate | null;
}

/** A list as the page shows it. */
export interface PageList {
  readonly items: readonly PageItem[];
  /** `navigation`: menus, pagers, friend links: no information items. */
  readonly role: 'content' | 'navigation';
  /** Hidden and no pane of a tab: nobody gets to see it. */
  readonly hidden: boolean;
  readonly element: Element | null;
}

const ROW_TAGS = new Set([
  'li',
  'tr',
  'dd',
  'dt',
  'dl',
  'p',
  'div',
  'h3',
  'h4',
  'article',
  'section',
]);
const ITEMS_MAX = 300;
const LISTS_MAX = 200;
const TITLE_MIN = 4;
/** Titles of information are sentences, names of sections are words. */
const SENTENCE_MIN = 9;
const ROW_TEXT_MAX = 800;

/** All lists of a page: rows of one parent that each carry one title, mostly with a date. */
export function readLists(document: Document, base: string, today: CalendarDate): PageList[] {
  const groups = new Map<Element, Element[]>();
  for (const row of DomUtils.findAll(
    (element) => ROW_TAGS.has(element.name) && element.parent !== null,
    document.children as AnyNode[],
  )) {
    const parent = listParent(row);
    if (!parent || !isRow(row)) continue;
    const rows = groups.get(parent);
    if (rows) rows.push(row);
    else groups.set(parent, [row]);
  }
  const lists: PageList[] = [];
  for (const [element, rows] of groups) {
    if (lists.length >= LISTS_MAX) break;
    const list = readGroup(element, rows, base, today);
    if (list) lists.push(list);
  }
  return dropNested(lists);
}

/** Table rows belong to their table, whatever tbody or thead stands between; other rows to their parent. */
function listParent(row: Element): Element | null {
  let parent = row.parent as AnyNode | null;
  if (row.name === 'tr')
    while (parent && isTag(parent) && /^(tbody|thead|tfoot)$/.test(parent.name))
      parent = parent.parent as AnyNode | null;
  return parent && isTag(parent) ? parent : null;
}

/** A row has one title: a link (or something to click) with words in it, and is not a container of other rows. */
function isRow(row: Element): boolean {
  if (row.name === 'li' || row.name === 'tr') return titleElement(row) !== null;
  const text = textOf(row);
  if (text.length < TITLE_MIN || text.length > ROW_TEXT_MAX) return false;
  const links = linksOf(row);
  if (row.name === 'div' || row.name === 'section' || row.name === 'article' || row.name === 'dl') {
    const inner = DomUtils.findAll(
      (element) =>
        element.name === 'li' ||
        element.name === 'tr' ||
        element.name === 'ul' ||
        element.name === 'table',
      row.children as AnyNode[],
    );
    if (inner.length > 0 || links.length > 3) return false;
  }
  return titleElement(row) !== null && links.length <= 3;
}

function linksOf(row: Element): Element[] {
  return DomUtils.findAll((element) => element.name === 'a', row.children as AnyNode[]);
}

/** The element that bears the title: the link with most words, else something that can be clicked. */
function titleElement(row: Element): Element | null {
  const links = row.name === 'a' ? [row] : linksOf(row);
  const best = longest(links);
  if (best) return best;
  const wrapping = ancestors(row).find((each) => each.name === 'a');
  if (wrapping) return null;
  return longest(
    DomUtils.findAll((element) => element.attribs.onclick !== undefined, [row] as AnyNode[]),
  );
}

function longest(elements: readonly Element[]): Element | null {
  let best: Element | null = null;
  let length = TITLE_MIN - 1;
  for (const element of elements) {
    const words = Math.max(textOf(element).length, (element.attribs.title ?? '').length);
    if (words > length) [best, length] = [element, words];
  }
  return best;
}

function readGroup(
  element: Element,
  rows: readonly Element[],
  base: string,
  today: CalendarDate,
): PageList | null {
  const years = headingYears(element, rows);
  const columns = rows[0]?.name === 'tr' ? dateColumn(rows, element) : null;
  const items = rows
    .slice(0, ITEMS_MAX)
    .flatMap(
      (row, index) =>
        readItem(row, { base, today, year: years[index] ?? null, column: columns }) ?? [],
    );
  if (items.length === 0) return null;
  const isContent = showsInformation(items, element);
  if (!isContent && items.length < 2) return null;
  return { items, role: isContent ? 'content' : 'navigation', hidden: isUnseen(element), element };
}

/** Average length of undated titles from which a list is information and not a menu of sections or topics. */
const UNDATED_TITLE_MEAN = 12;

/**
 * Information or navigation: rows with dates are information; a date in the address alone says little (menus of old pages have
 * those too), so such rows, like undated ones, must read like titles and stand outside the page's frame.
 */
function showsInformation(items: readonly PageItem[], element: Element): boolean {
  const sentences = items.filter((item) => item.title.length >= SENTENCE_MIN).length;
  const dated = items.filter(
    (item) => item.date !== null && item.date.source !== 'item-url',
  ).length;
  // One row with a word for a title is a breadcrumb beside a date, not a list.
  if (items.length === 1 && sentences === 0) return false;
  if (dated > 0) return dated * 3 >= items.length || sentences * 2 >= items.length;
  const mean = items.reduce((sum, item) => sum + item.title.length, 0) / items.length;
  return !isChrome(element) && mean >= UNDATED_TITLE_MEAN && sentences * 10 >= items.length * 7;
}

function readItem(row: Element, context: ItemContext): PageItem | null {
  const link = titleElement(row);
  if (!link) return null;
  const url =
    link.name === 'a'
      ? (absolute(link.attribs.href, context.base) ?? onclickUrl(link, context.base))
      : onclickUrl(link, context.base);
  const title = titleOf(link);
  if (title.length < TITLE_MIN) return null;
  return { title, url, date: rowDate(row, link, url, context) };
}

/** The title without the date, the bullet and the marks around it; the full one from `title=` when the text is cut. */
function titleOf(link: Element): string {
  const parts = link.children.filter((child) => isTag(child as AnyNode)) as Element[];
  const titled = parts.find(
    (part) =>
      textOf(part).length >= TITLE_MIN &&
      parseDates(textOf(part)).every((date) => date.length < textOf(part).length - 2),
  );
  const shown = parts.length > 1 && titled ? textOf(titled) : textOf(link);
  const full = (link.attribs.title ?? '').split(/[\n\r]|&#10;|发布时间/)[0]!.trim();
  const isCut = /(…|\.{3,}|⋯)\s*$/.test(shown);
  const words = (isCut && full.length >= shown.length - 3) || shown === '' ? full : shown;
  return stripDate(words)
    .replace(/^[\s·•●■▪◆>»\-*]+/, '')
    .replace(/^(\[置顶\]|【置顶】|\[?NEW\]?|HOT)\s*/i, '')
    .replace(/\s*(NEW|HOT|\[图\])$/i, '')
    .trim();
}

/** A date at the end of (or in brackets behind) a title belongs to the row, not to the title. */
function stripDate(text: string): string {
  return (
    text
      .replace(
        /\s*[[(（【]?\s*(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])）】]?\s*$/,
        '',
      )
      .trim() || text.trim()
  );
}

/** Hidden lists are unseen unless they are panes of a tab: then a brother of the same kind is shown. */
function isUnseen(element: Element): boolean {
  const hidden = [element, ...ancestors(element)].find(isHidden);
  if (!hidden) return false;
  const brothers = (hidden.parent?.children ?? []).filter(
    (child) =>
      isTag(child as AnyNode) && child !== hidden && (child as Element).name === hidden.name,
  ) as Element[];
  return !brothers.some((brother) => !isHidden(brother));
}

/** A list inside a row of another list (a menu in a card) is told once, by the outer one when that has the dates. */
function dropNested(lists: readonly PageList[]): PageList[] {
  const elements = new Set(
    lists.filter((list) => list.role === 'content').map((list) => list.element),
  );
  return lists.filter((list) => {
    if (!list.element || list.items.some((item) => item.date !== null)) return true;
    return !ancestors(list.element).some((each) => elements.has(each));
  });
}
