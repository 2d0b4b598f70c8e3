import { UserError } from '../lib/pure/errors.ts';

/** The period of a round: `2020Q3`, `2020H1`, `2020-07`, or any other words (`2019年第二次`), printed as they stand. */
export interface Period {
  readonly key: string;
  /** As a bulletin prints it: 2020年第三季度. */
  readonly label: string;
}

const NUMERALS = ['一', '二', '三', '四'] as const;

/** Reads a period; throws {@link UserError} `period.invalid` when it is empty, too long or names no real quarter or month. */
export function parsePeriod(text: string): Period {
  const key = text.trim();
  const quarter = /^(\d{4})Q([1-4])$/i.exec(key);
  if (quarter)
    return {
      key: key.toUpperCase(),
      label: `${quarter[1]}年第${NUMERALS[Number(quarter[2]) - 1]}季度`,
    };
  const half = /^(\d{4})H([12])$/i.exec(key);
  if (half)
    return { key: key.toUpperCase(), label: `${half[1]}年${half[2] === '1' ? '上' : '下'}半年` };
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(key);
  if (month) return { key, label: `${month[1]}年${Number(month[2])}月` };
  if (key === '' || key.length > 40 || /^\d{4}[QH]/i.test(key) || /[\p{Cc}/\\]/u.test(key)) {
    throw new UserError(
      'period.invalid',
      `期次“${text}”无法识别：请写 2020Q3、2020H1、2020-07 或“2019年第二次”这样的期次。`,
    );
  }
  return { key, label: key };
}

/** Where a period lies, in months since year 0, both ends included; `nth` orders periods of one span (第二次), null = not said. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly nth: number | null;
}

const ORDINALS = '一二三四五六七八九十';

/**
 * Whether the period of key `a` is over before that of key `b` is: `earlier`, `later`, `same`, or `unknown` when their names do not
 * say (年中专项检查). A quarter is over before the half year that ends with it: it was known first.
 */
export function comparePeriods(a: string, b: string): 'earlier' | 'later' | 'same' | 'unknown' {
  if (a === b) return 'same';
  const [one, other] = [spanOf(a), spanOf(b)];
  if (one === null || other === null) return 'unknown';
  if (one.to < other.from) return 'earlier';
  if (one.from > other.to) return 'later';
  if (one.from === other.from && one.to === other.to) {
    if (one.nth === null || other.nth === null || one.nth === other.nth) return 'unknown';
    return one.nth < other.nth ? 'earlier' : 'later';
  }
  // Words that name only a year may lie anywhere in it.
  if (!hasPlace(a) || !hasPlace(b)) return 'unknown';
  const shorterFirst = other.to - other.from - (one.to - one.from);
  const order = one.to - other.to || -shorterFirst;
  return order < 0 ? 'earlier' : 'later';
}

const PLACED = /^(\d{4})(?:Q([1-4])|H([12])|-(\d{2}))$/;
const hasPlace = (key: string): boolean => PLACED.test(key);

function spanOf(key: string): Span | null {
  const placed = PLACED.exec(key);
  if (placed) {
    const [, year, quarter, half, month] = placed.map((text) => (text ? Number(text) : 0));
    const length = quarter ? 3 : half ? 6 : 1;
    const from = year! * 12 + ((quarter || half || month!) - 1) * length;
    return { from, to: from + length - 1, nth: null };
  }
  const year = /(?<!\d)((?:19|20)\d{2})年/.exec(key)?.[1];
  if (year === undefined) return null;
  const said = /第([一二三四五六七八九十]|\d{1,2})[次期轮批]/.exec(key)?.[1];
  const nth = said === undefined ? null : Number(said) || ORDINALS.indexOf(said) + 1;
  return { from: Number(year) * 12, to: Number(year) * 12 + 11, nth };
}
