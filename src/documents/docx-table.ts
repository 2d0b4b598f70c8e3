import {
  AlignmentType,
  HeightRule,
  type IRunOptions,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  VerticalMergeType,
  WidthType,
} from 'docx';
import { FONTS, TYPE_AREA_MM, tablePoints } from './gb9704.ts';
import {
  type AnnexTable,
  bodyRows,
  type HeadCell,
  headRows,
  printable,
} from './official-document.ts';

const AREA_TWIPS = Math.round((TYPE_AREA_MM * 1440) / 25.4);
const ROW_TWIPS = 480;
const CELL_LINE_TWIPS = 340;
type Merge = (typeof VerticalMergeType)[keyof typeof VerticalMergeType];

/**
 * An annex as a Word table: heads repeat on every page, no row is torn, groups and totals are merged. All rows but the total are one
 * pattern row, whose cells are marks that `fill-docx-tables` replaces: the library takes seconds for every thousand rows.
 */
export function annexTable(annex: AnnexTable, index: number): Table {
  const total = annex.columns.reduce((sum, column) => sum + column.width, 0);
  const widths = annex.columns.map((column) => Math.round((column.width / total) * AREA_TWIPS));
  return new Table({
    width: { size: AREA_TWIPS, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    columnWidths: widths,
    rows: [
      ...headOf(annex, widths),
      ...patternRows(annex, index).map((cells) => row(cells, widths, false)),
    ],
  });
}

/** Marks of one cell of one annex: private characters, which `printable` text of a register never brings into a table's XML by chance. */
export const cellMark = (annex: number, column: number): string => `\uE000${annex}.${column}\uE001`;

/** The rows that the pattern stands for: all that are neither the total nor the 无 of an empty table. */
export function plainRows({ rows, hasTotal }: AnnexTable): readonly (readonly string[])[] {
  return hasTotal ? rows.slice(0, -1) : rows;
}

function patternRows(annex: AnnexTable, index: number): HeadCell[][] {
  const plain = plainRows(annex).length;
  if (plain === 0) return bodyRows(annex);
  const pattern = annex.columns.map((_, column) => ({
    ...{ text: cellMark(index, column), columnSpan: 1, rowSpan: 1 },
  }));
  return [
    pattern,
    ...bodyRows({ ...annex, rows: annex.rows.slice(plain) }).slice(0, annex.rows.length - plain),
  ];
}

function headOf(annex: AnnexTable, widths: readonly number[]): TableRow[] {
  const [first = [], second] = headRows(annex);
  if (second === undefined) return [row(first, widths, true)];
  // Word has no row span: a cell below a merged one stands there empty and says so.
  let at = 0;
  const below = first.flatMap((each): HeadCell[] => {
    if (each.rowSpan === 2) return [{ text: '', columnSpan: 1, rowSpan: 0 }];
    const own = second.slice(at, at + each.columnSpan);
    at += each.columnSpan;
    return own;
  });
  return [row(first, widths, true), row(below, widths, true)];
}

function row(cells: readonly HeadCell[], widths: readonly number[], isHead: boolean): TableRow {
  let at = 0;
  const style = {
    size: tablePoints(widths.length) * 2,
    font: {
      ascii: FONTS.latin,
      hAnsi: FONTS.latin,
      eastAsia: isHead ? FONTS.level1 : FONTS.body,
    },
  };
  const children = cells.map((each) => {
    const width = widths.slice(at, at + each.columnSpan).reduce((sum, one) => sum + one, 0);
    at += each.columnSpan;
    return cell(each, width, style);
  });
  return new TableRow({
    children,
    cantSplit: true,
    // Left out, not false: readers that only look for the element take every row for a head.
    ...(isHead ? { tableHeader: true } : {}),
    height: { value: ROW_TWIPS, rule: HeightRule.ATLEAST },
  });
}

const MERGES: Readonly<Record<number, Merge>> = {
  0: VerticalMergeType.CONTINUE,
  2: VerticalMergeType.RESTART,
};

function cell(
  { text, columnSpan, rowSpan }: HeadCell,
  width: number,
  style: IRunOptions,
): TableCell {
  const verticalMerge = MERGES[rowSpan];
  return new TableCell({
    columnSpan,
    ...(verticalMerge === undefined ? {} : { verticalMerge }),
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 30, bottom: 30, left: 40, right: 40 },
    children: printable(text)
      .split('\n')
      .map(
        (part) =>
          new Paragraph({
            alignment: AlignmentType.CENTER,
            // A date keeps to its line: no space between its figures and characters.
            autoSpaceEastAsianText: false,
            spacing: { line: CELL_LINE_TWIPS, lineRule: LineRuleType.EXACT },
            children: [new TextRun({ ...style, text: part })],
          }),
      ),
  });
}
