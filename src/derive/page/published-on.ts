import type { Document, Element } from 'domhandler';
import type { FoundDate } from '../../domain/site-facts.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { dateInUrl, firstFullDate, isOtherDate, parseDates } from './page-dates.ts';
import { allElements, namesOf, textOf } from './page-dom.ts';

const LABEL =
  /(?:发布|发表|发文|更新|公开|上传|刊发|录入|转办)(?:时间|日期|于)?\s*[:：]\s*$|(?:^|[\s|｜])(?:时间|日期)\s*[:：]\s*$/;
const DATE_NAMES = /(^|[\s_-])(pub|publish|date|time|info|source|ly|fbsj|ivs_date)/;
const HEAD_TEXT_MAX = 160;
const CLOCK = /星期[一二三四五六日天]|今天是|当前时间|现在时间|农历/;

/** An article's date of publication: meta PubDate in all its faulty forms, then a printed one, then the URL's. Never a future one. */
export function publishedOn(
  document: Document,
  tags: Readonly<Record<string, string>>,
  url: string,
  today: CalendarDate,
): FoundDate | null {
  const inTime = (value: CalendarDate | null): value is CalendarDate =>
    value !== null && value <= today;
  const tagged = firstFullDate(
    (tags.pubdate ?? tags.firstpublishedtime ?? '').replace(/^(\d{4}-\d{2}-\d{2})-/, '$1 '),
  );
  if (inTime(tagged)) return { value: tagged, source: 'meta' };
  const printed = printedDate(document, today);
  if (printed !== null) return { value: printed, source: 'article' };
  const inUrl = dateInUrl(url);
  return inTime(inUrl) ? { value: inUrl, source: 'page-url' } : null;
}

/** The first labelled date, else a date alone in a small element that is named like one. */
function printedDate(document: Document, today: CalendarDate): CalendarDate | null {
  let lone: CalendarDate | null = null;
  for (const element of allElements(document)) {
    if (/^(script|style|a|head|title|meta|li|td)$/.test(element.name)) continue;
    const text = textOf(element);
    if (text.length === 0 || text.length > HEAD_TEXT_MAX || CLOCK.test(text)) continue;
    for (const date of parseDates(text)) {
      if (date.yearUnknown || date.value > today || isOtherDate(text, date)) continue;
      const before = text.slice(Math.max(0, date.index - 12), date.index);
      if (LABEL.test(before)) return date.value;
      if (lone === null && isLone(element, text, date)) lone = date.value;
    }
  }
  return lone;
}

function isLone(element: Element, text: string, date: { index: number; length: number }): boolean {
  const rest = `${text.slice(0, date.index)}${text.slice(date.index + date.length)}`
    .replace(/\d{1,2}:\d{2}(:\d{2})?/g, '')
    .replace(/[\s()（）[\]【】:：]/g, '');
  return (
    rest.length <= 2 ||
    (DATE_NAMES.test(namesOf(element)) &&
      rest.length < 60 &&
      /来源|作者|浏览|字体|点击|字号/.test(rest))
  );
}
