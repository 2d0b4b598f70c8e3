/** An official document as a plain model: what the .docx, the .pdf and the annex workbook all print. Knows no feature. */
export interface OfficialDocument {
  /** Why this is a draft that cannot be signed; printed on every page. Null when it can be signed. */
  readonly draftNotice: string | null;
  /** Issuing office (发文机关); stands in the head, and signs. */
  readonly issuer: string;
  readonly documentNumber: string;
  readonly title: string;
  /** The title broken where its sense allows, as printed. */
  readonly titleLines: readonly string[];
  readonly recipients: string;
  readonly blocks: readonly OfficialBlock[];
  /** 成文日期 as printed. */
  readonly signedOn: string;
  readonly annexes: readonly AnnexTable[];
}

/** A paragraph. `heading` = first level (黑体); `lead` = the second-level words that open a body paragraph (楷体). */
export interface OfficialBlock {
  readonly kind: 'heading' | 'body';
  readonly lead: string;
  readonly text: string;
}

export interface AnnexColumn {
  readonly head: string;
  /** A head that stands over this column and its neighbours of the same group. */
  readonly group?: string;
  /** Share of the table's width; also the column's width in characters in a workbook. */
  readonly width: number;
  /** Counts are numbers in a workbook; everything else is text, so that `12345` as a name stays a name. */
  readonly isCount?: true;
}

/** One annex. A cell's line breaks are `\n`. */
export interface AnnexTable {
  readonly title: string;
  readonly columns: readonly AnnexColumn[];
  readonly rows: readonly (readonly string[])[];
  /** The last row is a total: its first two cells are printed as one. */
  readonly hasTotal: boolean;
  /** Printed below the table; empty = none. */
  readonly note: string;
}

/** One head cell with the columns and rows that it covers. */
export interface HeadCell {
  readonly text: string;
  readonly columnSpan: number;
  readonly rowSpan: number;
}

/** Head rows of an annex: one, or two when some columns are grouped. */
export function headRows({ columns }: AnnexTable): HeadCell[][] {
  const grouped = columns.some((column) => column.group !== undefined);
  const first = columns.flatMap((column, index): HeadCell[] => {
    const { group } = column;
    if (group === undefined)
      return [{ text: column.head, columnSpan: 1, rowSpan: grouped ? 2 : 1 }];
    if (columns[index - 1]?.group === group) return [];
    const columnSpan = columns.filter((each) => each.group === group).length;
    return [{ text: group, columnSpan, rowSpan: 1 }];
  });
  if (!grouped) return [first];
  const second = columns.flatMap((column): HeadCell[] =>
    column.group === undefined ? [] : [{ text: column.head, columnSpan: 1, rowSpan: 1 }],
  );
  return [first, second];
}

/** Body rows as printed, the total's first two cells merged (`columnSpan` 2). An annex without rows prints 无. */
export function bodyRows({ columns, rows, hasTotal }: AnnexTable): HeadCell[][] {
  if (rows.length === 0) return [[{ text: '无', columnSpan: columns.length, rowSpan: 1 }]];
  return rows.map((cells, index) => {
    const isTotal = hasTotal && index === rows.length - 1;
    const printed = isTotal ? [cells[1] ?? '', ...cells.slice(2)] : cells;
    return printed.map((text, at) => ({
      text,
      columnSpan: isTotal && at === 0 ? 2 : 1,
      rowSpan: 1,
    }));
  });
}

/** Text without control characters: names come from registers, and one stray byte makes a .docx unreadable. */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, '').replace(/[\uFFFE\uFFFF]|\p{Cs}/gu, '');
}
