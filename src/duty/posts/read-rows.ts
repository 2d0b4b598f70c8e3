import { readTable } from '../../documents/workbook.ts';
import { type CalendarDate, isCalendarDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { POST_SPECS, POSTS, type Post } from './post.ts';
import type { Holder } from './put-holding.ts';

/** Headers of our own export; the first is written, the others are read as well. */
export const HEADS = {
  siteCode: ['网站标识码', '标识码'],
  platform: ['平台'],
  accountId: ['账号ID', '账号'],
  name: ['网站或账号名称', '名称'],
  unit: ['主办单位', '单位'],
  post: ['岗位'],
  holder: ['姓名或单位', '姓名'],
  office: ['部门和职务', '职务', '部门'],
  phone: ['电话', '联系电话'],
  validFrom: ['起始日期'],
  validTo: ['截止日期'],
} as const;
type Column = keyof typeof HEADS;

/** One row with somebody in it. */
export interface ChainRow {
  /** As the sheet counts them, from 1. */
  readonly row: number;
  readonly siteCode: string;
  readonly platform: string;
  readonly accountId: string;
  readonly post: Post;
  readonly holder: Omit<Holder, 'validFrom'> & { readonly validFrom: CalendarDate | null };
}

export const ROWS_MAX = 2_000;
/** Complaints listed at once. */
export const COMPLAINTS_MAX = 50;

/**
 * Reads a table (.xlsx, .csv); rows in which nobody stands are passed over. Throws {@link UserError} `duty.columns`, `duty.rows`,
 * `workbook.*`: nothing of a faulty file is taken.
 */
export async function readRows(bytes: Uint8Array, fileName: string): Promise<ChainRow[]> {
  const rows = await readTable(bytes, fileName);
  const { start, at } = headersOf(rows);
  const complaints: string[] = [];
  const given = rows.slice(start).flatMap((cells, index): ChainRow[] => {
    const cell = (column: Column): string => (cells[at.get(column) ?? -1] ?? '').trim();
    if (cell('holder') === '') return [];
    const read = rowOf(cell, start + index + 1);
    if (typeof read !== 'string') return [read];
    complaints.push(`第 ${start + index + 1} 行：${read}`);
    return [];
  });
  if (given.length + complaints.length > ROWS_MAX)
    throw new UserError('duty.rows', `一次最多导入 ${ROWS_MAX} 行，请分几个文件。`);
  refuseRows(complaints);
  return given;
}

/** Throws {@link UserError} `duty.rows` with the faulty rows, where there are any. */
export function refuseRows(complaints: readonly string[]): void {
  if (complaints.length === 0) return;
  throw new UserError('duty.rows', `${complaints.length} 行有问题，没有导入。`, {
    details: complaints.slice(0, COMPLAINTS_MAX),
  });
}

/** The headers may have titles above them. */
function headersOf(rows: readonly (readonly string[])[]): {
  start: number;
  at: ReadonlyMap<Column, number>;
} {
  for (const [index, cells] of rows.slice(0, 5).entries()) {
    const at = new Map<Column, number>();
    for (const [column, names] of Object.entries(HEADS)) {
      const found = cells.findIndex((cell) => (names as readonly string[]).includes(cell.trim()));
      if (found >= 0) at.set(column as Column, found);
    }
    const namesSubject = at.has('siteCode') || (at.has('platform') && at.has('accountId'));
    if (at.has('post') && at.has('holder') && namesSubject) return { start: index + 1, at };
  }
  throw new UserError(
    'duty.columns',
    '找不到表头：要有“岗位”“姓名或单位”，和“网站标识码”或“平台”“账号ID”；可以先导出一份照着填。',
  );
}

function rowOf(cell: (column: Column) => string, row: number): ChainRow | string {
  const title = cell('post');
  const post = POSTS.find((each) => POST_SPECS[each].title === title);
  if (post === undefined)
    return `岗位“${title}”不认识，请写${POSTS.map((each) => `“${POST_SPECS[each].title}”`).join('')}`;
  const [siteCode, platform, accountId] = [cell('siteCode'), cell('platform'), cell('accountId')];
  if (siteCode === '' && (platform === '' || accountId === ''))
    return '没有写网站标识码，也没有写平台和账号ID';
  const dates: Partial<Record<'validFrom' | 'validTo', string>> = {};
  for (const column of ['validFrom', 'validTo'] as const) {
    const text = cell(column)
      .replaceAll(/[./年月]/g, '-')
      .replace('日', '');
    if (text === '') continue;
    const date = text.replaceAll(/-(\d)(?!\d)/g, '-0$1');
    if (!isCalendarDate(date))
      return `${HEADS[column][0]}“${cell(column)}”无法识别，请写成 2026-11-16`;
    dates[column] = date;
  }
  return {
    ...{ row, siteCode, platform, accountId, post },
    holder: {
      ...{ name: cell('holder'), office: cell('office'), phone: cell('phone') },
      ...{ validFrom: dates.validFrom ?? null, validTo: dates.validTo ?? null },
    },
  };
}
