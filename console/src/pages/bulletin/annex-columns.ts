import type { Column } from './bulletin-types.ts';

export interface HeadCell {
  readonly words: string;
  readonly columns: number;
  readonly rows: 1 | 2;
}

/** The heads as one row, or as two when columns are grouped: a group stands once over its columns. Pure. */
export function headRows(columns: readonly Column[]): readonly (readonly HeadCell[])[] {
  if (columns.every(({ group }) => group === null))
    return [columns.map(({ head }) => ({ words: head, columns: 1, rows: 1 as const }))];
  const upper: HeadCell[] = [];
  columns.forEach(({ head, group }, at) => {
    if (group === null) upper.push({ words: head, columns: 1, rows: 2 });
    else if (columns[at - 1]?.group !== group)
      upper.push({ words: group, columns: runOf(columns, at), rows: 1 });
  });
  const lower = columns
    .filter(({ group }) => group !== null)
    .map(({ head }) => ({ words: head, columns: 1, rows: 1 as const }));
  return [upper, lower];
}

/** How many columns from `at` on belong to the same group. */
function runOf(columns: readonly Column[], at: number): number {
  const end = columns.findIndex(({ group }, index) => index > at && group !== columns[at]?.group);
  return (end < 0 ? columns.length : end) - at;
}
