import type { AnswerOf, BodyOf } from '../../api/types.ts';

export type MapAnswer = AnswerOf<'/api/v1/column-maps'>;
export type SavedMap = MapAnswer['items'][number];
export type MapField = MapAnswer['fields'][number];
export type MapBody = BodyOf<'/api/v1/column-maps/{name}', 'put'>;

/** One column as it is typed; `field` '' = not read, left empty when exported. */
export interface ColumnDraft {
  readonly key: number;
  readonly header: string;
  /** Other headers of the same column, parted by 、 or commas. */
  readonly synonyms: string;
  readonly field: string;
}

export interface ConstantDraft {
  readonly key: number;
  readonly field: string;
  readonly value: string;
}

/** A map as it is typed; parts of which a form knows nothing do not exist. */
export interface MapDraft {
  readonly name: string;
  readonly sheet: string;
  /** Title rows, one a line. */
  readonly titles: string;
  readonly columns: readonly ColumnDraft[];
  readonly constants: readonly ConstantDraft[];
  readonly blank: SavedMap['blank'];
}

export const EMPTY_DRAFT: MapDraft = {
  ...{ name: '', sheet: '', titles: '', columns: [], constants: [], blank: 'keep' },
};

export function draftOf(map: SavedMap): MapDraft {
  const { name, sheet, titles, columns, constants, blank } = map;
  return {
    ...{ name, sheet, titles: titles.join('\n'), blank },
    constants: constants.map(({ field, value }, key) => ({ key, field, value })),
    columns: columns.map(({ header, synonyms, field }, key) => ({
      ...{ key, header, synonyms: synonyms.join('、'), field: field ?? '' },
    })),
  };
}

/** As the server keeps it; empty rows are left out. */
export function bodyOf({ sheet, titles, columns, constants, blank }: MapDraft): MapBody {
  const partsOf = (text: string, by: RegExp): string[] =>
    text
      .split(by)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  return {
    ...{ sheet: sheet.trim(), titles: partsOf(titles, /\n/), blank },
    columns: columns
      .filter(({ header }) => header.trim() !== '')
      .map(({ header, synonyms, field }) => ({
        ...{ header: header.trim(), synonyms: partsOf(synonyms, /[、，,]/) },
        field: field === '' ? null : field,
      })),
    constants: constants
      .filter(({ field, value }) => field !== '' && value.trim() !== '')
      .map(({ field, value }) => ({ field, value: value.trim() })),
  };
}

/** Width and case do not part headers, nor do blanks. */
const fold = (word: string): string => word.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

/**
 * Columns from a header row that was copied out of the office's table (cells parted by tabs or line breaks). What a header is known to
 * mean is filled in, once a field; the rest is for the person to say.
 */
export function columnsOf(pasted: string, fields: readonly MapField[]): ColumnDraft[] {
  const fieldOf = new Map(
    fields.flatMap(({ field, words }) => words.map((word) => [fold(word), field] as const)),
  );
  const taken = new Set<string>();
  return pasted
    .split(/[\t\r\n]+/)
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .map((header, key) => {
      const known = fieldOf.get(fold(header)) ?? '';
      const field = taken.has(known) ? '' : known;
      taken.add(field);
      return { key, header, synonyms: '', field };
    });
}

/** A key that no row has yet. */
export const nextKey = (rows: readonly { readonly key: number }[]): number =>
  Math.max(-1, ...rows.map(({ key }) => key)) + 1;

/** Moves one column up or down; at an end it stays. */
export function moved(
  columns: readonly ColumnDraft[],
  index: number,
  by: -1 | 1,
): readonly ColumnDraft[] {
  const to = index + by;
  if (to < 0 || to >= columns.length) return columns;
  const next = [...columns];
  const [column] = next.splice(index, 1);
  next.splice(to, 0, column!);
  return next;
}
