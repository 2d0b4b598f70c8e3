import type { AnyNode, Element } from 'domhandler';
import { isTag } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import type { FoundDate } from '../../domain/site-facts.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { dateInUrl, isOtherDate, parseDates, yearInUrl } from './page-dates.ts';
import { textOf } from './page-dom.ts';

/** What a row stands in. */
export interface ItemContext {
  readonly base: string;
  readonly today: CalendarDate;
  /** Year of the heading above the row. */
  readonly year: number | null;
  /** Index of the 发布日期 column of a table. */
  readonly column: number | null;
}

/** The date of one row: beside the title, in a tooltip, in the link's address, in that order; a year from heading or address. */
export function rowDate(
  row: Element,
  link: Element,
  url: string | null,
  context: ItemContext,
): FoundDate | null {
  const beside =
    context.column === null
      ? besideDate(row, link, context)
      : cellDate(row, context.column, context);
  if (beside && !beside.yearUnknown) return beside;
  const tooltip = tooltipDate(link, row);
  if (tooltip) return tooltip;
  const inUrl = url === null ? null : dateInUrl(url);
  if (beside?.yearUnknown) {
    const year =
      context.year ?? (inUrl ? Number(inUrl.slice(0, 4)) : url === null ? null : yearInUrl(url));
    return year === null ? beside : { value: `${year}-${beside.value}`, source: 'item' };
  }
  return inUrl && inUrl <= context.today ? { value: inUrl, source: 'item-url' } : null;
}

function cellDate(row: Element, column: number, context: ItemContext): FoundDate | null {
  const cells = row.children.filter(
    (child) => isTag(child as AnyNode) && /^t[dh]$/.test((child as Element).name),
  ) as Element[];
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
  const inner = (link.children.filter((child) => isTag(child as AnyNode)) as Element[]).map(
    (child) => textOf(child),
  );
  const own = inner.map((text) => pickWhole(text, context)).find((date) => date !== null);
  if (own) return own;
  const splitInner = splitDayDate(inner);
  if (splitInner) return { value: splitInner, source: 'item' };
  const ending =
    /[[(（【]\s*([^\])）】]{8,20})\s*[\])）】]\s*$/.exec(textOf(link))?.[1] ??
    /\s((?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2})\s*$/.exec(textOf(link))?.[1];
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
    } else if ('children' in node && !(isTag(node) && /^(script|style)$/.test(node.name)))
      for (const child of node.children) walk(child as AnyNode);
  };
  walk(row as AnyNode);
  return parts;
}

/** `07` and `2020-09` in two blocks, either way round. */
function splitDayDate(parts: readonly string[]): CalendarDate | null {
  for (let index = 0; index + 1 < parts.length; index += 1) {
    for (const [day, month] of [
      [parts[index]!, parts[index + 1]!],
      [parts[index + 1]!, parts[index]!],
    ] as const) {
      const yearMonth = /^[[(（]?\s*((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*月?\s*[\])）]?$/.exec(
        month,
      );
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
  const dates = parseDates(text).filter(
    (date) => !isOtherDate(text, date) && (date.yearUnknown || date.value <= context.today),
  );
  const labelled = dates.find((date) =>
    /(发布|发文|更新|公开|转办|来信|提交|写信|上传)(时间|日期|于)?\s*[:：]?\s*$/.test(
      text.slice(Math.max(0, date.index - 10), date.index),
    ),
  );
  const full = dates.filter((date) => !date.yearUnknown);
  const chosen = labelled ?? full[0] ?? dates[0];
  if (!chosen) return null;
  // Month and day inside running words (4月26日 in a summary) are no date of the row.
  if (chosen.yearUnknown && !isAlone(text, chosen)) return null;
  if (!labelled && !isAlone(text, chosen) && text.length > 40) return null;
  return chosen.yearUnknown
    ? { value: chosen.value, source: 'item', yearUnknown: true }
    : { value: chosen.value, source: 'item' };
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

/** A date in a tooltip: labelled (发布时间：…) on the link or row, or alone on a part of the row that is not the link. */
function tooltipDate(link: Element, row: Element): FoundDate | null {
  const tip = `${link.attribs.title ?? ''} ${row.attribs.title ?? ''}`;
  const labelled = /(?:发布|更新)(?:时间|日期)\s*[:：]\s*([\d年月日\s:./-]{8,20})/.exec(tip)?.[1];
  const alone = DomUtils.findAll(
    (element) => element !== link && element.attribs.title !== undefined,
    row.children as AnyNode[],
  )
    .map((element) => element.attribs.title!.trim())
    .find((title) => title.length <= TOOLTIP_DATE_MAX);
  const date = [labelled, alone]
    .flatMap((text) => (text ? parseDates(text) : []))
    .find((each) => !each.yearUnknown);
  return date ? { value: date.value, source: 'tooltip' } : null;
}

/** `2020-07-13 09:30:00` and no more. */
const TOOLTIP_DATE_MAX = 20;

/** The index of the column whose head says 发布日期 (or 发布时间, 日期, 时间); 成文 and 生效 are others. */
export function dateColumn(rows: readonly Element[], table: Element): number | null {
  const heads = DomUtils.findAll((element) => element.name === 'tr', [table] as AnyNode[]).slice(
    0,
    3,
  );
  for (const head of heads) {
    const cells = (
      head.children.filter(
        (child) => isTag(child as AnyNode) && /^t[dh]$/.test((child as Element).name),
      ) as Element[]
    ).map((cell) => textOf(cell).replace(/\s/g, ''));
    const published = cells.findIndex((cell) =>
      /^(发布日期|发布时间|公开日期|公开时间|更新日期|更新时间)$/.test(cell),
    );
    if (published >= 0) return published;
    const plain = cells.findIndex((cell) => /^(日期|时间)$/.test(cell));
    if (plain >= 0 && rows.length > 0) return plain;
  }
  return null;
}

/** The year of the nearest heading (2020年, 2020) above each row, inside the list or right before it. */
export function headingYears(element: Element, rows: readonly Element[]): (number | null)[] {
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
  for (let node = element.prev as AnyNode | null; node; node = node.prev as AnyNode | null)
    if (isTag(node)) return textOf(node).slice(0, 20);
  return '';
}

function yearOf(text: string): number | null {
  const match = /^[\s[【(（]*((?:19|20)\d{2})\s*年?(?:度)?[\s\]】)）]*$/.exec(text);
  return match ? Number(match[1]) : null;
}
