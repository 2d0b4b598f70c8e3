import { shanghaiText } from '../../lib/pure/dates.ts';
import type { AuditItem } from './audit.repository.ts';

const HEADERS = [
  ...['链上位置', '编号', '时间（北京）', '操作人', '用户编号', '来源地址', '请求编号'],
  ...['动作', '动作名称', '对象', '对象名称', '改前', '改后', '说明', '密钥', '前一行哈希', '哈希'],
] as const;

/** The trail as CSV that WPS and Excel open rightly, line by line. */
export async function* csvLines(rows: AsyncIterable<AuditItem>): AsyncGenerator<string> {
  yield `\uFEFF${HEADERS.join(',')}\r\n`;
  for await (const row of rows) {
    const cells = [
      ...[row.position, row.id, timeOf(row.at), row.actor, row.userId, row.address, row.requestId],
      ...[row.action, row.actionWords, row.subject, row.subjectWords],
      ...[json(row.before), json(row.after), json(row.detail)],
      ...[row.keyId, row.previousHash, row.hash],
    ];
    yield `${cells.map(cellOf).join(',')}\r\n`;
  }
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

function timeOf(at: string): string {
  return Number.isNaN(Date.parse(at)) ? at : shanghaiText(at);
}

/** A spreadsheet would run what begins like a formula, and a name typed at sign-in is anybody's text. */
function cellOf(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
