import { readTable } from '../documents/workbook.ts';
import { cutText } from '../lib/pure/cut-text.ts';
import { type Instant, isCalendarDate, shanghaiInstant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { NewMessage } from './receive-messages.ts';

/** Headers of the national platform's export as they were seen, each by the names it goes by. */
const COLUMNS = {
  number: ['留言编号', '编号', '找错编号'],
  siteCode: ['网站标识码', '标识码'],
  siteName: ['网站名称', '网站'],
  pageUrl: ['问题网址', '问题页面', '问题页面网址', '问题URL', '网址'],
  problemType: ['问题类型', '类型'],
  content: ['留言内容', '问题描述', '内容'],
  leftAt: ['留言时间', '提交时间'],
  receivedAt: ['转办时间', '收到时间', '接收时间'],
} as const;
type Column = keyof typeof COLUMNS;

export const ROWS_MAX = 20_000;
export const CONTENT_MAX = 2_000;
const SHORT_MAX = 200;
const URL_MAX = 1_000;
/** Complaints listed at once. */
const COMPLAINTS_MAX = 50;

/**
 * Reads an export (.xlsx, .csv). Throws {@link UserError} `finderror.columns`, `finderror.rows` (with the faulty rows), `workbook.*`;
 * nothing of a faulty file is taken.
 */
export async function readMessages(bytes: Uint8Array, fileName: string): Promise<NewMessage[]> {
  const rows = await readTable(bytes, fileName);
  const { start, at } = headersOf(rows);
  const given = rows.slice(start).filter((cells) => cells.some((cell) => cell !== ''));
  if (given.length > ROWS_MAX)
    throw new UserError('finderror.rows', `一次最多导入 ${ROWS_MAX} 条，请分几个文件。`);
  const complaints: string[] = [];
  const messages = given.flatMap((cells, index) => {
    const message = messageOf((column) => cells[at.get(column) ?? -1] ?? '');
    if (typeof message !== 'string') return [message];
    complaints.push(`第 ${start + index + 1} 行：${message}`);
    return [];
  });
  if (complaints.length > 0)
    throw new UserError('finderror.rows', `${complaints.length} 行有问题，没有导入。`, {
      details: complaints.slice(0, COMPLAINTS_MAX),
    });
  return messages;
}

/** The headers may have titles above them. */
function headersOf(rows: readonly (readonly string[])[]): {
  start: number;
  at: ReadonlyMap<Column, number>;
} {
  for (const [index, cells] of rows.slice(0, 5).entries()) {
    const at = new Map<Column, number>();
    for (const [column, names] of Object.entries(COLUMNS)) {
      const found = cells.findIndex((cell) => (names as readonly string[]).includes(cell.trim()));
      if (found >= 0) at.set(column as Column, found);
    }
    if (at.has('number') && at.has('content') && at.has('leftAt')) return { start: index + 1, at };
  }
  throw new UserError(
    'finderror.columns',
    `找不到表头：至少要有“${COLUMNS.number[0]}”“${COLUMNS.content[0]}”“${COLUMNS.leftAt[0]}”三列。`,
  );
}

function messageOf(cell: (column: Column) => string): NewMessage | string {
  const number = cell('number');
  if (number === '' || number.length > SHORT_MAX) return '留言编号是空的，或太长';
  const content = cell('content');
  if (content === '') return '留言内容是空的';
  const leftAt = instantOf(cell('leftAt'));
  if (leftAt === null) return `留言时间“${cell('leftAt')}”无法识别，请写成 2026-11-16 09:30`;
  const written = cell('receivedAt');
  const receivedAt = written === '' ? leftAt : instantOf(written);
  if (receivedAt === null) return `转办时间“${written}”无法识别，请写成 2026-11-16 09:30`;
  if (receivedAt < leftAt) return '转办时间早于留言时间';
  const short = (column: Column): string => cutText(cell(column), SHORT_MAX);
  return {
    ...{ number, leftAt, receivedAt, content: cutText(content, CONTENT_MAX) },
    ...{ siteCode: short('siteCode'), siteName: short('siteName') },
    ...{ pageUrl: cutText(cell('pageUrl'), URL_MAX), problemType: short('problemType') },
  };
}

/** `2026-11-16`, `2026/11/16 9:30`, with or without seconds, in Asia/Shanghai. */
export function instantOf(text: string): Instant | null {
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?/.exec(
      text.trim(),
    );
  if (match === null) return null;
  const [, year, month = '', day = '', hour = '0', minute = '00', second = '00'] = match;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isCalendarDate(date)) return null;
  return shanghaiInstant(`${date} ${hour.padStart(2, '0')}:${minute}:${second}`);
}
