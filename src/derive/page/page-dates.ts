import { type CalendarDate, calendarDate, shanghaiDate } from '../../lib/pure/dates.ts';
import { SEAM } from './page-text.ts';

/** A date as a page writes it. When the year is not written, `yearUnknown` is set and `value` is `MM-DD`. */
export interface WrittenDate {
  readonly value: CalendarDate;
  readonly yearUnknown: boolean;
  /** After `today`: announced, due or wrong, never an update (page-patterns §1 rule 3). */
  readonly future: boolean;
  /** Place in the text; the time of day behind a date belongs to it. */
  readonly index: number;
  readonly length: number;
}

const GAP = '\\s{0,3}';
const YEAR = '(?<year>(?:19|20)\\d{2})';
const TIME =
  '(?:(?:[\\sT]{1,8}|-|\\s?[日，,]\\s?)(?<hour>\\d{1,2})[:：](?<minute>\\d{2})(?:[:：](?<second>\\d{2})(?:\\.\\d{1,9})?)?' +
  '(?<zone>Z|[+-]\\d{2}:?\\d{2}(?!\\d))?)?';
const CHINESE = `年${GAP}(?<m1>\\d{1,2})${GAP}月${GAP}(?<d1>\\d{1,2})(?:${GAP}日)?`;
const SEPARATED = `(?<mark>[-/.—–－·])${GAP}(?<m2>\\d{1,2})${GAP}\\k<mark>${GAP}(?<d2>\\d{1,2})`;
const DASHED = '——(?<m3>\\d{1,2})——(?<d3>\\d{1,2})';
const FULL = `(?<!\\d)${YEAR}${GAP}(?:${CHINESE}|${SEPARATED}|${DASHED})(?!\\d)${TIME}`;
const JSON_DATE = '\\/Date\\((?<ms>\\d{12,13})(?:[+-]\\d{4})?\\)\\/';
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const JAVA =
  '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<jm>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?<jd>\\d{2}) ' +
  '\\d{2}:\\d{2}:\\d{2} (?:CST|GMT\\+08:00) (?<jy>(?:19|20)\\d{2})';
const MONTH_DAY =
  '(?<![\\d年./:：-]|第)(?<m4>\\d{1,2})(?:\\s?月\\s?(?<d4>\\d{1,2})\\s?日|[-/.](?<d5>\\d{1,2}))' +
  '(?![\\d./:：-]|\\s?(?:时|%|％|个|元|万|亿|次|件|号|人|岁|年))';
const ANY = new RegExp(`${FULL}|${JSON_DATE}|${JAVA}|${MONTH_DAY}`, 'g');
/** Texts are cut at this length; a page's words are shorter. */
const TEXT_MAX = 2_000_000;
const DATES_MAX = 5_000;

/**
 * Every date of a text in order of place, in all forms of page-patterns §2. Impossible days are refused, month-day forms without
 * a year are marked, dates after `today` are flagged. Milliseconds and times with a zone are read in Asia/Shanghai.
 */
export function parseDates(
  text: string,
  options: { readonly today?: CalendarDate } = {},
): WrittenDate[] {
  const alone = aloneNumber(text);
  const today = options.today ?? '9999-12-31';
  if (alone !== null)
    return [
      { value: alone, yearUnknown: false, future: alone > today, index: 0, length: text.length },
    ];
  const found: WrittenDate[] = [];
  for (const match of foldDigits(text.slice(0, TEXT_MAX)).matchAll(ANY)) {
    if (found.length >= DATES_MAX) break;
    const groups = match.groups as Readonly<Record<string, string | undefined>>;
    const monthDay = groups.m4 !== undefined;
    const value = monthDay ? monthDayOf(groups) : fullOf(groups);
    if (value === null) continue;
    const future = !monthDay && value > today;
    found.push({
      value,
      yearUnknown: monthDay,
      future,
      index: match.index,
      length: match[0].length,
    });
  }
  return found;
}

/** Full-width digits and signs of dates, character by character, so that places stay the same. */
function foldDigits(text: string): string {
  if (!/[\uff0d-\uff1a]/.test(text)) return text;
  return text.replace(/[\uff0d-\uff19]/g, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  );
}

function fullOf(groups: Readonly<Record<string, string | undefined>>): CalendarDate | null {
  if (groups.ms !== undefined) return shanghaiDate(Number(groups.ms));
  if (groups.jy !== undefined)
    return calendarDate(Number(groups.jy), MONTHS.indexOf(groups.jm!) / 3 + 1, Number(groups.jd));
  const month = groups.m1 ?? groups.m2 ?? groups.m3;
  const day = groups.d1 ?? groups.d2 ?? groups.d3;
  const date = calendarDate(Number(groups.year), Number(month), Number(day));
  return date !== null && groups.zone !== undefined ? inShanghai(date, groups) : date;
}

