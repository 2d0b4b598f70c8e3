import { z } from 'zod';
import { UserError } from '../../lib/pure/errors.ts';
import { ACCOUNT_COLUMNS, isAccountField, titleOf } from '../account-fields.ts';
import { foldHeader } from '../headers.ts';

/** What an export can say beyond an account's own fields; an import passes over such columns. */
export const EXPORT_FIELDS = {
  number: '序号',
  divisionCode: '行政区划代码',
  supervisor: '上级主管单位',
  completeness: '完整度',
  missing: '缺的登记信息',
  change: '变更类型',
} as const;
export type ExportField = keyof typeof EXPORT_FIELDS;
export const isExportField = (field: string): field is ExportField =>
  Object.hasOwn(EXPORT_FIELDS, field);

/** Secrets never leave by a file, and come in by our own table only. */
const isMappable = (field: string): boolean =>
  (isAccountField(field) && field !== 'appSecret') || isExportField(field);
export const wordsOfField = (field: string): string =>
  isExportField(field) ? EXPORT_FIELDS[field] : titleOf(field);

export interface MappableField {
  readonly field: string;
  /** Its title, then the headers by which tables call it. */
  readonly words: string[];
  readonly exportOnly: boolean;
}

/** Every field that a column may stand for. */
export const mappableFields = (): MappableField[] => [
  ...Object.entries(ACCOUNT_COLUMNS)
    .filter(([field]) => isMappable(field))
    .map(([field, words]) => ({ field, words: [...words], exportOnly: false })),
  ...Object.entries(EXPORT_FIELDS).map(([field, title]) => ({
    ...{ field, words: [title], exportOnly: true },
  })),
];

const NAME_MAX = 60;
const HEADER_MAX = 60;
const COLUMNS_MAX = 80;

const Field = z
  .string()
  .max(40)
  .refine(isMappable, '没有这个字段')
  .describe('字段，如 name、id.gh、phone；见导出的表头');
const Header = z.string().trim().min(1).max(HEADER_MAX);

/** How an office's table of accounts reads: which header means which field, what the file leaves unsaid, how it looks when written. */
export const ColumnMapSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(NAME_MAX),
    sheet: z
      .string()
      .trim()
      .max(30)
      .regex(/^[^[\]:*?/\\]*$/, '工作表名不能有 []:*?/\\')
      .default(''),
    titles: z.array(z.string().max(200)).max(5).default([]).describe('导出时表头以上的标题行'),
    columns: z
      .array(
        z.strictObject({
          header: Header,
          synonyms: z.array(Header).max(20).default([]),
          field: Field.nullable().describe('空：不读；导出时留空'),
        }),
      )
      .min(1)
      .max(COLUMNS_MAX)
      .describe('导出按这个次序'),
    constants: z
      .array(z.strictObject({ field: Field, value: z.string().trim().min(1).max(500) }))
      .max(20)
      .default([])
      .describe('文件里没有、每行都一样的值，如平台'),
    blank: z.enum(['keep', 'clear']).default('keep').describe('空格子：keep 不改，clear 清空'),
  })
  .meta({
    id: 'ColumnMap',
    example: {
      name: '全国报送系统',
      sheet: '政务新媒体',
      titles: ['政务新媒体报送表'],
      columns: [
        { header: '平台类别', synonyms: [], field: 'platform' },
        { header: '账号名称', synonyms: ['名称'], field: 'name' },
        { header: '代表主体名称', synonyms: [], field: 'sponsor' },
        { header: '原始ID', synonyms: ['gh_'], field: 'id.gh' },
      ],
      constants: [{ field: 'status', value: '正常' }],
      blank: 'keep',
    },
  });
export type ColumnMap = z.output<typeof ColumnMapSchema>;

