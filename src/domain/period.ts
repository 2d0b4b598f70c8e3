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
