import type { PercentStyle } from '../domain/ruleset.ts';
import { invariant } from '../lib/pure/errors.ts';
import { percentText, percentUnits } from '../lib/pure/percent.ts';

/**
 * `part` of `whole` as a percentage in a ruleset's style, by integer arithmetic: counts are stored, percentages only printed.
 * Zero and a whole hundred have forms of their own; nothing checked is no hundred.
 *
 * Rounding is kept as real bulletins do it (bulletin-form §4: two decimals, half-up): 19,999 of 20,000 prints `100.00%` and 1
 * of 100,000 `0.00%`, whose decimals say that they were rounded. But the words of nothing and of all (§3: `0`, not `0.00%`;
 * §4: a unit is in the 100 % list only without any failure) are kept for nothing and all: where rounding would print the
 * very same text (no decimals, or a style whose hundred is `100.00%`), the last place moves back by one.
 */
export function formatRatio(part: number, whole: number, style: PercentStyle): string {
  invariant(
    Number.isInteger(part) && Number.isInteger(whole) && part >= 0 && part <= whole,
    `${part}/${whole} 不是一个比例`,
  );
  if (whole === 0) return style.nothingChecked;
  if (part === 0) return style.zero;
  if (part === whole) return style.hundred;
  const { decimals, rounding, zero, hundred } = style;
  const units = percentUnits(part, whole, decimals, rounding);
  const text = percentText(units, decimals);
  if (text === hundred) return percentText(units - 1, decimals);
  return text === zero ? percentText(units + 1, decimals) : text;
}

/** Pass rate (合格率) = (checked − failing) ÷ checked. */
export function formatPassRate(failing: number, checked: number, style: PercentStyle): string {
  return formatRatio(checked - failing, checked, style);
}
