/** Layout of official documents: GB/T 9704-2012 (guidelines §9). Lengths in millimetres, type sizes in points. */
export const PAGE_MM = {
  width: 210,
  height: 297,
  top: 37,
  bottom: 35,
  left: 28,
  right: 26,
} as const;
/** Width of the type area (版心). */
export const TYPE_AREA_MM = PAGE_MM.width - PAGE_MM.left - PAGE_MM.right;
/** Upper edge of the issuer's mark below the upper edge of the type area (7.2.4). */
export const HEAD_DROP_MM = 35;
/** A fixed line of 28.95 pt gives the 22 lines of a page (225 mm). */
export const LINE_POINTS = 28.95;

/** Characters on a line of the type area (6.2): 28 of 3号 are 158 mm, so each gives up a fifth of a point. */
export const LINE_CHARACTERS = 28;

/** Type sizes (字号): 3号 = 16 pt, 2号 = 22 pt, 4号 = 14 pt. */
export const POINTS = {
  body: 16,
  title: 22,
  page: 14,
  table: 12,
  wideTable: 10.5,
  note: 12,
  draft: 12,
} as const;

/** The names that the standard's fonts bear in Windows and WPS; a .docx names them, the reader's machine has them. */
export const FONTS = {
  body: '仿宋_GB2312',
  title: '方正小标宋简体',
  level1: '黑体',
  level2: '楷体_GB2312',
  page: '宋体',
  latin: 'Times New Roman',
} as const;

/** Tables with more columns are set in 五号: a date or a code then stands on one line. */
const TABLE_COLUMNS_MAX = 6;

/** Type size of a table with so many columns. */
export function tablePoints(columns: number): number {
  return columns > TABLE_COLUMNS_MAX ? POINTS.wideTable : POINTS.table;
}

const POINTS_PER_MM = 72 / 25.4;
/** Width of one body character, rounded down to a twip (a twentieth of a point): what Word's spacing can say. */
export const CHARACTER_POINTS =
  Math.floor(((TYPE_AREA_MM * POINTS_PER_MM) / LINE_CHARACTERS) * 20) / 20;
const HEAD_POINTS_MAX = 46;
const HEAD_POINTS_MIN = 24;

/** Width of a text in characters: a Chinese character is 1, an ASCII one ½. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += character.charCodeAt(0) < 0x80 ? 0.5 : 1;
  return width;
}

/** Type size of the issuer's red mark: as large as one line of the type area allows, never smaller than the title. */
export function headPoints(issuer: string): number {
  const fitting = Math.floor((TYPE_AREA_MM * POINTS_PER_MM * 0.95) / Math.max(widthOf(issuer), 1));
  return Math.min(HEAD_POINTS_MAX, Math.max(HEAD_POINTS_MIN, fitting));
}

/** Distance from the right edge, in characters, of issuer and date: the date four in, the issuer centred on it, never less than two. */
export function signatureIndents(
  issuer: string,
  signedOn: string,
): { issuer: number; date: number } {
  const [name, date] = [widthOf(issuer), widthOf(signedOn)];
  const centred = 4 + (date - name) / 2;
  if (centred >= 2) return { issuer: centred, date: 4 };
  return { issuer: 2, date: 2 + (name - date) / 2 };
}

/** Characters of 2号 on one line of the type area. */
const TITLE_LINE_MAX = 20;
/** A title may break after these words: each ends a group of meaning (回行词意完整). */
const TITLE_BREAKS = /(?:季度|半年|月|全省|全区|全市|全州|全县|政府网站与|政务新媒体)/g;

/** A title broken into at most two lines of balanced length where its sense allows; one line when it fits or cannot be broken. */
export function titleLines(title: string): string[] {
  if (widthOf(title) <= TITLE_LINE_MAX) return [title];
  const breaks = [...title.matchAll(TITLE_BREAKS)]
    .map((match) => match.index + match[0].length)
    .map((at) => [title.slice(0, at), title.slice(at)])
    .filter((lines) => lines.every((line) => line !== '' && widthOf(line) <= TITLE_LINE_MAX));
  const spread = (lines: readonly string[]): number =>
    Math.abs(widthOf(lines[0] ?? '') - widthOf(lines[1] ?? ''));
  return breaks.sort((a, b) => spread(a) - spread(b))[0] ?? [title];
}
