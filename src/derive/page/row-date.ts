import type { Element } from 'domhandler';
import type { FoundDate } from '../../domain/site-facts.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { calendarDate } from '../../lib/pure/dates.ts';
import type { Row } from './find-rows.ts';
import type { YearHeading } from './list-years.ts';
import { isOtherDate, parseDates, type WrittenDate } from './page-dates.ts';
import { type Chunk, chunksIn, firstAtOrAfter, type PageText, tidy } from './page-text.ts';
import { dateInUrl, yearInUrl } from './url-dates.ts';

/** A stretch of the page's words. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where the date of a row may stand. */
export interface RowPlaces {
  /** The cell under 发布日期; then nothing else counts. */
  readonly cell: Span | null;
  /** Words between this row and its neighbours, when the list keeps its dates there. */
  readonly gap: Span | null;
  /** Year, or year and month, of the heading above the row. */
  readonly heading: Pick<YearHeading, 'year' | 'month'> | null;
}

export interface RowDate {
  readonly date: FoundDate | null;
  /** What stands on the page for it; '' when it was read elsewhere. */
  readonly text: string;
  /** It stands in the title's link. */
  readonly inTitle: boolean;
  /** A date after today was passed over. */
  readonly future: boolean;
}

export interface DatedPage {
  readonly page: PageText;
  readonly dates: readonly WrittenDate[];
  readonly today: CalendarDate;
}

interface Candidate {
  readonly date: WrittenDate;
  readonly score: number;
}

/** The date of a row (page-patterns §1 rule 2, §3): beside the title, in a tooltip or attribute, then in the link's address. */
export function rowDate(source: DatedPage, row: Row, places: RowPlaces): RowDate {
  const spans = places.cell ? [places.cell] : [row, ...(places.gap ? [places.gap] : [])];
  const candidates = spans.flatMap((span) => candidatesIn(source, row, span));
  const best = bestOf(candidates.filter(({ date }) => !date.future));
  const inUrl = row.anchor?.url ? dateInUrl(row.anchor.url) : null;
  const future =
    candidates.some(({ date }) => date.future) || (inUrl !== null && inUrl > source.today);
  const inTitle = best !== null && isInTitle(row, best.date);
  const text = best
    ? tidy(source.page.text.slice(best.date.index, best.date.index + best.date.length))
    : '';
  if (best && !best.date.yearUnknown)
    return { date: { value: best.date.value, source: 'item' }, text, inTitle, future };
  const split = splitDate(source, spans) ?? dayUnderMonth(source, row, places);
  if (split) return { ...split, inTitle: false, future };
  const tooltip = tooltipDate(row, source.today);
  if (tooltip && (!best || tooltip.endsWith(best.date.value)))
    return { date: { value: tooltip, source: 'tooltip' }, text, inTitle, future };
  if (best) return { date: withYear(source, row, best.date.value, places), text, inTitle, future };
  const date: FoundDate | null =
    inUrl !== null && inUrl <= source.today ? { value: inUrl, source: 'item-url' } : null;
  return { date, text: '', inTitle: false, future };
}

const isInTitle = (row: Row, date: WrittenDate): boolean =>
  row.anchor !== null && date.index >= row.anchor.place.start && date.index < row.anchor.end;

function bestOf(candidates: readonly Candidate[]): Candidate | null {
  return candidates.reduce<Candidate | null>(
    (best, each) => (best === null || each.score > best.score ? each : best),
    null,
  );
}

function candidatesIn(source: DatedPage, row: Row, span: Span): Candidate[] {
  const { page, dates } = source;
  const found: Candidate[] = [];
  for (
    let at = firstAtOrAfter(dates, span.start, (date) => date.index);
    at < dates.length;
    at += 1
  ) {
    const date = dates[at]!;
    if (date.index >= span.end) break;
    const score = isOtherDate(page.seamed, date) ? 0 : scoreOf(page, row, date);
    if (score > 0) found.push({ date, score });
  }
  return found;
}

const LABEL =
  /(?:发布|公布|发文|更新|公开|转办|来信|提交|写信|上传|添加|录入|刊登|受理|留言|回复|答复|登记)(?:时间|日期|于|日)?\s{0,2}[:：]?\s{0,2}$/;
const PLAIN_LABEL = /(?:^|[\s|｜])(?:时间|日期)\s{0,2}[:：]\s{0,2}$/;

/** How surely a date is the row's own; 0 = it is something else (a date in the title, in a summary). */
function scoreOf(page: PageText, row: Row, date: WrittenDate): number {
  const end = date.index + date.length;
  const before = page.text.slice(Math.max(0, date.index - 14), date.index);
  const { head, tail } = aroundInChunk(page, date.index, end);
  if (isInTitle(row, date)) return scoreInTitle(page, row, date, { head, tail });
  if (LABEL.test(before)) return date.yearUnknown ? 4 : 7;
  if (PLAIN_LABEL.test(before)) return date.yearUnknown ? 3 : 6;
  if (isMarks(head) && isMarks(tail)) return date.yearUnknown ? 3 : 5;
  if (date.yearUnknown)
    return /[[(（【〔]\s?$/.test(head) && /^\s?[\])）】〕]/.test(tail) && isMarks(tail) ? 2 : 0;
  return isMeta(head, tail) ? 4 : 0;
}

