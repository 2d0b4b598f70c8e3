/** How a share that falls between two printable numbers is printed. */
type PercentRounding = 'half-up' | 'truncate';

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
  return rounding === 'half-up' && rest * 2 >= whole ? units + 1 : units;
}

/** `1438` with two decimals is `14.38%`. */
export function percentText(units: number, decimals: number): string {
  if (decimals === 0) return `${units}%`;
  const scale = 10 ** decimals;
  return `${Math.floor(units / scale)}.${String(units % scale).padStart(decimals, '0')}%`;
}
