import type { Document } from 'domhandler';
import type { FoundDate } from '../../domain/site-facts.ts';
import { allElements, isChrome, textOf } from './page-dom.ts';
import type { PageItem } from './read-lists.ts';

export type PageKind =
  | 'home'
  | 'column'
  | 'article'
  | 'guide'
  | 'board'
  | 'search'
  | 'jump'
  | 'unknown';

export interface KindSigns {
  readonly url: string;
  readonly title: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly items: readonly PageItem[];
  /** Content lists that stand apart from each other. */
  readonly listCount: number;
  readonly links: readonly { readonly text: string }[];
  readonly text: string;
  readonly document: Document;
  readonly published: FoundDate | null;
}

const ARTICLE_PATH =
  /\/(t\d{8}_\d+|content_\d+|post_\d+|art_\d+|[0-9a-f]{32}|\d{4,}|info\/\d+\/\d+|article[_-]?\d*)\.(s?html?|jhtml|aspx|jsp|htm)$|\/art\/\d{4}\/\d{1,2}\/\d{1,2}\/|\/info\/\d+\/\d+\.htm/i;
/** Text of one block without links, by which an article is told from a list. */
const BODY_MIN = 120;

/** Which kind of page this is. Declared tags first, then the address, then what stands on it. */
export function pageKind(signs: KindSigns): PageKind {
  const { tags, items, url } = signs;
  const path = pathOf(url);
  if (isRootPath(path) || /首页/.test(tags.columntype ?? '')) return 'home';
  const titled = `${signs.title} ${tags.columnname ?? ''} ${tags.articletitle ?? ''}`;
  if (/公开指南|信息公开指南|办事指南/.test(titled) && items.filter((item) => item.date).length < 3)
    return 'guide';
  if (tags.articletitle || (tags.pubdate && items.length < 5)) return 'article';
  const dated = items.filter((item) => item.date !== null).length;
  const body = longestBody(signs.document);
  if (ARTICLE_PATH.test(path) && (body >= BODY_MIN || dated === 0)) return 'article';
  if (/index\.(s?html?|jsp|aspx?|php)$/.test(path) && looksHome(signs, dated)) return 'home';
  if (looksHome(signs, dated) && !tags.columnname && signs.listCount >= HOME_LISTS_MIN)
    return 'home';
  if (dated >= 2 && dated * 2 >= items.length && body < 400) return boardOr(signs, 'column');
  if (body >= BODY_MIN && dated < 3) return signs.published ? 'article' : 'guide';
  if (looksHome(signs, dated) && !tags.columnname) return 'home';
  if (items.length > 0) return boardOr(signs, 'column');
  return signs.published ? 'article' : 'unknown';
}

function boardOr(signs: KindSigns, otherwise: PageKind): PageKind {
  return /(留言|来信|信箱|问政)/.test(signs.title) && /(回复|答复|已办结|处理中)/.test(signs.text)
    ? 'board'
    : otherwise;
}

/** A column has its one list, perhaps a side bar; so many lists make an entry page. */
const HOME_LISTS_MIN = 4;

/** Several blocks of lists under headings with 更多 links, and a menu: an entry page. */
function looksHome(signs: KindSigns, dated: number): boolean {
  const more = signs.links.filter((link) =>
    /^(更多|more|\+|>>|更多>>?|更多＞?＞?|\[?更多.{0,3})$/i.test(
      link.text.replace(/[\s>»＞+]+$/g, ''),
    ),
  ).length;
  if (signs.listCount >= HOME_LISTS_MIN && dated >= HOME_LISTS_MIN) return true;
  return (
    (more >= 2 && dated >= 1) ||
    (more >= 1 &&
      /门户|首页|人民政府$|信息公开(平台|专栏|网)?$/.test(signs.title) &&
      signs.links.length > 20)
  );
}

function longestBody(document: Document): number {
  let longest = 0;
  for (const element of allElements(document)) {
    if (!/^(div|td|article|section)$/.test(element.name) || isChrome(element)) continue;
    const own = element.children.filter(
      (child) =>
        child.type === 'text' ||
        ('name' in child && /^(p|span|font|b|strong|br|h\d|table)$/.test(child.name)),
    );
    const text = own.map((child) => textOf(child as never)).join('');
    const linked = own.reduce(
      (sum, child) => sum + ('children' in child ? linkText(child as never) : 0),
      0,
    );
    longest = Math.max(longest, text.length - linked * 2);
  }
  return longest;
}

function linkText(node: Parameters<typeof textOf>[0] & { children: unknown[] }): number {
  let sum = 0;
  for (const child of node.children as { type: string; name?: string; children?: unknown[] }[]) {
    if (child.name === 'a') sum += textOf(child as never).length;
    else if (child.children) sum += linkText(child as never);
  }
  return sum;
}

function isRootPath(path: string): boolean {
  return path === '/' || /^\/(index|default|main)\.(s?html?|jsp|aspx?|php)$/i.test(path);
}

function pathOf(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return '/';
  }
}
