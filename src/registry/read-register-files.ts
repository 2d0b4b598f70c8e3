import { readWorkbook, type Sheet } from '../documents/workbook.ts';
import { UserError } from '../lib/pure/errors.ts';
import {
  COLUMNS,
  type FoundHeader,
  findHeader,
  kindByTitle,
  SHEET_TITLES,
  type SheetKind,
} from './headers.ts';
import { type ColumnMap, findMappedHeader, wordsOfField } from './maps/column-map.ts';
import { readRecordCells } from './record-cells.ts';
import {
  type AccountRowInput,
  type RowError,
  RowReader,
  readAccountRow,
  readSiteRow,
  readUnitRow,
  type SiteRowInput,
  type UnitRowInput,
} from './register-rows.ts';
import { readSourceCells, readSourceRow, type SourceRowInput } from './source-rows.ts';

export interface RegisterFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface RegisterInput {
  readonly units: readonly UnitRowInput[];
  readonly sites: readonly SiteRowInput[];
  readonly accounts: readonly AccountRowInput[];
  readonly sources: readonly SourceRowInput[];
  readonly errors: readonly RowError[];
  readonly warnings: readonly string[];
  readonly sheets: readonly SheetReading[];
}

/** How the headers of one sheet were understood. */
export interface SheetReading {
  readonly file: string;
  readonly sheet: string;
  /** What the rows are taken for: 单位, 网站, 新媒体, 信源. */
  readonly of: string;
  readonly columns: readonly { readonly header: string; readonly title: string }[];
  /** Headers that mean nothing here: their columns are not read. */
  readonly unknown: readonly string[];
}

/** Unknown headers named of one sheet. */
const UNKNOWN_MAX = 50;

interface Collected {
  readonly units: UnitRowInput[];
  readonly sites: SiteRowInput[];
  readonly accounts: AccountRowInput[];
  readonly sources: SourceRowInput[];
  readonly errors: RowError[];
  readonly warnings: string[];
  readonly sheets: SheetReading[];
}

/** Reads any number of register files as one import. Throws {@link UserError} `registry.headers` when a file holds no known sheet. */
export async function readRegisterFiles(
  files: readonly RegisterFile[],
  map: ColumnMap | null = null,
): Promise<RegisterInput> {
  const collected: Collected = {
    ...{ units: [], sites: [], accounts: [], sources: [] },
    ...{ errors: [], warnings: [], sheets: [] },
  };
  for (const file of files) {
    const sheets = /\.json$/i.test(file.name)
      ? readJsonSheets(file)
      : await readWorkbook(file.bytes, file.name);
    const known = sheets.filter((sheet) =>
      map === null
        ? collectSheet(file.name, sheet, collected)
        : collectMapped({ file: file.name, sheet, map }, collected),
    );
    if (known.length === 0 && map !== null) throw noMappedHeader(file.name, map);
    if (known.length === 0) {
      const words = Object.entries(COLUMNS).map(
        ([kind, columns]) =>
          `${SHEET_TITLES[kind as SheetKind]}（${Object.values(columns)
            .map((each) => each[0])
            .join('、')}）`,
      );
      throw new UserError(
        'registry.headers',
        `${file.name} 里没有认得的工作表：表头不对。应有下列工作表之一：`,
        { details: words },
      );
    }
  }
  return collected;
}

function collectSheet(file: string, sheet: Sheet, collected: Collected): boolean {
  const header = findHeader(sheet.rows, kindByTitle(sheet.name)) ?? findHeader(sheet.rows, null);
  if (!header) return false;
  if (header.unknown.length > 0)
    collected.warnings.push(
      `${file} 工作表“${sheet.name}”里没有用到的列：${header.unknown.slice(0, 20).join('、')}`,
    );
  const titleIn = (field: string): string => COLUMNS[header.kind][field]?.[0] ?? field;
  collected.sheets.push(readingOf(file, sheet, { of: SHEET_TITLES[header.kind], header, titleIn }));
  sheet.rows.forEach((cells, index) => {
    if (index <= header.rowIndex || isNoise(cells)) return;
    const row = new RowReader({
      place: { file, sheet: sheet.name, row: index + 1 },
      cell: (field) => cellOf(cells, header.columns.get(field)),
      headerOf: (field) =>
        sheet.rows[header.rowIndex]?.[header.columns.get(field) ?? -1] ??
        COLUMNS[header.kind][field]?.[0] ??
        field,
      has: (field) => header.columns.has(field),
      errors: collected.errors,
    });
    collectRow(header, row, collected);
  });
  return true;
}

