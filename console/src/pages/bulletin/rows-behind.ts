import { columnsOf } from './annex-columns.ts';
import type { Annex, AnnexRow, NumberRef, Preview } from './bulletin-types.ts';

/** What opens behind a number of the text. Pure. */
export type RowsBehind =
  | { readonly from: 'annex'; readonly annex: Annex; readonly rows: readonly AnnexRow[] }
  | { readonly from: 'findings'; readonly query: FindingsQuery };

export interface FindingsQuery {
  readonly period: string;
  readonly status: 'breached' | 'undetermined';
  readonly kind?: 'site' | 'account';
  readonly ruleId?: string;
  readonly unitId?: number;
}

/** The annexes stand in the founding document's order. */
const ANNEX_OF: Readonly<Record<NumberRef['rows'], number | null>> = {
  sites: 0,
  'failing-sites': 1,
  accounts: 2,
  'failing-accounts': 3,
  repeat: 3,
  undetermined: null,
};

/** How the column is headed that names the unit of a row. */
const UNIT_HEADS = ['单位', '市州/部门'];

/** A number of one rule, or of what was not determined, is a list of findings; any other is rows of an annex. */
export function rowsBehind(preview: Preview, ref: NumberRef, period: string): RowsBehind | null {
  const at = ANNEX_OF[ref.rows];
  if (at === null || ref.ruleId !== undefined)
    return { from: 'findings', query: findingsQuery(ref, period) };
  const annex = preview.annexes[at];
  return annex ? { from: 'annex', annex, rows: rowsOfUnit(annex, ref.printRow) } : null;
}

function findingsQuery(ref: NumberRef, period: string): FindingsQuery {
  const kind = ref.rows.endsWith('sites') ? 'site' : 'account';
  return {
    period,
    status: ref.rows === 'undetermined' ? 'undetermined' : 'breached',
    ...(ref.rows !== 'undetermined' && { kind }),
    ...(ref.ruleId !== undefined && { ruleId: ref.ruleId }),
    ...(ref.unitId !== undefined && { unitId: ref.unitId }),
  };
}

/** The rows of one unit, or all without one; the total belongs to no unit. */
function rowsOfUnit(annex: Annex, unit: string | undefined): readonly AnnexRow[] {
  if (unit === undefined) return annex.rows;
  const column = columnsOf(annex).findIndex(({ head }) => UNIT_HEADS.includes(head));
  return annex.rows.filter(({ cells }) => cells[column] === unit);
}

const WORDS: Readonly<Record<NumberRef['rows'], string>> = {
  sites: '检查的政府网站',
  'failing-sites': '存在突出问题的政府网站',
  accounts: '检查的政务新媒体',
  'failing-accounts': '存在突出问题的政务新媒体',
  undetermined: '无法判定的',
  repeat: '上期通报后仍有问题的',
};

export function refWords({ rows, printRow }: NumberRef): string {
  return printRow === undefined ? WORDS[rows] : `${printRow}${WORDS[rows]}`;
}
