import { calendarDate } from '../../../lib/pure/dates.ts';
import type { Candidate } from '../candidate.ts';

/**
 * Dates that the calendar does not have: 2月30日, 2021年13月, 2021-02-29. A day of the lunar calendar (农历二月三十) is none of ours;
 * neither are months of age (13月龄), versions, numbers of telephones and addresses.
 */
export function findImpossibleDates(text: string): Candidate[] {
  return [...writtenDates(text), ...numericDates(text), ...chineseDates(text)];
}

const WRITTEN = /(?:(\d{4}) ?年 ?)?(\d{1,2}) ?月(?:份)?(?: ?(\d{1,2}) ?[日号])?/g;
const NUMERIC = /(\d{4})([-./])(\d{1,2})\2(\d{1,2})/g;
const CHINESE =
  /(?:([〇○零一二三四五六七八九]{4})年)?([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?/g;
const LUNAR = /农历|阴历|旧历|正月|腊月|闰/;
/** Characters before a date in which 农历 is looked for. */
const BEFORE = 6;
/** A year without 29 February stands for "any year": dates without a year are judged by a leap year. */
const LEAP_YEAR = 2000;
const YEAR_MIN = 1000;

function* writtenDates(text: string): Generator<Candidate> {
  for (const match of text.matchAll(WRITTEN)) {
    const [whole, year, month, day] = match;
    const start = match.index;
    // 公示期至2月30日止 is a date, 第13月 and 1.13月 are none.
    const isPart = /[\d.第满]/.test(text[start - 1] ?? '');
    if (year === undefined && (day === undefined || isPart)) continue;
    if (year === undefined && /\d/.test(text[start - 1] ?? '')) continue;
    if (LUNAR.test(text.slice(Math.max(0, start - BEFORE), start))) continue;
    if (exists(Number(year ?? LEAP_YEAR), Number(month), Number(day ?? 1))) continue;
    yield candidate(start, whole, 0.95);
  }
}

function* numericDates(text: string): Generator<Candidate> {
  for (const match of text.matchAll(NUMERIC)) {
    const [whole, year, , month, day] = match;
    const start = match.index;
    const around = (text[start - 1] ?? '') + (text[start + whole.length] ?? '');
    if (/[\w\-./:=&?#@%*×]/.test(around)) continue;
    const isYear = Number(year) >= 1900 && Number(year) <= 2099;
    if (!isYear || exists(Number(year), Number(month), Number(day))) continue;
    // 2021.13.5 is as often the number of a clause or a version.
    yield candidate(start, whole, match[2] === '-' ? 0.85 : 0.6);
  }
}

function* chineseDates(text: string): Generator<Candidate> {
  for (const match of text.matchAll(CHINESE)) {
    const [whole, year, month, day] = match;
    const start = match.index;
    if (day === undefined && year === undefined) continue;
    if (LUNAR.test(text.slice(Math.max(0, start - BEFORE), start))) continue;
    if (year === undefined && /[〇○零一二三四五六七八九十年]/.test(text[start - 1] ?? '')) continue;
    const digits = year === undefined ? LEAP_YEAR : Number(yearDigits(year));
    if (exists(digits, chineseNumber(month!), day === undefined ? 1 : chineseNumber(day))) continue;
    yield candidate(start, whole, 0.85);
  }
}

function exists(year: number, month: number, day: number): boolean {
  return year < YEAR_MIN || calendarDate(year, month, day) !== null;
}

const DIGITS = '〇一二三四五六七八九';
const yearDigits = (text: string): string =>
  [...text].map((one) => Math.max(0, DIGITS.indexOf(one))).join('');

/** 一…九十九; NaN for what is no number. */
function chineseNumber(text: string): number {
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  if (text.split('十').length > 2) return Number.NaN;
  const ten = text.includes('十') ? (tens === '' ? 1 : DIGITS.indexOf(tens!)) : 0;
  const one = ones === '' ? 0 : DIGITS.indexOf(ones!);
  return ten < 0 || one < 0 ? Number.NaN : ten * 10 + one;
}

function candidate(start: number, whole: string, confidence: number): Candidate {
  return {
    start,
    end: start + whole.length,
    suggestion: '',
    class: 'date',
    severity: 'ordinary',
    confidence,
    rule: 'date',
    reason: `日历上没有这一天：${whole}`,
  };
}
