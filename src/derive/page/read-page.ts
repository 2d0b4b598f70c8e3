import type { Document } from 'domhandler';
import { DomUtils, parseDocument } from 'htmlparser2';
import type { FooterView, FoundDate } from '../../domain/site-facts.ts';
import { clientRedirect } from '../../lib/pure/challenge.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { decodePage, type PageCharset } from './decode-page.ts';
import { parseDates } from './page-dates.ts';
import { absolute, allElements, isChrome, namesOf, onclickUrl, textOf } from './page-dom.ts';
import { type PageKind, pageKind } from './page-kind.ts';
import { publishedOn } from './published-on.ts';
import { readFooter } from './read-footer.ts';
import { type PageItem, type PageList, readLists } from './read-lists.ts';
import { readTags } from './read-tags.ts';
import { declaredTotal, jsonLists, readScriptLists } from './script-lists.ts';

export interface ReadPageInput {
  readonly bytes: Uint8Array;
  readonly contentType?: string;
  /** After redirects; links are resolved against it (or the page's own base). */
  readonly url: string;
  /** Dates after this day are no updates. */
  readonly today: CalendarDate;
  /** Texts of same-site scripts by URL: a footer may be written by one. */
  readonly assets?: ReadonlyMap<string, Uint8Array>;
}

export interface PageLink {
  readonly url: string;
  readonly text: string;
}

/** One page, read. Pure: the same bytes give the same reading. */
export interface Page {
  readonly url: string;
  readonly base: string;
  readonly charset: PageCharset;
  readonly html: string;
  readonly document: Document;
  readonly title: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly links: readonly PageLink[];
  readonly lists: readonly PageList[];
  /** Items of the content lists that a visitor can get to see, in page order. */
  readonly items: readonly PageItem[];
  readonly publishedOn: FoundDate | null;
  readonly latestDate: FoundDate | null;
  readonly kind: PageKind;
  readonly needsRender: boolean;
  readonly declaredTotal: number | null;
  readonly emptyNotice: string | null;
  readonly isQuery: boolean;
  readonly frames: readonly string[];
  readonly redirect: string | null;
  readonly scripts: readonly string[];
  readonly dataUrls: readonly string[];
  readonly footer: FooterView;
  readonly text: string;
}

const LINKS_MAX = 3000;
const EMPTY_NOTICE =
  /(暂无(?:内容|数据|信息|相关|记录|文章|资料)|没有(?:相关|找到)?(?:内容|数据|信息|记录)|正在建设中|栏目建设中|建设中|信息更新中|内容更新中|敬请期待)/;
const QUERY_NOTICE = /共(?:查询|检索|搜索)(?:到|出)?\s*\d+\s*条|查询结果|检索结果/;

