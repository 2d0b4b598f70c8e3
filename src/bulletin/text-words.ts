/** Small words of the running text. */

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** 1–99 in Chinese numerals: 一, 十, 十二, 二十一. */
export function numeral(count: number): string {
  const [tens, ones] = [Math.floor(count / 10), count % 10];
  const last = ones === 0 ? '' : (NUMERALS[ones - 1] ?? '');
  if (tens === 0) return last;
  return `${tens === 1 ? '' : (NUMERALS[tens - 1] ?? '')}十${last}`;
}

/** As a number of things: 两项, not 二项. */
export function countWord(count: number): string {
  return count === 2 ? '两' : numeral(count);
}

/** `甲`, `甲和乙`, `甲、乙和丙`. */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join('、')}和${words.at(-1)}`;
}

/** 本季度 for a quarter, 本月 for a month, else 本期. */
export function thisPeriod(key: string): string {
  if (/^\d{4}Q[1-4]$/.test(key)) return '本季度';
  return /^\d{4}-\d{2}$/.test(key) ? '本月' : '本期';
}

/** The previous period in a sentence about this one: the year is said only when it is another. */
export function previousPeriodWords(previousLabel: string | null, label: string): string {
  if (previousLabel === null) return '上期';
  const year = /^\d{4}年/.exec(label)?.[0];
  return year !== undefined && previousLabel.startsWith(year) && previousLabel !== label
    ? previousLabel.slice(year.length)
    : previousLabel;
}