/** The rest of the run of words in which a date stands (of its first and last one, when it is cut by markup). */
function aroundInChunk(page: PageText, start: number, end: number): { head: string; tail: string } {
  const at = firstAtOrAfter(page.chunks, start + 1, (chunk) => chunk.start) - 1;
  const first = page.chunks[Math.max(0, at)];
  let last: Chunk | undefined = first;
  for (let next = at + 1; last && last.end < end && next < page.chunks.length; next += 1)
    last = page.chunks[next];
  return {
    head: first ? page.text.slice(Math.max(first.start, start - 200), start) : '',
    tail: last ? page.text.slice(end, Math.min(last.end, end + 200)) : '',
  };
}

const isMarks = (text: string): boolean =>
  /^[\s()（）[\]【】〔〕<>《》|｜:：·•\-—,，.。/日期时间于]*$/.test(text);

/** 来源：某局 2020-09-29 浏览：12 — words about the entry, not running text. */
function isMeta(head: string, tail: string): boolean {
  const rest = `${head} ${tail}`;
  if (rest.length > 60 || /[，。；！？,;!?]/.test(rest.trim())) return false;
  return /[\s(（[【:：|｜]$/.test(head || ' ') && /^[\s)）\]】|｜]/.test(tail || ' ');
}

function scoreInTitle(
  page: PageText,
  row: Row,
  date: WrittenDate,
  { head, tail }: { head: string; tail: string },
): number {
  const anchor = row.anchor!;
  const own = tidy(page.text.slice(anchor.place.start, anchor.end));
  const length = tidy(page.text.slice(date.index, date.index + date.length)).length;
  // The link says nothing but the date.
  if (own.length - length < 2) return date.yearUnknown ? 1 : 3;
  if (isMarks(head) && isMarks(tail)) return date.yearUnknown ? 3 : 5;
  const bracketed = /[[(（【〔]\s?$/.test(head) && /^\s?[\])）】〕]/.test(tail);
  const atEdge = isMarks(head) || isMarks(tail);
  if (bracketed && atEdge) return date.yearUnknown ? 1 : 3;
  if (date.yearUnknown) return 0;
  const labelled = LABEL.test(head) && isMarks(tail);
  if (labelled) return 3;
  const written = page.text.slice(date.index, date.index + date.length);
  const spaced = isMarks(head) ? /^\s/.test(tail) : /\s$/.test(head);
  return atEdge && spaced && !written.includes('年') ? 2 : 0;
}

/** Day and year-month in blocks of their own (29 over 2020-09), either way round; also 09-29 beside 2020. */
function splitDate(
  source: DatedPage,
  spans: readonly Span[],
): { date: FoundDate; text: string } | null {
  const parts = spans
    .flatMap(({ start, end }) => chunksIn(source.page, start, end))
    .slice(0, 40)
    .map((chunk) => tidy(source.page.text.slice(chunk.start, chunk.end)));
  for (let at = 0; at + 1 < parts.length; at += 1) {
    const joined = joinSplit(parts[at]!, parts[at + 1]!) ?? joinSplit(parts[at + 1]!, parts[at]!);
    const date = joined ?? joinThree(parts.slice(at, at + 3));
    if (date !== null && date <= source.today)
      return { date: { value: date, source: 'item' }, text: `${parts[at]} ${parts[at + 1]}` };
  }
  return null;
}

/** 29日 under the heading 2020年9月. */
function dayUnderMonth(
  { page, today }: DatedPage,
  row: Row,
  { heading }: RowPlaces,
): { date: FoundDate; text: string } | null {
  if (heading?.month == null) return null;
  for (const chunk of chunksIn(page, row.start, row.end).slice(0, 40)) {
    const text = tidy(page.text.slice(chunk.start, chunk.end));
    const day = DAY_ONLY.exec(text);
    const date = day && calendarDate(heading.year, heading.month, Number(day[1]));
    if (date && date <= today) return { date: { value: date, source: 'item' }, text };
  }
  return null;
}

