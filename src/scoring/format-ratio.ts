import type { PercentStyle } from '../domain/ruleset.ts';
import { invariant } from '../lib/pure/errors.ts';

/**
 * `part` of `whole` as a percentage in a ruleset's style, by integer arithmetic: counts are stored, percentages only printed.
 * Zero and a whole hundred have forms of their own; nothing checked is no hundred.
 */
export function formatRatio(part: number, whole: number, style: PercentStyle): string {
  invariant(
    Number.isInteger(part) && Number.isInteger(whole) && part >= 0 && part <= whole,
    `${part}/${whole} 不是一个比例`,
  );
  if (whole === 0) return style.nothingChecked;
  if (part === 0) return style.zero;
  if (part === whole) return style.hundred;
  const scale = 10 ** style.decimals;
  const scaled = part * 100 * scale;
  const units = Math.floor(scaled / whole);
  const rest = scaled - units * whole;
  const rounded = style.rounding === 'half-up' && rest * 2 >= whole ? units + 1 : units;
  const integer = Math.floor(rounded / scale);
  return style.decimals === 0
    ? `${integer}%`
    : `${integer}.${String(rounded % scale).padStart(style.decimals, '0')}%`;
}

/** Pass rate (合格率) = (checked − failing) ÷ checked. */
export function formatPassRate(failing: number, checked: number, style: PercentStyle): string {
  return formatRatio(checked - failing, checked, style);
}
