import { type PercentRounding, percentUnits } from '../../lib/pure/percent.ts';

/** More decimals than anybody prints; a count times 100 and these stays an exact integer. */
const DECIMALS_MAX = 4;
const PERCENT = new RegExp(`^(?:约|达到?)?(\\d{1,4})(?:\\.(\\d{1,${DECIMALS_MAX}}))?%$`);

/** A percentage as a document prints it: `97.99%` is 9799 units at two decimals. */
export interface PrintedRate {
  readonly text: string;
  readonly decimals: number;
  readonly units: number;
}

/** A printed percentage, also in full width, or the bare `0`; null for words (全覆盖, 不低于10%, 无). */
export function readPrintedRate(text: string): PrintedRate | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  if (plain === '0') return { text, decimals: 0, units: 0 };
  const [, whole, decimals = ''] = PERCENT.exec(plain) ?? [];
  if (whole === undefined) return null;
  return { text, decimals: decimals.length, units: Number(whole + decimals) };
}

export interface Counts {
  readonly numerator: number;
  readonly denominator: number;
  /** Why a count is not a printed one; null when both are printed. */
  readonly inferred: string | null;
}

/** Whether counts give a printed rate, at its own decimals. */
export function gives(counts: Counts, rate: PrintedRate, rounding: PercentRounding): boolean {
  const { numerator, denominator } = counts;
  return (
    isShare(counts) && percentUnits(numerator, denominator, rate.decimals, rounding) === rate.units
  );
}

/** Whether they are counts of a part and its whole. */
export function isShare({ numerator, denominator }: Counts): boolean {
  return numerator >= 0 && denominator > 0 && numerator <= denominator;
}