const DAY_ONLY = /^[[(（【]?\s?(\d{1,2})\s?日?\s?[\])）】/]?$/;
const YEAR_MONTH = /^[[(（【]?\s?((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?月?\s?[\])）】]?$/;
const MONTH_YEAR = /^(\d{1,2})\s?[-/.]\s?((?:19|20)\d{2})$/;

function joinSplit(day: string, month: string): CalendarDate | null {
  const days = DAY_ONLY.exec(day);
  const months = days && YEAR_MONTH.exec(month);
  if (months) return calendarDate(Number(months[1]), Number(months[2]), Number(days[1]));
  const turned = days && MONTH_YEAR.exec(month);
  return turned ? calendarDate(Number(turned[2]), Number(turned[1]), Number(days[1])) : null;
}

/** 29 / 09月 / 2020年 in three blocks, day or year first. */
function joinThree(parts: readonly string[]): CalendarDate | null {
  const [first = '', middle = '', last = ''] = parts;
  const month = /^(\d{1,2})\s?月?$/.exec(middle);
  if (!month) return null;
  for (const [year, day] of [
    [first, last],
    [last, first],
  ] as const) {
    const years = /^((?:19|20)\d{2})\s?年?$/.exec(year);
    const days = years && DAY_ONLY.exec(day);
    if (days) return calendarDate(Number(years[1]), Number(month[1]), Number(days[1]));
  }
  return null;
}

const ATTRIBUTES = ['datetime', 'data-date', 'data-time', 'data-pubdate', 'data-publish'];

/** A date in the tooltip (`标题：… 发布时间：2020-09-29`) or in a machine-readable attribute. */
function tooltipDate(row: Row, today: CalendarDate): CalendarDate | null {
  for (const tip of [row.anchor?.element.attribs.title, row.element.attribs.title]) {
    const date = tip === undefined ? null : dateInTip(tip.slice(0, 500), today);
    if (date !== null) return date;
  }
  for (const element of [row.element, ...insideOf(row.element)]) {
    const { attribs } = element;
    const title = element.name === 'a' ? undefined : attribs.title;
    for (const text of [...ATTRIBUTES.map((name) => attribs[name]), title]) {
      const date = text === undefined ? null : onlyDate(text, today);
      if (date !== null) return date;
    }
  }
  return null;
}

/** Behind a label, on a line of its own, or the whole tip. */
function dateInTip(tip: string, today: CalendarDate): CalendarDate | null {
  const dates = parseDates(tip).filter((date) => !date.yearUnknown && date.value <= today);
  const before = (date: WrittenDate): string => tip.slice(0, date.index);
  const found =
    dates.find(
      (date) => LABEL.test(before(date)) || /(?:时间|日期)\s{0,2}[:：]\s{0,2}$/.test(before(date)),
    ) ??
    dates.find(
      (date) => /[\n\r]\s{0,20}$/.test(before(date)) || tip.trim().length - date.length < 2,
    );
  return found && !isOtherDate(tip, found) ? found.value : null;
}

function onlyDate(text: string, today: CalendarDate): CalendarDate | null {
  const [date] = parseDates(text.slice(0, 40));
  const isWhole = date && text.trim().length - date.length < 4;
  return isWhole && !date.yearUnknown && date.value <= today ? date.value : null;
}

function insideOf(element: Element): Element[] {
  const found: Element[] = [];
  const queue = [...element.children];
  while (queue.length > 0 && found.length < 30) {
    const node = queue.shift()!;
    if (node.type !== 'tag') continue;
    found.push(node as Element);
    queue.push(...(node as Element).children.slice(0, 20));
  }
  return found;
}

/** A month and day gets its year from words beside it, the heading above it, or the link's address; else it stays unknown. */
function withYear(
  source: DatedPage,
  row: Row,
  monthDay: string,
  { heading }: RowPlaces,
): FoundDate | null {
  const url = row.anchor?.url ?? null;
  const inUrl = url === null ? null : dateInUrl(url);
  const beside = besideYear(source.page, row);
  const fixed = beside ?? heading?.year ?? (inUrl === null && url !== null ? yearInUrl(url) : null);
  const value =
    fixed === null ? (inUrl === null ? null : nearest(monthDay, inUrl)) : dayOf(fixed, monthDay);
  if (value === null) return { value: monthDay, source: 'item', yearUnknown: true };
  return value <= source.today ? { value, source: 'item' } : null;
}

function besideYear(page: PageText, row: Row): number | null {
  for (const chunk of chunksIn(page, row.start, row.end).slice(0, 40)) {
    const match = /^[\s[(（【]*((?:19|20)\d{2})\s?[-年/.]?[\s\])）】]*$/.exec(
      page.text.slice(chunk.start, chunk.end),
    );
    if (match) return Number(match[1]);
  }
  return null;
}

/** The year in which a month and day lies nearest to a date: 01-02 beside an address of 2020-12-31 is of 2021. */
function nearest(monthDay: string, date: CalendarDate): CalendarDate | null {
  const year = Number(date.slice(0, 4));
  const distance = (value: CalendarDate): number => Math.abs(Date.parse(value) - Date.parse(date));
  return [year, year - 1, year + 1]
    .map((each) => dayOf(each, monthDay))
    .filter((value) => value !== null)
    .reduce<CalendarDate | null>(
      (best, each) => (best === null || distance(each) < distance(best) ? each : best),
      null,
    );
}

function dayOf(year: number, monthDay: string): CalendarDate | null {
  return calendarDate(year, Number(monthDay.slice(0, 2)), Number(monthDay.slice(3)));
}
