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