/** `2020-09-28T17:41:05Z` is the 29th in China. */
function inShanghai(
  date: CalendarDate,
  groups: Readonly<Record<string, string | undefined>>,
): CalendarDate {
  const zone = groups.zone === 'Z' ? 'Z' : groups.zone!.replace(/^(.\d{2}):?(\d{2})$/, '$1:$2');
  const time = `${groups.hour!.padStart(2, '0')}:${groups.minute}:${groups.second ?? '00'}`;
  const ms = Date.parse(`${date}T${time}${zone}`);
  return Number.isNaN(ms) ? date : shanghaiDate(ms);
}

function monthDayOf(groups: Readonly<Record<string, string | undefined>>): string | null {
  // A leap year, so that 02-29 is a day.
  return calendarDate(2020, Number(groups.m4), Number(groups.d4 ?? groups.d5))?.slice(5) ?? null;
}

/** A text that is nothing but a number: milliseconds or seconds since 1970, or `20200929`, with or without a time. */
function aloneNumber(text: string): CalendarDate | null {
  const digits = text.length > 20 ? '' : text.trim();
  if (/^1[0-9]{12}$/.test(digits)) return shanghaiDate(Number(digits));
  const compact = /^((?:19|20)\d{2})([01]\d)([0-3]\d)(?:\d{4}|\d{6})?$/.exec(digits);
  return compact ? calendarDate(Number(compact[1]), Number(compact[2]), Number(compact[3])) : null;
}

/** Words right behind a date that make it a deadline or the end of a period (page-patterns §3). */
const DEADLINE_AFTER =
  /^[^\S\n]{0,4}[）)】\]]{0,2}(?:前|以前|之前|止|截止|截至|结束|到期|起|后|为止|有效)/;
/** The same in the next element, where 前三季度 may begin a title: nothing goes on behind it. */
const DEADLINE_BESIDE = new RegExp(
  `^${SEAM}{1,4}(?:前|以前|之前|止|截止|起|后|为止)(?!\\p{Script=Han})`,
  'u',
);
/** What a date may be of besides a publication. */
const OTHER_EVENT =
  '(?:有效期|期限|成文|印发|制定|生效|施行|实施|失效|废止|开始|结束|到期|开庭|会议|活动|考试|开标|报名|举办|培训|出生|成立)';
const DUE = '(?:截止|截至|(?<![冬夏])至|请于|须于|应于|定于|将于|拟于|今天是|现在是|当前)';
/** A label of such a date, which may be an element of its own: 会议时间, 报名：. */
const OTHER_LABEL = new RegExp(
  `(?:${OTHER_EVENT}|${DUE})(?:(?:时间|日期|日|期)(?:为|是)?\\s{0,2}[:：]?|(?:为|是)?\\s{0,2}[:：]|为|是)\\s{0,2}$`,
);
const DUE_BEFORE = new RegExp(`${DUE}[^\\S\\n]{0,2}$`);
/** In the same words as the date only: titles end like this too (召开会议, 新生报到), and their dates stand in the next element. */
const OTHER_JOINED = new RegExp(`(?:${OTHER_EVENT}|[自从到])$`);
const OTHER_ALONE = new RegExp(`^\\s{0,2}(?:${OTHER_EVENT}|[自从到])\\s{0,2}$`);
const PERIOD_AFTER = /^[^\S\n]?(?:至|到|—|–|~|～|-{1,2}\s?\d{4})/;
const PERIOD_BEFORE = /\d\s?日?\s?(?:至|到|—+|–|~|～|-)\s?$/;
const CLOCK_AFTER = /^[\s，,）)]{0,3}(?:星期|农历)|^[^\S\n]{0,3}[，,）)]{0,2}周[一二三四五六日]/;

/**
 * Whether the date at a place of a text is a deadline, a period, a clock or another date than a publication's. `text` may hold seams
 * between elements (page-text.ts), which tell a title from the date behind it.
 */
export function isOtherDate(text: string, date: WrittenDate): boolean {
  const from = Math.max(0, date.index - 16);
  const before = text.slice(from, date.index);
  const end = date.index + date.length;
  const after = text.slice(end, end + 16);
  const [shownBefore, shownAfter] = [before, after].map((part) => part.replaceAll(SEAM, ' '));
  const run = before.slice(Math.max(before.lastIndexOf(SEAM), before.lastIndexOf('\n')) + 1);
  const isWholeRun = from === 0 || run.length < before.length;
  return (
    DEADLINE_AFTER.test(after) ||
    DEADLINE_BESIDE.test(after) ||
    CLOCK_AFTER.test(shownAfter!) ||
    PERIOD_AFTER.test(shownAfter!) ||
    OTHER_LABEL.test(shownBefore!) ||
    DUE_BEFORE.test(shownBefore!) ||
    OTHER_JOINED.test(run) ||
    (isWholeRun && OTHER_ALONE.test(run)) ||
    PERIOD_BEFORE.test(shownBefore!)
  );
}