/** Reads a sheet as a saved map says; false where its header is not there. */
function collectMapped(
  { file, sheet, map }: { readonly file: string; readonly sheet: Sheet; readonly map: ColumnMap },
  collected: Collected,
): boolean {
  const header = findMappedHeader(sheet.rows, map);
  if (!header) return false;
  if (header.unknown.length > 0)
    collected.warnings.push(
      `${file} 工作表“${sheet.name}”里映射没有说到的列：${header.unknown.slice(0, 20).join('、')}`,
    );
  collected.sheets.push(
    readingOf(file, sheet, { of: SHEET_TITLES.account, header, titleIn: wordsOfField }),
  );
  const constants = new Map(map.constants.map(({ field, value }) => [field, value]));
  const headerOf = (field: string): string =>
    map.columns.find((column) => column.field === field)?.header ?? wordsOfField(field);
  sheet.rows.forEach((cells, index) => {
    if (index <= header.rowIndex || isNoise(cells)) return;
    const cell = (field: string): string =>
      cellOf(cells, header.columns.get(field)) || (constants.get(field) ?? '');
    const row = new RowReader({
      place: { file, sheet: sheet.name, row: index + 1 },
      ...{ cell, headerOf, blank: map.blank, errors: collected.errors },
      has: (field) => header.columns.has(field) || constants.has(field),
    });
    const further = { sources: readSourceCells(row), ...readRecordCells(row) };
    collected.accounts.push(readAccountRow(row, further));
  });
  return true;
}

function readingOf(
  file: string,
  { name, rows }: Sheet,
  read: {
    readonly of: string;
    readonly header: Pick<FoundHeader, 'rowIndex' | 'columns' | 'unknown'>;
    readonly titleIn: (field: string) => string;
  },
): SheetReading {
  const { of, header, titleIn } = read;
  const columns = [...header.columns].map(([field, index]) => ({
    header: rows[header.rowIndex]?.[index] ?? '',
    title: titleIn(field),
  }));
  return { file, sheet: name, of, columns, unknown: header.unknown.slice(0, UNKNOWN_MAX) };
}

function noMappedHeader(file: string, map: ColumnMap): UserError {
  return new UserError(
    'registry.headers',
    `${file} 里没有映射“${map.name}”的表头；要有平台、账号名称和主办单位三列（或映射里的固定值）。映射的表头：`,
    { details: [map.columns.map(({ header }) => header).join('、')] },
  );
}

function collectRow(header: FoundHeader, row: RowReader, collected: Collected): void {
  if (header.kind === 'unit') collected.units.push(readUnitRow(row));
  else if (header.kind === 'site') collected.sites.push(readSiteRow(row));
  else if (header.kind === 'source') collected.sources.push(...readSourceRow(row));
  else
    collected.accounts.push(
      readAccountRow(row, { sources: readSourceCells(row), ...readRecordCells(row) }),
    );
}

/** Empty rows, totals and notes below a table are no subjects. */
function isNoise(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return filled.length === 0 || /^(合计|总计|注[:：]|备注[:：]|说明[:：])/.test(filled[0]!.trim());
}

/** A field that the file has no column for, as most of the further ones, is empty. */
function cellOf(cells: readonly string[], index: number | undefined): string {
  const text = index === undefined ? undefined : cells[index];
  return text === undefined || text === '' ? '' : cleanCell(text);
}

const UNCLEAN = /[\u200B\uFEFF\u00A0]/;

function cleanCell(text: string): string {
  if (!UNCLEAN.test(text)) return text.trim();
  return text
    .replace(/[\u200B\uFEFF]/g, '')
    .replace(/\u00A0/g, ' ')
    .trim();
}

/** `{单位:[{名称:…}], 网站:[…], 新媒体:[…]}`: the same columns, as objects. */
function readJsonSheets(file: RegisterFile): Sheet[] {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8').decode(file.bytes).replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new UserError('registry.json', `${file.name} 不是有效的 JSON。`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UserError(
      'registry.json',
      `${file.name} 应是 {"单位":[…],"网站":[…],"新媒体":[…]}。`,
    );
  return Object.entries(value).flatMap(([name, rows]) => {
    if (!Array.isArray(rows)) return [];
    const objects = rows.filter(
      (row): row is Record<string, unknown> => typeof row === 'object' && row !== null,
    );
    const headers = [...new Set(objects.flatMap((row) => Object.keys(row)))];
    return [
      {
        name,
        rows: [headers, ...objects.map((row) => headers.map((header) => jsonCell(row[header])))],
      },
    ];
  });
}

function jsonCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(String).join('；');
  if (typeof value === 'boolean') return value ? '是' : '否';
  return String(value).trim();
}
