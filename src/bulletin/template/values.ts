import type { PercentStyle } from '../../domain/ruleset.ts';
import type * as template from '../../lib/pure/template/render-sentence.ts';
import { formatPassRate, formatRatio } from '../../scoring/index.ts';
import { type Bulletin, TO_FILL } from '../bulletin.ts';
import type { RowsRef } from '../rich-text.ts';

/** A field of a bulletin; its figures say which rows they count. */
export type Value = template.Value<RowsRef>;
export type Scope = template.Scope<RowsRef>;
export type Context = template.Context<RowsRef>;

/** The tables of a bulletin, from which its text is written. */
export type TextFacts = Omit<Bulletin, 'text'>;

export const words = (text: string): Value => ({
  runs: text === '' ? [] : [{ text }],
  number: text === '' ? 0 : 1,
  known: true,
});
export const printed = (text: string, ref?: RowsRef): Value => ({
  runs: [ref === undefined ? { text } : { text, ref }],
  number: 0,
  known: true,
});
export const count = (number: number, ref?: RowsRef): Value => ({
  ...printed(String(number), ref),
  number,
});
/** A count that nobody gave a source for. */
export const UNKNOWN: Value = { runs: [{ text: TO_FILL }], number: 0, known: false };

/** Counts of a row and their rates; figures open the rows that they count. */
export function countFields(
  row: { readonly running: number; readonly checked: number; readonly failing: number },
  kind: 'sites' | 'accounts',
  percent: PercentStyle,
  only: Partial<RowsRef> = {},
): readonly (readonly [string, Value])[] {
  const { running, checked, failing } = row;
  const all: RowsRef = { rows: kind, ...only };
  const looked: RowsRef = { ...all, checked: true };
  const failed: RowsRef = { rows: `failing-${kind}`, ...only };
  const rateRef = failing === 0 ? looked : failed;
  return [
    ['running', count(running, all)],
    ['checked', count(checked, looked)],
    ['failing', count(failing, failed)],
    ['passing', count(checked - failing, looked)],
    ['passRate', printed(formatPassRate(failing, checked, percent), rateRef)],
    ['failRate', printed(formatRatio(failing, checked, percent), failed)],
    ['checkedRatio', printed(formatRatio(checked, running, percent), looked)],
  ];
}
