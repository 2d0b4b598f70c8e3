import type { AnnexTable } from '../../documents/official-document.ts';
import type { PercentStyle } from '../../domain/ruleset.ts';
import { renderSentence } from '../../lib/pure/template/render-sentence.ts';
import { plainOf, type RowsRef } from '../rich-text.ts';
import { COLLECTIONS, TOTALLED } from './fields.ts';
import type { AnnexTemplate, Template } from './template.ts';
import { type Context, countFields, type Scope, type Value, words } from './values.ts';

/** An annex with what it lists, and the rows behind each figure. */
export interface RenderedAnnex extends AnnexTable {
  readonly of: string;
  readonly refs: readonly (readonly (RowsRef | null)[])[];
}

/** The annexes of a template, filled from the lists of one bulletin. */
export function renderAnnexes(
  { annexes }: Pick<Template, 'annexes'>,
  context: Context,
  percent: PercentStyle,
): RenderedAnnex[] {
  return annexes.map((annex) => {
    const items = inOrder(annex, context.collections.get(annex.of) ?? []);
    const hasTotal = TOTALLED.has(annex.of);
    const rows = hasTotal ? [...items, totalOf(annex, items, percent)] : items;
    const values = rows.map((row) => annex.columns.map(({ field }) => row.get(field)));
    const fields = COLLECTIONS[annex.of] ?? {};
    return {
      of: annex.of,
      title: plainOf(renderSentence(annex.title, context)),
      columns: annex.columns.map(({ field, head, group, width }) => ({
        head,
        ...(group === undefined ? {} : { group }),
        width,
        ...(fields[field] === 'count' ? { isCount: true as const } : {}),
      })),
      rows: values.map((cells) => cells.map((value) => plainOf(value?.runs ?? []))),
      refs: values.map((cells) => cells.map((value) => value?.runs[0]?.ref ?? null)),
      hasTotal,
      note: plainOf(renderSentence(annex.note, context)),
    };
  });
}

function inOrder({ order }: AnnexTemplate, items: readonly Scope[]): readonly Scope[] {
  if (order === 'print') return items;
  const of = (item: Scope, field: string): number => item.get(field)?.number ?? 0;
  const failed = (item: Scope): number => of(item, 'failing');
  // Rates are compared by cross multiplication: a / b < c / d where a · d < c · b. Nothing checked stands last.
  const byRate = (a: Scope, b: Scope): number =>
    Number(of(a, 'checked') === 0) - Number(of(b, 'checked') === 0) ||
    failed(a) * of(b, 'checked') - failed(b) * of(a, 'checked');
  const byFailing = (a: Scope, b: Scope): number => failed(b) - failed(a);
  return [...items]
    .sort(order === 'passRate' ? byRate : byFailing)
    .map((item, index) => new Map([...item, ['order', words(String(index + 1))]]));
}

/** The sum of the rows under 合计, which has no number of its own; its rates are computed, not added. */
function totalOf({ of }: AnnexTemplate, items: readonly Scope[], percent: PercentStyle): Scope {
  const sum = (field: string): number =>
    items.reduce((all, item) => all + (item.get(field)?.number ?? 0), 0);
  const total = { running: sum('running'), checked: sum('checked'), failing: sum('failing') };
  const counts: readonly (readonly [string, Value])[] = countFields(
    total,
    of === 'siteUnits' ? 'sites' : 'accounts',
    percent,
  );
  return new Map([
    ['order', words('')],
    ['unit', words('合计')],
    ['platform', words('合计')],
    ...counts,
  ]);
}
