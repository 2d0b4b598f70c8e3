import { Workbook } from '@cj-tech-master/excelts';
import { type AnnexTable, annexTables } from './annex-tables.ts';
import type { Bulletin } from './bulletin.ts';

const THIN = { style: 'thin' } as const;
const BORDER = { top: THIN, left: THIN, bottom: THIN, right: THIN };
const CENTRE = { horizontal: 'center', vertical: 'middle', wrapText: true } as const;

/** annexes.xlsx: one sheet an annex, with the founding document's titles, columns, merged heads and notes. */
export async function writeAnnexes(bulletin: Bulletin): Promise<Uint8Array> {
  const workbook = new Workbook();
  annexTables(bulletin).forEach((annex, index) => {
    addAnnex(workbook, annex, `附件${index + 1}`);
  });
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function addAnnex(workbook: InstanceType<typeof Workbook>, annex: AnnexTable, name: string): void {
  const grouped = annex.columns.some((column) => column.group !== undefined);
  const headRows = grouped ? 2 : 1;
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 1 + headRows }],
    pageSetup: {
      paperSize: 9,
      orientation: annex.columns.length > 6 ? 'landscape' : 'portrait',
      fitToWidth: 1,
      fitToHeight: 0,
    },
  });
  const columns = annex.columns.length;
  sheet.addRow([annex.title]);
  sheet.mergeCells(1, 1, 1, columns);
  sheet.getRow(1).font = { name: '方正小标宋简体', size: 18 };
  sheet.getRow(1).alignment = CENTRE;
  sheet.addRow(annex.columns.map((column) => column.group ?? column.head));
  if (grouped)
    sheet.addRow(annex.columns.map((column) => (column.group === undefined ? '' : column.head)));
  if (grouped) mergeHeads(sheet, annex);
  for (const cells of annex.rows) sheet.addRow(cells.map(asNumber));
  const last = 1 + headRows + annex.rows.length;
  for (let row = 2; row <= last; row += 1) {
    for (let column = 1; column <= columns; column += 1) {
      const cell = sheet.getCell(row, column);
      cell.border = BORDER;
      cell.alignment = CENTRE;
      cell.font = { name: row <= 1 + headRows ? '黑体' : '仿宋_GB2312', size: 11 };
    }
  }
  annex.columns.forEach((column, index) => {
    sheet.getColumn(index + 1).width = column.width + 2;
  });
  if (annex.note !== '') sheet.addRow([annex.note]);
}

function mergeHeads(
  sheet: ReturnType<InstanceType<typeof Workbook>['addWorksheet']>,
  annex: AnnexTable,
): void {
  annex.columns.forEach((column, index) => {
    if (column.group === undefined) sheet.mergeCells(2, index + 1, 3, index + 1);
    else if (annex.columns[index - 1]?.group !== column.group)
      sheet.mergeCells(
        2,
        index + 1,
        2,
        index + annex.columns.filter((each) => each.group === column.group).length,
      );
  });
}

/** Counts as numbers, codes and percentages as the text that is printed. */
function asNumber(text: string): string | number {
  return /^\d{1,7}$/.test(text) ? Number(text) : text;
}
