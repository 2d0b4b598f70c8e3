import { Workbook } from '@cj-tech-master/excelts';
import { unzipSync } from 'fflate';
import { type AnnexTable, headRows, printable } from './official-document.ts';
import { zipWithFixedTimes } from './zip-with-fixed-times.ts';

const THIN = { style: 'thin' } as const;
const BORDER = { top: THIN, left: THIN, bottom: THIN, right: THIN };
const CENTRE = { horizontal: 'center', vertical: 'middle', wrapText: true } as const;
/** One object for all cells of a kind: the library looks each style up anew, and knows an object that it has seen. */
const HEAD_STYLE = { border: BORDER, alignment: CENTRE, font: { name: '黑体', size: 11 } };
const BODY_STYLE = { border: BORDER, alignment: CENTRE, font: { name: '仿宋_GB2312', size: 11 } };
const A4 = 9;

type Sheet = ReturnType<InstanceType<typeof Workbook>['addWorksheet']>;

/** annexes.xlsx: one sheet an annex (附件1 …): title, merged heads, rows, note; counts are numbers, all else is text. */
export async function writeAnnexWorkbook(annexes: readonly AnnexTable[]): Promise<Uint8Array> {
  const workbook = new Workbook();
  annexes.forEach((annex, index) => {
    addAnnex(workbook, annex, `附件${index + 1}`);
  });
  return zipWithFixedTimes(unzipSync(new Uint8Array(await workbook.xlsx.writeBuffer())));
}

function addAnnex(workbook: InstanceType<typeof Workbook>, annex: AnnexTable, name: string): void {
  const heads = headRows(annex).length;
  const columns = annex.columns.length;
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 1 + heads }],
    pageSetup: {
      paperSize: A4,
      orientation: columns > 6 ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `2:${1 + heads}`,
    },
  });
  sheet.addRow([annex.title]);
  sheet.mergeCells(1, 1, 1, columns);
  sheet.getRow(1).font = { name: '方正小标宋简体', size: 18 };
  sheet.getRow(1).alignment = CENTRE;
  sheet.addRow(annex.columns.map((column) => column.group ?? column.head));
  if (heads === 2) {
    sheet.addRow(annex.columns.map((column) => (column.group === undefined ? '' : column.head)));
    mergeHeads(sheet, annex);
  }
  for (const cells of annex.rows) sheet.addRow(cells.map((text, at) => cellValue(annex, text, at)));
  frameCells(sheet, annex, heads);
  annex.columns.forEach((column, index) => {
    sheet.getColumn(index + 1).width = column.width + 2;
  });
  if (annex.note !== '') sheet.addRow([printable(annex.note)]);
}

function cellValue({ columns }: AnnexTable, text: string, at: number): string | number {
  return columns[at]?.isCount && /^\d+$/.test(text) ? Number(text) : printable(text);
}

function frameCells(sheet: Sheet, annex: AnnexTable, heads: number): void {
  const last = 1 + heads + annex.rows.length;
  for (let row = 2; row <= last; row += 1) {
    for (let column = 1; column <= annex.columns.length; column += 1) {
      sheet.getCell(row, column).style = row <= 1 + heads ? HEAD_STYLE : BODY_STYLE;
    }
  }
}

function mergeHeads(sheet: Sheet, annex: AnnexTable): void {
  let column = 1;
  for (const { columnSpan, rowSpan } of headRows(annex)[0] ?? []) {
    if (rowSpan > 1) sheet.mergeCells(2, column, 1 + rowSpan, column);
    else if (columnSpan > 1) sheet.mergeCells(2, column, 2, column + columnSpan - 1);
    column += columnSpan;
  }
}