/** Reads one page: charset, lists with dates, kind, footer, tags, and what only a browser could show. */
export function readPage(input: ReadPageInput): Page {
  const { text: html, charset } = decodePage(input.bytes, input.contentType ?? '');
  const isJson = /json/i.test(input.contentType ?? '') || /^\s*[[{]\s*["{[]/.test(html);
  const document = parseDocument(isJson ? '' : html);
  const base = baseOf(document, input.url);
  const tags = readTags(document);
  const lists = isJson
    ? jsonLists(html, base)
    : [...readLists(document, base, input.today), ...readScriptLists(html, base, input.today)];
  const items = lists
    .filter((list) => list.role === 'content' && !list.hidden)
    .flatMap((list) => list.items);
  const text = textOf(document.children as never);
  const title = textOf(DomUtils.getElementsByTagName('title', document, true, 1) as never);
  const published = publishedOn(document, tags, input.url, input.today);
  const links = readLinks(document, base);
  const kind = pageKind({
    url: input.url,
    title,
    tags,
    items,
    links,
    text,
    document,
    published,
    listCount: lists.filter(
      (list) => list.role === 'content' && !list.hidden && list.element !== null,
    ).length,
  });
  const scripts = [...(input.assets?.values() ?? [])].map((bytes) => decodePage(bytes).text);
  const total = declaredTotal(html);
  return {
    url: input.url,
    base,
    charset,
    html,
    document,
    title,
    tags,
    links,
    lists,
    items,
    kind,
    text,
    publishedOn: published,
    latestDate:
      kind === 'article' || kind === 'guide'
        ? articleDate(published, kind)
        : latestOf([...items, ...labelledDates(document, input.today)], input.today),
    needsRender: needsRender(document, html, text, items, isJson),
    declaredTotal: total,
    emptyNotice: EMPTY_NOTICE.exec(text)?.[0] ?? null,
    isQuery: QUERY_NOTICE.test(text),
    frames: frameUrls(document, base),
    redirect: clientRedirect(html, base),
    scripts: scriptUrls(document, base),
    dataUrls: dataUrls(html, base),
    footer: readFooter(document, html, scripts),
  };
}

function articleDate(published: FoundDate | null, kind: PageKind): FoundDate | null {
  // A single page (guide) whose only date stands in its address was not dated by anybody.
  return kind === 'guide' && published?.source === 'page-url' ? null : published;
}

/** The greatest known date not after `today`; month-day ones only when nothing better is there. */
export function latestOf(items: readonly PageItem[], today: CalendarDate): FoundDate | null {
  let best: FoundDate | null = null;
  for (const { date } of items) {
    if (!date || (!date.yearUnknown && date.value > today)) continue;
    if (
      best === null ||
      (best.yearUnknown && !date.yearUnknown) ||
      (Boolean(best.yearUnknown) === Boolean(date.yearUnknown) && date.value > best.value)
    )
      best = date;
  }
  return best;
}

const LABELLED = /(?:发布|更新|转办|来信|提交|回复|答复|写信|留言)(?:时间|日期)\s*[:：]\s*$/;
const LABELLED_TEXT_MAX = 80;

/** Dates that a page prints behind a label outside its lists (转办时间 : 2019-01-04 in a box of letters). */
function labelledDates(document: Document, today: CalendarDate): PageItem[] {
  return allElements(document).flatMap((element) => {
    if (!/^(p|span|div|em|i|dd|td|small|b)$/.test(element.name)) return [];
    const text = textOf(element);
    if (text.length > LABELLED_TEXT_MAX || !LABELLED_START.test(text)) return [];
    const date = parseDates(text).find(
      (each) =>
        !each.yearUnknown && each.value <= today && LABELLED.test(text.slice(0, each.index)),
    );
    return date
      ? [{ title: '', url: null, date: { value: date.value, source: 'item' as const } }]
      : [];
  });
}

const LABELLED_START = /(时间|日期)\s*[:：]/;

function baseOf(document: Document, url: string): string {
  const declared = DomUtils.getElementsByTagName('base', document, true, 1)[0]?.attribs.href;
  return absolute(declared, url) ?? url;
}

function readLinks(document: Document, base: string): PageLink[] {
  const links: PageLink[] = [];
  for (const element of allElements(document)) {
    if (links.length >= LINKS_MAX) break;
    const url =
      element.name === 'a' || element.name === 'area'
        ? (absolute(element.attribs.href, base) ?? onclickUrl(element, base))
        : null;
    if (url !== null)
      links.push({
        url,
        text: (textOf(element) || element.attribs.title || imageAlt(element)).slice(0, 200),
      });
  }
  return links;
}

function imageAlt(element: Parameters<typeof textOf>[0] & object): string {
  const image = DomUtils.getElementsByTagName('img', element as never, true, 1)[0];
  return image?.attribs.alt ?? image?.attribs.title ?? '';
}

function frameUrls(document: Document, base: string): string[] {
  return allElements(document)
    .filter((element) => element.name === 'iframe' || element.name === 'frame')
    .flatMap((element) => absolute(element.attribs.src, base) ?? [])
    .slice(0, 20);
}

function scriptUrls(document: Document, base: string): string[] {
  const host = new URL(base).host;
  return DomUtils.getElementsByTagName('script', document)
    .flatMap((script) => absolute(script.attribs.src, base) ?? [])
    .filter((url) => new URL(url).host === host)
    .slice(0, 50);
}

/** Data files beside the page that a known publishing system fills its lists from. */
function dataUrls(html: string, base: string): string[] {
  return [...html.matchAll(/data=["']datasource:([\w-]{1,64})["']/g)]
    .flatMap((match) => absolute(`ds_${match[1]}.json`, base) ?? [])
    .slice(0, 20);
}

/** Content that exists only after scripts have run: an empty application root, or list holders filled by an interface. */
function needsRender(
  document: Document,
  html: string,
  text: string,
  items: readonly PageItem[],
  isJson: boolean,
): boolean {
  if (isJson || items.length > 0) return false;
  const emptyRoot = allElements(document).some(
    (element) =>
      element.name === 'div' &&
      /(^|\s)(app|root|__nuxt|__next|main-app)(\s|$)/.test(namesOf(element)) &&
      textOf(element) === '',
  );
  if (emptyRoot) return true;
  const asksInterface =
    /\b(axios|\$\.(ajax|get|post|getJSON)|fetch)\s*\(|XMLHttpRequest|v-for=|ng-repeat=|\{\{\s*\w/.test(
      html,
    );
  const holder = allElements(document).some(
    (element) =>
      /^(ul|ol|tbody|div)$/.test(element.name) &&
      /list|data|content/.test(namesOf(element)) &&
      !isChrome(element) &&
      textOf(element) === '',
  );
  return asksInterface && (holder || text.length < 200);
}
