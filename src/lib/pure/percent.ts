/** How a share that falls between two printable numbers is printed; `half-even` takes the even one from just between them. */
export type PercentRounding = 'half-up' | 'half-even' | 'truncate';

/**
 * `part` of `whole` in units of the last printed place of a percentage (with two decimals: hundredths of a percent), by
 * integer arithmetic: 23 of 160 is 14.375 %, which a float prints as 14.37. `whole` is not zero.
 */
export function percentUnits(
  part: number,
  whole: number,
  decimals: number,
  rounding: PercentRounding = 'half-up',
): number {
  const scaled = part * 100 * 10 ** decimals;
  const units = Math.floor(scaled / whole);
  const rest = scaled - units * whole;
  if (rounding === 'truncate' || rest * 2 < whole) return units;
  return rounding === 'half-even' && rest * 2 === whole && units % 2 === 0 ? units : units + 1;
}

/** `1438` with two decimals is `14.38%`. */
export function percentText(units: number, decimals: number): string {
  if (decimals === 0) return `${units}%`;
  const scale = 10 ** decimals;
  return `${Math.floor(units / scale)}.${String(units % scale).padStart(decimals, '0')}%`;
}
