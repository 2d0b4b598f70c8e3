import { Workbook } from '@cj-tech-master/excelts';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { UserError } from '../lib/pure/errors.ts';

/** A table as people see it: a name and rows of trimmed text. Row 1 of the sheet is `rows[0]`. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  /** Rows above the header, when it is written: each a title over the whole table. */
  readonly titleRows?: number;
}

/** Above these a file is no register of a province but a mistake or an attack. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;
const ROWS_MAX = 300_000;
const COLUMNS_MAX = 100;

/** Reads an .xlsx (by its signature) or a .csv (UTF-8 with or without BOM, else GB18030). Throws {@link UserError} `workbook.*`. */
export async function readWorkbook(bytes: Uint8Array, fileName: string): Promise<Sheet[]> {
  if (bytes.byteLength === 0) throw new UserError('workbook.empty', `${fileName} 是空文件。`);
  if (bytes.byteLength > FILE_BYTES_MAX)
    throw new UserError(
      'workbook.too-large',
      `${fileName} 超过 ${FILE_BYTES_MAX / 1_048_576} MB。`,
    );
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (isZip || /\.xlsx$/i.test(fileName)) return readXlsx(bytes, fileName);
  return [{ name: fileName.replace(/\.[^.]*$/, ''), rows: readCsv(bytes, fileName) }];
}

/** The first sheet's rows. */
export async function readTable(
  bytes: Uint8Array,
  fileName: string,
): Promise<readonly (readonly string[])[]> {
  return (await readWorkbook(bytes, fileName))[0]?.rows ?? [];
}

async function readXlsx(bytes: Uint8Array, fileName: string): Promise<Sheet[]> {
  const workbook = new Workbook();
  try {
    await workbook.xlsx.load(bytes);
  } catch (cause) {
    throw new UserError(
      'workbook.broken',
      `${fileName} 打不开：文件损坏，或不是 .xlsx。请用 WPS 或 Excel 另存为 .xlsx 后再试。`,
      { cause },
    );
  }
  return workbook.worksheets.map((worksheet) => {
    if (worksheet.rowCount > ROWS_MAX)
      throw new UserError(
        'workbook.too-many-rows',
        `${fileName} 的“${worksheet.name}”超过 ${ROWS_MAX} 行。`,
      );
    const rows: string[][] = [];
    worksheet.eachRow({ includeEmpty: true }, (row, number) => {
      const cells: string[] = [];
      for (let column = 1; column <= Math.min(row.cellCount, COLUMNS_MAX); column += 1)
        cells.push(cellText(row.getCell(column).value));
      rows[number - 1] = cells;
    });
    return { name: worksheet.name, rows: Array.from(rows, (row) => row ?? []) };
  });
}

/** A cell as text: formulas by their result, rich text joined, dates as `YYYY-MM-DD[ HH:MM]` as the sheet shows them. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    const text = value.toISOString();
    return text.endsWith('T00:00:00.000Z')
      ? text.slice(0, 10)
      : text.slice(0, 16).replace('T', ' ');
  }
  if (typeof value !== 'object') return String(value).trim();
  const cell = value as {
    result?: unknown;
    text?: unknown;
    richText?: readonly { text: string }[];
    error?: unknown;
  };
  if (cell.richText)
    return cell.richText
      .map((part) => part.text)
      .join('')
      .trim();
  if (cell.result !== undefined) return cellText(cell.result);
  if (cell.text !== undefined) return cellText(cell.text);
  return cell.error === undefined ? '' : String(cell.error);
}

function readCsv(bytes: Uint8Array, fileName: string): string[][] {
  try {
    return parse(decodeText(bytes), {
      relaxColumnCount: true,
      skipEmptyLines: false,
      trim: true,
      bom: true,
      to: ROWS_MAX,
    });
  } catch (cause) {
    throw new UserError('workbook.broken', `${fileName} 不是有效的 CSV：引号或换行不成对。`, {
      cause,
    });
  }
}

/** UTF-8 when the bytes are valid UTF-8, else GB18030: what Chinese spreadsheets write. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return iconv.decode(Buffer.from(bytes), 'gb18030');
  }
}

/** Writes sheets as .xlsx: text cells, bold frozen header below its title rows, widths by content. */
export async function writeXlsx(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const workbook = new Workbook();
  for (const { name, rows, titleRows = 0 } of sheets) {
    const worksheet = workbook.addWorksheet(name, {
      views: [{ state: 'frozen', ySplit: titleRows + 1 }],
    });
    for (const row of rows) worksheet.addRow([...row]);
    const [header = [], ...body] = rows.slice(titleRows);
    for (let row = 1; row <= Math.min(titleRows + 1, rows.length); row += 1) {
      worksheet.getRow(row).font = { bold: true };
      if (row <= titleRows && header.length > 1) worksheet.mergeCells(row, 1, row, header.length);
    }
    header.forEach((_cell, column) => {
      worksheet.getColumn(column + 1).width = columnWidth([header, ...body], column);
    });
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

const WIDTH_SAMPLE_ROWS = 200;
const WIDTH_MAX = 60;

function columnWidth(rows: readonly (readonly string[])[], column: number): number {
  const longest = Math.max(
    ...rows.slice(0, WIDTH_SAMPLE_ROWS).map((row) => displayWidth(row[column] ?? '')),
  );
  return Math.min(WIDTH_MAX, longest + 2);
}

/** Chinese characters take two columns. */
function displayWidth(text: string): number {
  return [...text].reduce((sum, character) => sum + (character.charCodeAt(0) > 255 ? 2 : 1), 0);
}

/** Writes one table as CSV in UTF-8 with BOM, which WPS and Excel open rightly. */
export function writeCsv(rows: readonly (readonly string[])[]): Uint8Array {
  const quote = (cell: string): string =>
    /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return Buffer.from(
    `\uFEFF${rows.map((row) => row.map(quote).join(',')).join('\r\n')}\r\n`,
    'utf8',
  );
}
