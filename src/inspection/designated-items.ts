import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readTable } from '../documents/workbook.ts';
import type { DesignatedItem } from '../domain/facts/guideline-facts.ts';
import { isCalendarDate, shanghaiInstant, startOfDay } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';

/** A period's designated items are some dozens; a longer list is another file. */
const ITEMS_MAX = 500;
const HEADERS = { 标题: 'title', 发布时间: 'publishedAt', 网址: 'url' } as const;

/**
 * Reads the list of items that every site has to reprint within 24 hours (指定转载条目): columns 标题, 发布时间 (`2020-09-17 18:00`, or
 * a day) and 网址. Throws {@link UserError} `designated.*` naming the row.
 */
export async function readDesignatedFile(path: string): Promise<DesignatedItem[]> {
  const name = basename(path);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new UserError('designated.file', `读不了指定转载条目的清单 ${path}。`, { cause });
  });
  return designatedItems(await readTable(bytes, name), name);
}

export function designatedItems(
  rows: readonly (readonly string[])[],
  file: string,
): DesignatedItem[] {
  const columns = Object.entries(HEADERS).map(([head, key]) => {
    const at = (rows[0] ?? []).findIndex((cell) => cell.trim() === head);
    if (at < 0) throw new UserError('designated.headers', `${file} 的表头里没有“${head}”。`);
    return [key, at] as const;
  });
  const filled = rows.slice(1).map((cells, index) => {
    const row = Object.fromEntries(columns.map(([key, at]) => [key, (cells[at] ?? '').trim()]));
    return { ...row, origin: `${file} 第 ${index + 2} 行` } as Record<string, string>;
  });
  const items = filled.filter(({ title, url }) => title !== '' || url !== '').map(itemOf);
  if (items.length > ITEMS_MAX)
    throw new UserError('designated.many', `${file} 超过 ${ITEMS_MAX} 条。`);
  return items;
}

function itemOf({ title = '', publishedAt = '', url = '', origin = '' }: Record<string, string>) {
  // A day alone: the doubt is the site's, so its 24 hours begin when the day ends.
  const at = isCalendarDate(publishedAt)
    ? new Date(Date.parse(startOfDay(publishedAt)) + DAY_MS - 1).toISOString()
    : shanghaiInstant(publishedAt);
  if (title === '') throw new UserError('designated.row', `${origin}没有标题。`);
  if (at === null)
    throw new UserError('designated.row', `${origin}的发布时间应写成 2020-09-17 18:00。`);
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new UserError('designated.row', `${origin}的网址不对。`);
  return { title, publishedAt: at, url };
}

const DAY_MS = 86_400_000;
