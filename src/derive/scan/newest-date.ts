import { type CalendarDate, calendarDate } from '../../lib/pure/dates.ts';

const WRITTEN =
  /(?<!\d)((?:19|20)\d\d)(?:年\s?(\d{1,2})月\s?(\d{1,2})|([-./])(\d{1,2})\4(\d{1,2}))(?!\d)/g;
/** Dates looked at in one text; a list page has hundreds. */
const DATES_MAX = 20_000;

/** The newest date written out in a text that is not after `today`; null when there is none. */
export function newestDate(text: string, today: CalendarDate): CalendarDate | null {
  let newest = 0;
  let looked = 0;
  const limit = Number(today.replaceAll('-', ''));
  for (const match of text.matchAll(WRITTEN)) {
    looked += 1;
    if (looked > DATES_MAX) break;
    const month = Number(match[2] ?? match[5]);
    const day = Number(match[3] ?? match[6]);
    const value = (Number(match[1]) * 100 + month) * 100 + day;
    if (value <= newest || value > limit || !isDay(value)) continue;
    newest = value;
  }
  return newest === 0 ? null : dateOf(newest);
}

const dateOf = (value: number): CalendarDate | null =>
  calendarDate(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100);

const isDay = (value: number): boolean => dateOf(value) !== null;

/** The date at the head of a tag's value (`2020-09-17 10:30`), as PubDate asks for (国办发〔2017〕47号 附件 网页标签). */
export function leadingDate(value: string | undefined): CalendarDate | null {
  const match = /^\s{0,9}(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})(?!\d)/.exec(value ?? '');
  return match === null ? null : calendarDate(Number(match[1]), Number(match[2]), Number(match[3]));
}
