import type { AnyNode, Document, Element } from 'domhandler';
import { isTag } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import type { FoundDate } from '../../domain/site-facts.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { dateInUrl, isOtherDate, parseDates, yearInUrl } from './page-dates.ts';
import { absolute, ancestors, isChrome, isHidden, onclickUrl, textOf } from './page-dom.ts';

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

const ROW_TAGS = new Set(['li', 'tr', 'dd', 'dt', 'dl', 'p', 'div', 'h3', 'h4', 'article', 'section']);
const ITEMS_MAX = 300;
const LISTS_MAX = 200;
const TITLE_MIN = 4;
/** Titles of information are sentences, names of sections are words. */
const SENTENCE_MIN = 9;
const ROW_TEXT_MAX = 800;

/** All lists of a page: rows of one parent that each carry one title, mostly with a date. */
export function readLists(document: Document, base: string, today: CalendarDate): PageList[] {
  const groups = new Map<Element, Element[]>();
  for (const row of DomUtils.findAll((element) => ROW_TAGS.has(element.name) && element.parent !== null, document.children as AnyNode[])) {
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
  if (row.name === 'tr') while (parent && isTag(parent) && /^(tbody|thead|tfoot)$/.test(parent.name)) parent = parent.parent as AnyNode | null;
  return parent && isTag(parent) ? parent : null;
}

/** A row has one title: a link (or something to click) with words in it, and is not a container of other rows. */
function isRow(row: Element): boolean {
  if (row.name === 'li' || row.name === 'tr') return titleElement(row) !== null;
  const text = textOf(row);
  if (text.length < TITLE_MIN || text.length > ROW_TEXT_MAX) return false;
  const links = linksOf(row);
  if (row.name === 'div' || row.name === 'section' || row.name === 'article' || row.name === 'dl') {
    const inner = DomUtils.findAll((element) => element.name === 'li' || element.name === 'tr' || element.name === 'ul' || element.name === 'table', row.children as AnyNode[]);
    if (inner.length > 0 || links.length > 3) return false;
  }
  return titleElement(row) !== null && (links.length <= 3);
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
  return longest(DomUtils.findAll((element) => element.attribs.onclick !== undefined, [row] as AnyNode[]));
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

function readGroup(element: Element, rows: readonly Element[], base: string, today: CalendarDate): PageList | null {
  const years = headingYears(element, rows);
  const columns = rows[0]?.name === 'tr' ? dateColumn(rows, element) : null;
  const items = rows.slice(0, ITEMS_MAX).flatMap((row, index) => readItem(row, { base, today, year: years[index] ?? null, column: columns }) ?? []);
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
  const dated = items.filter((item) => item.date !== null && item.date.source !== 'item-url').length;
  if (dated > 0) return dated * 3 >= items.length || sentences * 2 >= items.length;
  const mean = items.reduce((sum, item) => sum + item.title.length, 0) / items.length;
  return !isChrome(element) && mean >= UNDATED_TITLE_MEAN && sentences * 10 >= items.length * 7;
}

interface ItemContext {
  readonly base: string;
  readonly today: CalendarDate;
  /** Year of the heading above the row. */
  readonly year: number | null;
  /** Index of the 发布日期 column of a table. */
  readonly column: number | null;
}

function readItem(row: Element, context: ItemContext): PageItem | null {
  const link = titleElement(row);
  if (!link) return null;
  const url = link.name === 'a' ? (absolute(link.attribs.href, context.base) ?? onclickUrl(link, context.base)) : onclickUrl(link, context.base);
  const title = titleOf(link);
  if (title.length < TITLE_MIN) return null;
  return { title, url, date: rowDate(row, link, url, context) };
}

/** The title without the date, the bullet and the marks around it; the full one from `title=` when the text is cut. */
function titleOf(link: Element): string {
  const parts = link.children.filter((child) => isTag(child as AnyNode)) as Element[];
  const titled = parts.find((part) => textOf(part).length >= TITLE_MIN && parseDates(textOf(part)).every((date) => date.length < textOf(part).length - 2));
  const shown = parts.length > 1 && titled ? textOf(titled) : textOf(link);
  const full = (link.attribs.title ?? '').split(/[\n\r]|&#10;|发布时间/)[0]!.trim();
  const isCut = /(…|\.{3,}|⋯)\s*$/.test(shown);
  const words = (isCut && full.length >= shown.length - 3) || shown === '' ? full : shown;
  return stripDate(words).replace(/^[\s·•●■▪◆>»\-*]+/, '').replace(/^(\[置顶\]|【置顶】|\[?NEW\]?|HOT)\s*/i, '').replace(/\s*(NEW|HOT|\[图\])$/i, '').trim();
}

/** A date at the end of (or in brackets behind) a title belongs to the row, not to the title. */
function stripDate(text: string): string {
  return text.replace(/\s*[[(（【]?\s*(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])）】]?\s*$/, '').trim() || text.trim();
}

function rowDate(row: Element, link: Element, url: string | null, context: ItemContext): FoundDate | null {
  const beside = context.column === null ? besideDate(row, link, context) : cellDate(row, context.column, context);
  if (beside && !beside.yearUnknown) return beside;
  const tooltip = tooltipDate(link, row);
  if (tooltip) return tooltip;
  const inUrl = url === null ? null : dateInUrl(url);
  if (beside?.yearUnknown) {
    const year = context.year ?? (inUrl ? Number(inUrl.slice(0, 4)) : url === null ? null : yearInUrl(url));
    return year === null ? beside : { value: `${year}-${beside.value}`, source: 'item' };
  }
  return inUrl && inUrl <= context.today ? { value: inUrl, source: 'item-url' } : null;
}

function cellDate(row: Element, column: number, context: ItemContext): FoundDate | null {
  const cells = row.children.filter((child) => isTag(child as AnyNode) && /^t[dh]$/.test((child as Element).name)) as Element[];
  return pickDate(cells[column] ? textOf(cells[column]!) : '', context);
}

/** A date in the row outside the title; within the title's link only in an element of its own, or in brackets at the end. */
function besideDate(row: Element, link: Element, context: ItemContext): FoundDate | null {
  const outside = splitBlocks(row, link);
  const joined = outside.join(' ');
  const split = splitDayDate(outside);
  if (split) return { value: split, source: 'item' };
  const found = pickDate(joined, context);
  if (found) return found;
  const inner = (link.children.filter((child) => isTag(child as AnyNode)) as Element[]).map((child) => textOf(child));
  const own = inner.map((text) => pickWhole(text, context)).find((date) => date !== null);
  if (own) return own;
  const splitInner = splitDayDate(inner);
  if (splitInner) return { value: splitInner, source: 'item' };
  const ending = /[[(（【]\s*([^\])）】]{8,20})\s*[\])）】]\s*$/.exec(textOf(link))?.[1] ?? /\s((?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2})\s*$/.exec(textOf(link))?.[1];
  return ending ? pickWhole(ending, context) : null;
}

/** Texts of the row's parts without the title's link, in order. */
function splitBlocks(row: Element, link: Element): string[] {
  const parts: string[] = [];
  const walk = (node: AnyNode): void => {
    if (node === (link as AnyNode)) return;
    if (node.type === 'text') {
      const text = (node as { data: string }).data.replace(/[\s\u00A0\u3000]+/g, ' ').trim();
      if (text !== '') parts.push(text);
    } else if ('children' in node && !(isTag(node) && /^(script|style)$/.test(node.name))) for (const child of node.children) walk(child as AnyNode);
  };
  walk(row as AnyNode);
  return parts;
}

/** `07` and `2020-09` in two blocks, either way round. */
function splitDayDate(parts: readonly string[]): CalendarDate | null {
  for (let index = 0; index + 1 < parts.length; index += 1) {
    for (const [day, month] of [[parts[index]!, parts[index + 1]!], [parts[index + 1]!, parts[index]!]] as const) {
      const yearMonth = /^[[(（]?\s*((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*月?\s*[\])）]?$/.exec(month);
      const dayOnly = /^(\d{1,2})\s*日?$/.exec(day);
      if (!yearMonth || !dayOnly) continue;
      const found = parseDates(`${yearMonth[1]}-${yearMonth[2]}-${dayOnly[1]}`)[0];
      if (found) return found.value;
    }
  }
  return null;
}

/** The publication date of a row's text: labelled 发布 first, then the last plain one that is no deadline and no file number. */
function pickDate(text: string, context: ItemContext): FoundDate | null {
  const dates = parseDates(text).filter((date) => !isOtherDate(text, date) && (date.yearUnknown || date.value <= context.today));
  const labelled = dates.find((date) => /(发布|发文|更新|公开|转办|来信|提交|写信|上传)(时间|日期|于)?\s*[:：]?\s*$/.test(text.slice(Math.max(0, date.index - 10), date.index)));
  const full = dates.filter((date) => !date.yearUnknown);
  const chosen = labelled ?? full[0] ?? dates[0];
  if (!chosen) return null;
  // Month and day inside running words (4月26日 in a summary) are no date of the row.
  if (chosen.yearUnknown && !isAlone(text, chosen)) return null;
  if (!labelled && !isAlone(text, chosen) && text.length > 40) return null;
  return chosen.yearUnknown ? { value: chosen.value, source: 'item', yearUnknown: true } : { value: chosen.value, source: 'item' };
}

/** Whether a date stands by itself: only brackets, a time or few words around it. */
function isAlone(text: string, date: { index: number; length: number }): boolean {
  const before = text.slice(0, date.index);
  const after = text.slice(date.index + date.length).replace(/^[\s日T]*\d{1,2}:\d{2}(:\d{2})?/, '');
  return /(^|[\s[(（【|｜:：])$/.test(before) && /^($|[\s\])）】|｜])/.test(after);
}

function pickWhole(text: string, context: ItemContext): FoundDate | null {
  const [date] = parseDates(text);
  if (!date || text.replace(/\d{1,2}:\d{2}(:\d{2})?/, '').length - date.length > 6) return null;
  return pickDate(text, context);
}

function tooltipDate(link: Element, row: Element): FoundDate | null {
  const tip = `${link.attribs.title ?? ''} ${row.attribs.title ?? ''}`;
  const labelled = /(?:发布|更新)(?:时间|日期)\s*[:：]\s*([\d年月日\s:./-]{8,20})/.exec(tip)?.[1];
  const date = labelled ? parseDates(labelled).find((each) => !each.yearUnknown) : undefined;
  return date ? { value: date.value, source: 'tooltip' } : null;
}

/** The index of the column whose head says 发布日期 (or 发布时间, 日期, 时间); 成文 and 生效 are others. */
function dateColumn(rows: readonly Element[], table: Element): number | null {
  const heads = DomUtils.findAll((element) => element.name === 'tr', [table] as AnyNode[]).slice(0, 3);
  for (const head of heads) {
    const cells = (head.children.filter((child) => isTag(child as AnyNode) && /^t[dh]$/.test((child as Element).name)) as Element[]).map((cell) => textOf(cell).replace(/\s/g, ''));
    const published = cells.findIndex((cell) => /^(发布日期|发布时间|公开日期|公开时间|更新日期|更新时间)$/.test(cell));
    if (published >= 0) return published;
    const plain = cells.findIndex((cell) => /^(日期|时间)$/.test(cell));
    if (plain >= 0 && rows.length > 0) return plain;
  }
  return null;
}

/** The year of the nearest heading (2020年, 2020) above each row, inside the list or right before it. */
function headingYears(element: Element, rows: readonly Element[]): (number | null)[] {
  let year: number | null = yearOf(previousText(element));
  const rowSet = new Set(rows);
  const years = new Map<Element, number | null>();
  const walk = (node: AnyNode): void => {
    if (!isTag(node)) return;
    if (rowSet.has(node)) {
      years.set(node, year);
      return;
    }
    const own = yearOf(textOf(node));
    if (own !== null) year = own;
    for (const child of node.children) walk(child as AnyNode);
  };
  for (const child of element.children) walk(child as AnyNode);
  return rows.map((row) => years.get(row) ?? year);
}

function previousText(element: Element): string {
  for (let node = element.prev as AnyNode | null; node; node = node.prev as AnyNode | null) if (isTag(node)) return textOf(node).slice(0, 20);
  return '';
}

function yearOf(text: string): number | null {
  const match = /^[\s[【(（]*((?:19|20)\d{2})\s*年?(?:度)?[\s\]】)）]*$/.exec(text);
  return match ? Number(match[1]) : null;
}

/** Hidden lists are unseen unless they are panes of a tab: then a brother of the same kind is shown. */
function isUnseen(element: Element): boolean {
  const hidden = [element, ...ancestors(element)].find(isHidden);
  if (!hidden) return false;
  const brothers = (hidden.parent?.children ?? []).filter((child) => isTag(child as AnyNode) && child !== hidden && (child as Element).name === hidden.name) as Element[];
  return !brothers.some((brother) => !isHidden(brother));
}

/** A list inside a row of another list (a menu in a card) is told once, by the outer one when that has the dates. */
function dropNested(lists: readonly PageList[]): PageList[] {
  const elements = new Set(lists.filter((list) => list.role === 'content').map((list) => list.element));
  return lists.filter((list) => {
    if (!list.element || list.items.some((item) => item.date !== null)) return true;
    return !ancestors(list.element).some((each) => elements.has(each));
  });
}