/** Reads a map as somebody wrote it. Throws {@link UserError} `column-map.invalid`. */
export function parseColumnMap(value: unknown): ColumnMap {
  const parsed = ColumnMapSchema.safeParse(value);
  if (!parsed.success)
    throw new UserError('column-map.invalid', '列映射写得不对：', {
      details: parsed.error.issues
        .slice(0, 20)
        .map(({ path, message }) => `${path.join('.')}：${message}`),
    });
  assertSound(parsed.data);
  return parsed.data;
}

/** Two columns of one field, or two meanings of one header, would read a file by chance. */
export function assertSound({ columns, constants }: ColumnMap): void {
  const invalid = (message: string): UserError =>
    new UserError('column-map.invalid', message, { field: 'columns' });
  const headers = new Set<string>();
  const fields = new Set<string>();
  for (const { header, synonyms, field } of columns) {
    for (const word of new Set([header, ...synonyms].map(foldHeader))) {
      if (headers.has(word)) throw invalid(`表头“${header}”或它的别名写了两次。`);
      headers.add(word);
    }
    if (field !== null && fields.has(field)) throw invalid(`字段“${wordsOfField(field)}”有两列。`);
    if (field !== null) fields.add(field);
  }
  for (const { field } of constants)
    if (isExportField(field)) throw invalid(`“${wordsOfField(field)}”只能导出，不能设固定值。`);
}

const NEEDED = ['platform', 'name', 'sponsor'] as const;

/** What an import through the map would lack; empty where it can import. */
export function neededBy({ columns, constants }: ColumnMap): string[] {
  const given = new Set([...columns, ...constants].map(({ field }) => field));
  return NEEDED.filter((field) => !given.has(field)).map(titleOf);
}

export interface MappedHeader {
  /** Index of the last row of the header; data begin below it. */
  readonly rowIndex: number;
  readonly columns: ReadonlyMap<string, number>;
  readonly unknown: readonly string[];
}

/** Title rows above the headers: a name, a date, a filling guide. */
const TITLE_ROWS_MAX = 10;

/**
 * Finds the map's header in a sheet: the row, or the two rows (merged heads such as 联系人 over 姓名 and 电话), in which most of its
 * headers stand. Null where a needed field is neither there nor a constant.
 */
export function findMappedHeader(
  rows: readonly (readonly string[])[],
  map: ColumnMap,
): MappedHeader | null {
  const fieldOf = new Map(
    map.columns.flatMap(({ header, synonyms, field }) =>
      [header, ...synonyms].map((word) => [foldHeader(word), field] as const),
    ),
  );
  const constants = new Set(map.constants.map(({ field }) => field));
  let best: MappedHeader | null = null;
  for (let index = 0; index < Math.min(TITLE_ROWS_MAX, rows.length); index += 1)
    for (const isTwo of [false, true]) {
      if (isTwo && index + 1 >= rows.length) continue;
      const found = readHead(rows[index]!, isTwo ? rows[index + 1]! : null, fieldOf);
      const isEnough = NEEDED.every((field) => found.columns.has(field) || constants.has(field));
      if (isEnough && found.columns.size > (best?.columns.size ?? 0))
        best = { ...found, rowIndex: index + (isTwo ? 1 : 0) };
    }
  return best;
}

function readHead(
  top: readonly string[],
  below: readonly string[] | null,
  fieldOf: ReadonlyMap<string, string | null>,
): Omit<MappedHeader, 'rowIndex'> {
  const columns = new Map<string, number>();
  const unknown: string[] = [];
  for (let index = 0; index < Math.max(top.length, below?.length ?? 0); index += 1) {
    const upper = top[index] ?? '';
    const lower = below?.[index] ?? '';
    // A head merged over both rows reads the same in both, or empty in the lower one.
    const words =
      below === null || lower === '' || lower === upper ? [upper] : [upper + lower, lower];
    const found = words.map(foldHeader).find((word) => fieldOf.has(word));
    const field = found === undefined ? undefined : fieldOf.get(found);
    if (found === undefined && words[0] !== '') unknown.push(words[0]!);
    else if (typeof field === 'string' && !columns.has(field)) columns.set(field, index);
  }
  return { columns, unknown };
}
