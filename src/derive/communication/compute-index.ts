import type { IndexFormula, IndexGroup, Measure } from './index-formula.ts';

/** A measure of a period: its number, or why there is none (Chinese, names the next step). */
export type Measured =
  | { readonly value: number; readonly missing: null }
  | { readonly value: null; readonly missing: string };

export type MeasuredPeriod = Readonly<Partial<Record<Measure, Measured>>> & {
  readonly days: number;
};

/** A number that anybody can compute again: formula and version, what went in, what came out. */
export interface IndexResult {
  readonly formulaId: string;
  readonly version: number;
  readonly days: number;
  /** Rounded to four decimals; null when an input is missing: a part is no index. */
  readonly value: number | null;
  readonly groups: readonly { readonly id: string; readonly value: number | null }[];
  /** What the formula asks for, each once. */
  readonly inputs: readonly ({ readonly measure: Measure } & Measured)[];
}

const NOT_MEASURED: Measured = { value: null, missing: '没有这一项数据' };
const DECIMALS = 10_000;

export function computeIndex(formula: IndexFormula, period: MeasuredPeriod): IndexResult {
  const asked = new Set<Measure>(
    formula.groups.flatMap(({ per, terms }) => [
      ...(per === 'post' ? (['posts'] as const) : []),
      ...terms.map(({ measure }) => measure),
    ]),
  );
  const inputs = [...asked].map((measure) => ({
    measure,
    ...(period[measure] ?? NOT_MEASURED),
  }));
  const groups = formula.groups.map((group) => ({ id: group.id, value: sumOf(group, period) }));
  const isWhole = groups.every(({ value }) => value !== null);
  const sum = formula.groups.reduce(
    (total, { weight }, at) => total + weight * (groups[at]?.value ?? 0),
    0,
  );
  const value = formula.scale * sum ** formula.power;
  return {
    ...{ formulaId: formula.id, version: formula.version, days: period.days },
    value: isWhole ? Math.round(value * DECIMALS) / DECIMALS : null,
    ...{ groups, inputs },
  };
}

/** Null when a measure is missing. */
function sumOf(group: IndexGroup, period: MeasuredPeriod): number | null {
  const posts = period.posts?.value ?? null;
  if (group.per === 'post' && posts === null) return null;
  const divisor = group.per === 'post' ? (posts ?? 0) : group.per === 'day' ? period.days : 1;
  let sum = 0;
  for (const { measure, times, weight } of group.terms) {
    const value = period[measure]?.value ?? null;
    if (value === null) return null;
    sum += weight * Math.log(times * (divisor > 0 ? value / divisor : 0) + 1);
  }
  return sum;
}
