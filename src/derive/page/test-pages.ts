import { readPage } from './read-page.ts';

export const TODAY = '2020-10-15';
export const PAGE_URL = 'http://www.example.gov.cn/xxgk/tzgg/index.html';

/** Reads markup as the page of a column (or what `url` says) on 2020-10-15. */
export function read(
  html: string,
  about: { url?: string; today?: string; contentType?: string } = {},
) {
  const { url = PAGE_URL, today = TODAY, contentType } = about;
  const bytes = new TextEncoder().encode(html);
  return readPage({ bytes, url, today, ...(contentType === undefined ? {} : { contentType }) });
}

/** `title@date` of every visible content item, `?` for none. */
export function itemsOf(html: string, about?: Parameters<typeof read>[1]): string[] {
  return read(html, about).items.map((item) => `${item.title}@${item.date?.value ?? '?'}`);
}

export const A = '关于召开重点工作座谈会的通知';
export const B = '某市2020年上半年财政预算执行情况公告';
