import { strFromU8, strToU8, unzipSync } from 'fflate';
import { invariant } from '../lib/pure/errors.ts';
import { escapeHtml } from '../lib/pure/html-text.ts';
import { cellMark, plainRows } from './docx-table.ts';
import { type AnnexTable, printable } from './official-document.ts';
import { zipWithFixedTimes } from './zip-with-fixed-times.ts';

const DOCUMENT = 'word/document.xml';

/** Puts the rows of the annexes in place of their pattern rows, and fixed times in place of the clock's. */
export function fillDocxTables(docx: Uint8Array, annexes: readonly AnnexTable[]): Uint8Array {
  const files = unzipSync(docx);
  const document = strFromU8(files[DOCUMENT] ?? new Uint8Array());
  files[DOCUMENT] = strToU8(annexes.reduce(fillOne, closeUp(document)));
  return zipWithFixedTimes(files);
}

/**
 * No space between figures and characters, in Latin letters either: the library writes only the half of it that is about figures, and
 * LibreOffice looks at the other.
 */
const closeUp = (document: string): string =>
  document.replaceAll('<w:autoSpaceDN', '<w:autoSpaceDE w:val="false"/><w:autoSpaceDN');

function fillOne(document: string, annex: AnnexTable, index: number): string {
  const rows = plainRows(annex);
  if (rows.length === 0) return document;
  const mark = document.indexOf(cellMark(index, 0));
  const [from, to] = [document.lastIndexOf('<w:tr>', mark), document.indexOf('</w:tr>', mark) + 7];
  invariant(mark > 0 && from > 0 && to > mark, `附件${index + 1}的表格没有样行`);
  const cells = cellsOf(document.slice(from, to), annex, index);
  const filled = rows.map((row) =>
    cells
      .map(({ before, paragraph }, column) => before + lines(row[column] ?? '', paragraph))
      .join(''),
  );
  const [, tail = ''] = cells.length === 0 ? [] : splitLast(document.slice(from, to));
  return document.slice(0, from) + filled.map((row) => row + tail).join('') + document.slice(to);
}

interface CellPattern {
  /** What stands between the paragraph of the cell before and this one's. */
  readonly before: string;
  /** The paragraph around its text. */
  readonly paragraph: readonly [opening: string, closing: string];
}

/** The pattern row cut at its marks. */
function cellsOf(row: string, { columns }: AnnexTable, index: number): CellPattern[] {
  let rest = row;
  return columns.map((_, column) => {
    const mark = cellMark(index, column);
    const at = rest.indexOf(mark);
    const start = rest.lastIndexOf('<w:p>', at);
    const end = rest.indexOf('</w:p>', at) + 6;
    invariant(at > 0 && start >= 0 && end > at, `样行里没有第 ${column + 1} 格`);
    const cell: CellPattern = {
      before: rest.slice(0, start),
      paragraph: [rest.slice(start, at), rest.slice(at + mark.length, end)],
    };
    rest = rest.slice(end);
    return cell;
  });
}

/** What stands after the last cell's paragraph. */
function splitLast(row: string): readonly [string, string] {
  const end = row.lastIndexOf('</w:p>') + 6;
  return [row.slice(0, end), row.slice(end)];
}

/** A cell's lines, each a paragraph. */
function lines(text: string, [opening, closing]: CellPattern['paragraph']): string {
  return printable(text)
    .split('\n')
    .map((line) => `${opening}${escapeHtml(line)}${closing}`)
    .join('');
}
