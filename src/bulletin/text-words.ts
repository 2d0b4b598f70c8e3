/** Small words of the running text. */

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
