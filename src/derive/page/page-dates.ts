import { type CalendarDate, calendarDate, shanghaiDate } from '../../lib/pure/dates.ts';

/** A date as a page writes it. `monthDay` when the year is not written; then `value` is `MM-DD`. */
export interface WrittenDate {
  readonly value: CalendarDate;
  readonly yearUnknown: boolean;
  /** Place in the text. */
  readonly index: number;
  readonly length: number;
}

const FULL =
  /(?<![\d/])((?:19|20)\d{2})\s*(?:年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?|([-/.—–])\s*(\d{1,2})\s*\4\s*(\d{1,2})|——(\d{1,2})——(\d{1,2}))(?!\d)/g;
const COMPACT = /(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/g;
const MONTH_DAY =
  /(?<![\d年./-])(\d{1,2})\s*(?:月\s*(\d{1,2})\s*日|[-/.]\s*(\d{1,2}))(?![\d./-]|\s*(?:时|%|％|个|元|万|亿|次|件|号))/g;
const MILLISECONDS = /(?<!\d)(?:\/Date\((\d{12,13})(?:[+-]\d{4})?\)\/|(1[0-9]{12}))(?!\d)/g;
const DATES_MAX = 200;
/** Texts longer than this are cut: a list row or a page head is short, and bodies are not searched whole. */
const TEXT_MAX = 20_000;

/**
 * Every date of a text in order of place: all forms of page-patterns §2. Impossible days are refused; month-day forms without
 * a year are marked. Milliseconds are read in Asia/Shanghai.
 */
export function parseDates(text: string): WrittenDate[] {
  const source = text.slice(0, TEXT_MAX);
  const found: WrittenDate[] = [];
  const add = (value: CalendarDate | null, match: RegExpMatchArray, yearUnknown = false): void => {
    if (value === null || found.length >= DATES_MAX) return;
    const [index, length] = [match.index ?? 0, match[0].length];
    if (found.some((known) => index < known.index + known.length && known.index < index + length))
      return;
    found.push({ value, yearUnknown, index, length });
  };
  for (const match of source.matchAll(FULL))
    add(
      dateOf(match[1], match[2] ?? match[5] ?? match[7], match[3] ?? match[6] ?? match[8]),
      match,
    );
  for (const match of source.matchAll(MILLISECONDS))
    add(shanghaiDate(Number(match[1] ?? match[2])), match);
  for (const match of source.matchAll(MONTH_DAY)) {
    const day = dateOf('2020', match[1], match[2] ?? match[3]);
    add(day === null ? null : day.slice(5), match, true);
  }
  return found.sort((a, b) => a.index - b.index);
}

function dateOf(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): CalendarDate | null {
  return calendarDate(Number(year), Number(month), Number(day));
}

/** The first full date of a short text, or null. */
export function firstFullDate(text: string): CalendarDate | null {
  return parseDates(text).find((date) => !date.yearUnknown)?.value ?? null;
}

/** A date written into a URL's path: `/202008/t20200805_1.html`, `/art/2020/9/8/art_1_2.html`, `/2021-04/08/content_1.htm`, `/xwfb/20220426/…`. */
export function dateInUrl(url: string): CalendarDate | null {
  const path = pathOf(url);
  const patterns = [
    /[/_]t((?:19|20)\d{2})(\d{2})(\d{2})_/,
    /\/((?:19|20)\d{2})\/(\d{1,2})\/(\d{1,2})(?:\/|$)/,
    /\/((?:19|20)\d{2})[-_]?(\d{2})\/(\d{2})(?:\/|$)/,
    /\/((?:19|20)\d{2})(\d{2})(\d{2})(?:\/|_|\.)/,
    /\/((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})(?:\/|\.|_)/,
  ];
  for (const pattern of patterns) {
    const match = pattern.exec(path);
    const date = match && calendarDate(Number(match[1]), Number(match[2]), Number(match[3]));
    if (date) return date;
  }
  const compact = [...path.matchAll(COMPACT)].at(-1);
  return compact ? calendarDate(Number(compact[1]), Number(compact[2]), Number(compact[3])) : null;
}

/** The year that a URL's path names (`/2020/09/…`, `/202009/…`), for month-day dates beside its link. */
export function yearInUrl(url: string): number | null {
  const match = /\/((?:19|20)\d{2})(?:\/|-|\d{2}(?:\/|\d{2}))/.exec(pathOf(url));
  return match ? Number(match[1]) : null;
}

function pathOf(url: string): string {
  try {
    return new URL(url, 'http://x.invalid/').pathname;
  } catch {
    return '';
  }
}

/** Words right behind a date that make it a deadline or the end of a period (page-patterns §3). */
const DEADLINE_AFTER =
  /^[\s）)】\]]*(?:\d{1,2}[:：]\d{2}(?::\d{2})?\s*)?(?:前|以前|之前|止|截止|截至|结束|到期)/;
/** Words right before a date that make it a deadline, a period, a clock or the age of a document, not a publication. */
const OTHER_BEFORE =
  /(?:截止|截至|有效期|期限|至|到|请于|须于|应于|定于|将于|自|从|成文日期|生效日期|生效时间|实施日期|开始时间|结束时间|截止时间|截止日期|今天是|现在是|—|~|～)\s*(?:时间|日期)?\s*[:：]?\s*$/;

/** Whether the date at a place of a text is a deadline, a period or another date than a publication's. */
export function isOtherDate(text: string, date: WrittenDate): boolean {
  const before = text.slice(Math.max(0, date.index - 14), date.index);
  const after = text.slice(date.index + date.length, date.index + date.length + 16);
  return (
    DEADLINE_AFTER.test(after) ||
    OTHER_BEFORE.test(before) ||
    /^\s*(?:至|到|—|–|~|～|-{1,2}\s*\d{4})/.test(after)
  );
}
