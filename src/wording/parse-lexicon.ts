import { decodePage } from '../derive/page/decode-page.ts';
import type { Lexicon, LexiconTerm, ProtectedName, Role } from '../derive/text/lexicon.ts';
import { readWorkbook, type Sheet } from '../documents/workbook.ts';
import { UserError } from '../lib/pure/errors.ts';
import { fieldsOf, type LexiconField, type LexiconSheet, sheetKind } from './lexicon-columns.ts';
import { LexiconRow, listCell } from './lexicon-row.ts';

/** Above these a lexicon is no list that people keep. */
const ROWS_MAX = 200_000;
const ERRORS_SHOWN = 50;

/**
 * Reads a lexicon file: JSON (`.json`, or text that begins with `{` or `[`), CSV or .xlsx by their columns. The format is in the
 * handbook (词库文件格式). Throws {@link UserError} `lexicon.*` with every faulty row named.
 */
export async function parseLexicon(bytes: Uint8Array, fileName: string): Promise<Lexicon> {
  const { lexicon, errors } = await readLexiconFile(bytes, fileName);
  if (errors.length > 0)
    throw new UserError('lexicon.rows', `${fileName} 有 ${errors.length} 处不对，没有导入：`, {
      details: errors.slice(0, ERRORS_SHOWN),
    });
  return lexicon;
}

export interface LexiconReading {
  readonly lexicon: Lexicon;
  /** Faulty rows with their place, in Chinese; while there is one, nothing is imported. */
  readonly errors: readonly string[];
}

/** The same, with what is wrong with its rows beside what could be read. Throws {@link UserError} `lexicon.*` for a file that is none. */
export async function readLexiconFile(
  bytes: Uint8Array,
  fileName: string,
): Promise<LexiconReading> {
  const name = fileName
    .split(/[\\/]/)
    .at(-1)!
    .replace(/\.[^.]*$/, '');
  const text = /^\s*[{[]/.test(headOf(bytes)) ? decodePage(bytes).text : null;
  const rows = new Collected();
  const head = { id: name, version: '1' };
  if (text !== null) readJson(text, fileName, rows, head);
  else for (const sheet of await readWorkbook(bytes, fileName)) readSheet(sheet, fileName, rows);
  const { terms, names, roles, words, errors } = rows;
  const read = terms.length + names.length + roles.length + words.length;
  if (read + errors.length === 0)
    throw new UserError(
      'lexicon.empty',
      `${fileName} 里没有认得的条目；表头应有“错误写法”“保护名称”“姓名、职务”或“词语”之一。`,
    );
  return { lexicon: { ...head, terms, names, roles, words }, errors };
}

const headOf = (bytes: Uint8Array): string =>
  new TextDecoder().decode(bytes.subarray(0, 64)).replace(/^\ufeff/, '');

/** What was read, and what could not be. */
class Collected {
  readonly terms: LexiconTerm[] = [];
  readonly names: ProtectedName[] = [];
  readonly roles: Role[] = [];
  readonly words: string[] = [];
  readonly errors: string[] = [];

  add(kind: LexiconSheet, place: string, cells: ReadonlyMap<LexiconField, string>): void {
    const row = new LexiconRow(cells);
    if (row.isBlank()) return;
    if (kind === 'terms') this.terms.push(row.term());
    else if (kind === 'names') this.names.push(row.name());
    else if (kind === 'roles') this.roles.push(row.role());
    else this.words.push(row.word());
    this.errors.push(...row.errors.map((error) => `${place}：${error}`));
  }
}

function readSheet(sheet: Sheet, fileName: string, into: Collected): void {
  const headerAt = sheet.rows.findIndex((row) => sheetKind(row) !== null);
  if (headerAt < 0) return;
  const kind = sheetKind(sheet.rows[headerAt]!)!;
  const fields = fieldsOf(sheet.rows[headerAt]!, kind);
  refuseTooMany(sheet.rows.length, fileName);
  sheet.rows.slice(headerAt + 1).forEach((row, index) => {
    const cells = new Map<LexiconField, string>();
    for (const [at, field] of fields) cells.set(field, (row[at] ?? '').trim());
    into.add(kind, `${sheet.name} 第 ${headerAt + index + 2} 行`, cells);
  });
}

function readJson(
  text: string,
  fileName: string,
  into: Collected,
  head: { id: string; version: string },
): void {
  const value = parse(text, fileName);
  // A bare list is a list of terms: the shortest file that an office writes by hand.
  const file: Record<string, unknown> = Array.isArray(value) ? { terms: value } : value;
  if (typeof file.id === 'string' && file.id !== '') head.id = file.id;
  if (file.version !== undefined) head.version = String(file.version);
  for (const [key, kind] of JSON_LISTS) {
    const list = file[key];
    if (list === undefined) continue;
    if (!Array.isArray(list))
      throw new UserError('lexicon.json', `${fileName} 的 ${key} 应是数组。`, { field: key });
    refuseTooMany(list.length, fileName);
    list.forEach((entry: unknown, index) => {
      if (typeof entry !== 'string' && (typeof entry !== 'object' || entry === null)) {
        into.errors.push(`${key}[${index}]：应是一个对象`);
        return;
      }
      into.add(kind, `${key}[${index}]`, cellsOf(entry, kind));
    });
  }
}

const JSON_LISTS: readonly (readonly [string, LexiconSheet])[] = [
  ['terms', 'terms'],
  ['names', 'names'],
  ['protected', 'names'],
  ['protectedNames', 'names'],
  ['roles', 'roles'],
  ['words', 'words'],
];

function parse(text: string, fileName: string): Record<string, unknown> | unknown[] {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (cause) {
    throw new UserError('lexicon.json', `${fileName} 不是完整的 JSON。`, { cause });
  }
  throw new UserError('lexicon.json', `${fileName} 应是一个对象或数组。`);
}

/** An entry's values as cells; a plain text is the entry's first field. */
function cellsOf(entry: unknown, kind: LexiconSheet): ReadonlyMap<LexiconField, string> {
  const first = { terms: 'wrong', names: 'name', roles: 'person', words: 'word' } as const;
  if (typeof entry === 'string') return new Map([[first[kind], entry.trim()]]);
  const cells = new Map<LexiconField, string>();
  const keys = Object.keys(entry as object);
  for (const [at, field] of fieldsOf(keys, kind)) {
    const value = (entry as Record<string, unknown>)[keys[at]!];
    const text = Array.isArray(value) ? listCell(value) : String(value ?? '');
    cells.set(field, text.trim());
  }
  return cells;
}

function refuseTooMany(rows: number, fileName: string): void {
  if (rows > ROWS_MAX) throw new UserError('lexicon.too-many', `${fileName} 超过 ${ROWS_MAX} 条。`);
}
