/**
 * Dates and instants. An instant is ISO 8601 UTC (`2020-09-17T15:59:59.000Z`); a date is `YYYY-MM-DD`
 * in Asia/Shanghai, which has had no daylight saving since 1991, so its offset is the constant +08:00.
 */

export type Instant = string;
export type CalendarDate = string;

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const DATE_FORM = /^(\d{4})-(\d{2})-(\d{2})$/;
const LOCAL_FORM = /^(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** Whether `text` is a real calendar date written `YYYY-MM-DD` (2021-02-30 is not). */
export function isCalendarDate(text: string): boolean {
  const match = DATE_FORM.exec(text);
  if (!match) return false;
  return calendarDate(Number(match[1]), Number(match[2]), Number(match[3])) === text;
}

/** The date of year, month 1-12 and day, or null when there is no such day. */
export function calendarDate(year: number, month: number, day: number): CalendarDate | null {
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  if (
    date.getUTCFullYear() !== year ||
    date.getUTCMonth() !== month - 1 ||
    date.getUTCDate() !== day
  )
    return null;
  return date.toISOString().slice(0, 10);
}

/** The Asia/Shanghai calendar date of an instant (ISO text, Date or epoch milliseconds). */
export function shanghaiDate(at: Instant | Date | number): CalendarDate {
  return new Date(new Date(at).getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** `YYYY-MM-DD HH:MM[:SS]` in Asia/Shanghai to an instant; null when it is not such a time. */
export function shanghaiInstant(text: string): Instant | null {
  const match = LOCAL_FORM.exec(text.trim());
  if (!match || !isCalendarDate(match[1]!)) return null;
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const dayStart = Date.parse(`${match[1]}T00:00:00.000Z`) - SHANGHAI_OFFSET_MS;
  return new Date(dayStart + ((hours * 60 + minutes) * 60 + seconds) * 1000).toISOString();
}

/** `YYYY-MM-DD HH:MM` in Asia/Shanghai, for people. */
export function shanghaiText(at: Instant | Date | number): string {
  return new Date(new Date(at).getTime() + SHANGHAI_OFFSET_MS)
    .toISOString()
    .slice(0, 16)
    .replace('T', ' ');
}

export function startOfDay(date: CalendarDate): Instant {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) - SHANGHAI_OFFSET_MS).toISOString();
}

/** The last millisecond of the Asia/Shanghai day: the default monitoring time (监测时间点). */
export function endOfDay(date: CalendarDate): Instant {
  return new Date(Date.parse(startOfDay(date)) + DAY_MS - 1).toISOString();
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** `date` moved by whole months; a day that the target month lacks becomes its last day (03-31 − 1 → 02-28/29). */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = (index % 12) + 1;
  const lastDay = new Date(Date.UTC(targetYear, targetMonth, 0)).getUTCDate();
  return calendarDate(targetYear, targetMonth, Math.min(day, lastDay))!;
}

/** Whole days from `from` to `to` (negative when `to` is earlier). */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round(
    (Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / DAY_MS,
  );
}

/** `2020年8月19日`, months and days unpadded as official documents print them (GB/T 9704-2012 7.3.5.4). */
export function chineseDate(date: CalendarDate): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return `${year}年${month}月${day}日`;
}
