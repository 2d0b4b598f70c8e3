import { type PercentRounding, percentUnits } from '../../lib/pure/percent.ts';
import type { FoundRate } from './collect-rates.ts';
import { type Counts, gives, type PrintedRate } from './printed-rate.ts';

/** How a document, or one rate of it, prints percentages. `trailingZeros`: 99.70% rather than 99.7%. */
export interface RateStyle {
  readonly decimals: number;
  readonly rounding: PercentRounding;
  readonly trailingZeros: boolean;
}

/** In the order in which a document is believed to round when several explain it as well. */
export const ROUNDINGS: readonly PercentRounding[] = ['half-up', 'half-even', 'truncate'];

/** A rate that printed counts give says more than one whose counts were looked for until they did. */
const WEIGHT = { printed: 1000, inferred: 1 } as const;

/** The style of a document from all of its rates together; what says nothing of it leaves the commonest: half-up, zeros kept. */
export function inferStyle(rates: readonly FoundRate[]): RateStyle {
  const rounding = bestOf(ROUNDINGS, (each) =>
    rates.reduce((sum, rate) => sum + supportFor(rate, each), 0),
  );
  const printed = rates.flatMap(({ rate, counts }) =>
    rate === null || isWholeOrNone(rate) ? [] : [{ rate, counts: counts(rounding) }],
  );
  const decimals = mostCommon(printed.map(({ rate }) => rate.decimals).filter((each) => each > 0));
  const kept = printed.some(({ rate }) => rate.decimals > 0 && rate.units % 10 === 0);
  const cut = printed.some(({ rate, counts }) => isCut(rate, counts, { decimals, rounding }));
  return { decimals, rounding, trailingZeros: kept || !cut };
}

function supportFor({ rate, counts }: FoundRate, rounding: PercentRounding): number {
  const found = counts(rounding);
  if (rate === null || found === null || !gives(found, rate, rounding)) return 0;
  return found.inferred === null ? WEIGHT.printed : WEIGHT.inferred;
}

/** 100% and 0 stand in documents of every number of decimals. */
function isWholeOrNone({ units, decimals }: PrintedRate): boolean {
  return units === 0 || units === 100 * 10 ** decimals;
}

/** Whether a rate is what the style gives, without the zeros at its end: 117 of 150 is 78% where others have one decimal. */
export function isCut(
  rate: PrintedRate,
  counts: Counts | null,
  { decimals, rounding }: Pick<RateStyle, 'decimals' | 'rounding'>,
): boolean {
  if (counts === null || rate.decimals >= decimals || !gives(counts, rate, rounding)) return false;
  const units = percentUnits(counts.numerator, counts.denominator, decimals, rounding);
  return units === rate.units * 10 ** (decimals - rate.decimals);
}

function mostCommon(values: readonly number[]): number {
  const descending = [...new Set(values)].sort((a, b) => b - a);
  return descending.length === 0
    ? 0
    : bestOf(descending, (value) => values.filter((each) => each === value).length);
}

/** The first of those with the highest mark. */
function bestOf<Item>(items: readonly Item[], mark: (item: Item) => number): Item {
  return items.reduce((best, each) => (mark(each) > mark(best) ? each : best));
}
