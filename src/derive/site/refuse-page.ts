import type { FetchedPage } from '../../domain/crawl.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import { pageSays } from '../links/page-says.ts';
import { readSight } from '../links/read-sight.ts';
import type { PageView } from './page-view.ts';

/** Share of replacement characters beyond which a text says nothing. */
const GARBLED_SHARE = 0.02;

export function isGarbled(view: PageView): boolean {
  const garbled = view.text.match(/\ufffd/gu)?.length ?? 0;
  return garbled > 5 && garbled > view.text.length * GARBLED_SHARE;
}

const NOT_FOUND =
  /(^|\D)404(\D|$)|not found|页面?(不存在|未找到|已删除|丢失)|找不到(该|您|页面|文件|网页)|已被删除|不存在的页面|无法找到/iu;

/** An error page that came with status 200. */
export function saysNotFound(view: PageView): boolean {
  const text = view.text.replace(/\s+/gu, '');
  return text.length < 200 && view.lists.length === 0 && NOT_FOUND.test(`${view.title} ${text}`);
}

/**
 * A home page that only says why there is none (maintenance, a program's error, closed, refused): what the site has was not seen. Null
 * when it shows something of its own, or leads on.
 */
export function refusedHome(page: FetchedPage, view: PageView): FetchedPage | null {
  const leads = view.redirect !== null || view.frames.length > 0;
  if (leads || view.lists.some(({ items }) => items.length > 0)) return null;
  const contentType = page.headers['content-type'] ?? '';
  const shown = readSight({ contentType, body: page.body });
  const said = shown === null ? null : pageSays(shown);
  if (said === null) return null;
  const reason = `首页没有内容，只说“${cutText(said.words, 60)}”`;
  return { ...page, outcome: 'refused', reason };
}

/** Text that this reader can look at; the crawler drops the bytes of documents and pictures. */
const READABLE = /text\/|html|xml|json|javascript|^$/iu;

/** A document, a picture or an empty answer: something came, but no page that could be read. */
export function notAPage(page: FetchedPage): FetchedPage | null {
  const type = page.headers['content-type'] ?? '';
  if (!READABLE.test(type))
    return { ...page, outcome: 'refused', reason: `不是网页（${cutText(type, 60)}）` };
  return page.body.byteLength === 0
    ? { ...page, outcome: 'failed', reason: '返回的页面是空的' }
    : null;
}
