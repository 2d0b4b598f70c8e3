import { readTable } from '../../documents/workbook.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { dayOf, rowsBelow, takeRows } from '../table-rows.ts';
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

/**
 * Reads a table (.xlsx, .csv); rows in which nobody stands are passed over. Throws {@link UserError} `duty.columns`, `duty.rows`,
 * `workbook.*`: nothing of a faulty file is taken.
 */
export async function readRows(bytes: Uint8Array, fileName: string): Promise<ChainRow[]> {
  const rows = rowsBelow<Column>(await readTable(bytes, fileName), HEADS, {
    isEnough: (has) =>
      has('post') && has('holder') && (has('siteCode') || (has('platform') && has('accountId'))),
    refusal:
      '找不到表头：要有“岗位”“姓名或单位”，和“网站标识码”或“平台”“账号ID”；可以先导出一份照着填。',
  });
  return takeRows(rows, ({ row, cell }) => (cell('holder') === '' ? null : rowOf(cell, row)));
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
    if (cell(column) === '') continue;
    const date = dayOf(cell(column));
    if (date === null) return `${HEADS[column][0]}“${cell(column)}”无法识别，请写成 2026-11-16`;
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
