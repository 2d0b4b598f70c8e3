import { type CalendarDate, isCalendarDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';

/** Rows of one imported table. */
export const ROWS_MAX = 2_000;
/** Complaints listed at once. */
const COMPLAINTS_MAX = 50;
/** Rows above the headers: titles. */
const TITLES_MAX = 5;

/** Columns by the headers that name them; of each the first is what our own export writes. */
export type Heads<Column extends string> = Readonly<Record<Column, readonly string[]>>;

export interface TableRow<Column extends string> {
  /** As the sheet counts them, from 1. */
  readonly row: number;
  /** A trimmed cell; empty where there is none. */
  readonly cell: (column: Column) => string;
}

/**
 * The rows below the headers, which are the first row with all that `isEnough` wants. Throws {@link UserError} `duty.columns` with
 * `refusal` where there is none, `duty.rows` for a table that is too long.
 */
export function rowsBelow<Column extends string>(
  rows: readonly (readonly string[])[],
  heads: Heads<Column>,
  given: {
    readonly isEnough: (has: (column: Column) => boolean) => boolean;
    readonly refusal: string;
  },
): TableRow<Column>[] {
  for (const [index, cells] of rows.slice(0, TITLES_MAX).entries()) {
    const at = new Map<Column, number>();
    for (const [column, names] of Object.entries<readonly string[]>(heads)) {
      const found = cells.findIndex((cell) => names.includes(cell.trim()));
      if (found >= 0) at.set(column as Column, found);
    }
    if (!given.isEnough((column) => at.has(column))) continue;
    return rows.slice(index + 1).map((row, below) => ({
      row: index + below + 2,
      cell: (column) => (row[at.get(column) ?? -1] ?? '').trim(),
    }));
  }
  throw new UserError('duty.columns', given.refusal);
}

/**
 * What rows say; `read` gives a complaint instead where a row is faulty, null where nothing stands in it. Throws {@link UserError}
 * `duty.rows` for more rows than are taken at once, or with every faulty row.
 */
export function takeRows<Column extends string, Item extends object>(
  rows: readonly TableRow<Column>[],
  read: (row: TableRow<Column>) => Item | string | null,
): Item[] {
  const complaints: string[] = [];
  const given = rows.flatMap((row): Item[] => {
    const item = read(row);
    if (item === null) return [];
    if (typeof item !== 'string') return [item];
    complaints.push(`第 ${row.row} 行：${item}`);
    return [];
  });
  if (given.length + complaints.length > ROWS_MAX)
    throw new UserError('duty.rows', `一次最多导入 ${ROWS_MAX} 行，请分几个文件。`);
  refuseRows(complaints);
  return given;
}

/** Throws {@link UserError} `duty.rows` with the faulty rows, where there are any. */
export function refuseRows(complaints: readonly string[]): void {
  if (complaints.length === 0) return;
  throw new UserError('duty.rows', `${complaints.length} 行有问题，没有导入。`, {
    details: complaints.slice(0, COMPLAINTS_MAX),
  });
}

/** A date as people write it, 2026/3/1 or 2026年3月1日; null for what is none. */
export function dayOf(text: string): CalendarDate | null {
  const dashed = text.replaceAll(/[./年月]/g, '-').replace('日', '');
  const date = dashed.replaceAll(/-(\d)(?!\d)/g, '-0$1');
  return isCalendarDate(date) ? date : null;
}
