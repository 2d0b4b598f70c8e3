import { type RecordField, type RecordValue, specOf } from '../../domain/account-record.ts';
import { type CalendarDate, calendarDate } from '../../lib/pure/dates.ts';
import { readPublicUrl } from '../public-url.ts';

/** A cell as a value, or what is wrong with it, in Chinese. */
export type ReadValue =
  | { readonly value: RecordValue; readonly complaint?: undefined }
  | { readonly value?: undefined; readonly complaint: string };

/** Followers of the largest accounts are some hundred millions. */
const COUNT_MAX = 2_000_000_000;

/** Reads one cell of a further column; empty is null. */
export function readRecordValue(field: RecordField, cell: string): ReadValue {
  const text = cell.trim();
  if (text === '') return { value: null };
  const { kind } = specOf(field);
  switch (kind.is) {
    case 'text':
      return text.length > kind.max ? { complaint: `超过 ${kind.max} 个字` } : { value: text };
    case 'creditCode':
      return readCreditCode(text);
    case 'date':
      return readDate(text);
    case 'count':
      return readCount(text);
    case 'yesNo':
      if (/^(是|已纳入|有|y|yes|true|1)$/i.test(text)) return { value: true };
      if (/^(否|未纳入|无|n|no|false|0)$/i.test(text)) return { value: false };
      return { complaint: `“${shown(text)}”应写 是 或 否` };
    case 'url': {
      const { href, complaint } = readPublicUrl(text);
      return complaint === undefined ? { value: href } : { complaint };
    }
    case 'choice': {
      const found = Object.entries(kind.words).find(([, words]) => words.includes(plain(text)));
      const known = Object.values(kind.words).map(([word]) => word);
      return found ? { value: found[0] } : { complaint: unknownWord(text, known) };
    }
    case 'choices':
      return readChoices(text, kind.words);
  }
}

const shown = (text: string): string => text.slice(0, 40);
const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');
const unknownWord = (text: string, words: readonly string[]): string =>
  `“${shown(text)}”不认识；可写 ${words.join('、')}`;

/** 统一社会信用代码: 18 characters without I, O, S, V, Z (GB 32100-2015). Its check digit is looked at by {@link hasRightCheck}. */
function readCreditCode(text: string): ReadValue {
  const code = plain(text).toUpperCase();
  if (/^[0-9A-HJ-NP-RTUWXY]{18}$/.test(code)) return { value: code };
  return { complaint: `“${shown(text)}”不是 18 位统一社会信用代码` };
}

const CODE_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Whether the last character is the check that the first 17 give (GB 32100-2015, 4.5: weights 3^(i−1) mod 31). */
export function hasRightCheck(creditCode: string): boolean {
  let sum = 0;
  let weight = 1;
  for (const character of creditCode.slice(0, 17)) {
    sum += CODE_CHARACTERS.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return CODE_CHARACTERS[(31 - (sum % 31)) % 31] === creditCode[17];
}

/** 2020-09-17, 2020/9/17, 2020.9.17, 2020年9月17日, 20200917; a time of day behind it is left out. */
function readDate(text: string): ReadValue {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const spelt = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].{0,30})?$/.exec(text);
  const [, year, month, day] = compact ?? spelt ?? [];
  const date: CalendarDate | null =
    day === undefined ? null : calendarDate(Number(year), Number(month), Number(day));
  return date === null
    ? { complaint: `“${shown(text)}”不是日期，应写 2020-09-17` }
    : { value: date };
}

/** 12345, 12,345, 1.2万. */
function readCount(text: string): ReadValue {
  const folded = text.normalize('NFKC').replace(/[,\s人]/g, '');
  const [, digits, unit] = /^(\d{1,10}(?:\.\d{1,4})?)(万|亿)?$/.exec(folded) ?? [];
  const times = unit === '亿' ? 100_000_000 : unit === '万' ? 10_000 : 1;
  const count = digits === undefined ? Number.NaN : Math.round(Number(digits) * times);
  const isWhole = unit !== undefined || !folded.includes('.');
  if (Number.isSafeInteger(count) && count <= COUNT_MAX && isWhole) return { value: count };
  return { complaint: `“${shown(text)}”不是人数` };
}

function readChoices(text: string, words: readonly string[]): ReadValue {
  const given = text
    .split(/[;；、,，|/]/)
    .map(plain)
    .filter((word) => word !== '');
  const strange = given.find((word) => !words.includes(word));
  if (strange !== undefined) return { complaint: unknownWord(strange, words) };
  return { value: words.filter((word) => given.includes(word)).join('、') };
}
