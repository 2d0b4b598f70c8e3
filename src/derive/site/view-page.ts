import type { Document } from 'domhandler';
import { DomUtils, parseDocument } from 'htmlparser2';
import type { FetchedPage } from '../../domain/crawl.ts';
import type { FooterView } from '../../domain/site-facts.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { findDates } from './find-dates.ts';
import { linearText } from './linear-text.ts';
import { pageChrome } from './page-chrome.ts';
import { absoluteUrl } from './page-links.ts';
import type { ListSummary } from './page-summary.ts';
import type { PageView } from './page-view.ts';
import { readLists, scriptLists } from './view-lists.ts';

const SITE_TAG = /^(SiteName|SiteDomain|SiteIDCode|Column\w+)$/iu;
const TOTAL = /(?:totalrecord>|countnum\s*=\s*|totalCount"?\s*[:=]\s*)(\d+)/u;
const RECORD = /<record><!\[CDATA\[([\s\S]*?)\]\]><\/record>/gu;
const LIST_BOX = /list|Container/u;
const EMPTY_WORDS = /暂无(内容|信息|数据)|正在建设中|信息更新中/u;
const MOVE = /(?:window\.|document\.|self\.|top\.)?location(?:\.href)?\s*=\s*['"]([^'"]+)['"]/u;

/** STAND-IN for derive/page, to be replaced by an adapter of its reading: static lists, islands, script arrays, JSON. */
export function viewPage(page: FetchedPage, _today: CalendarDate): PageView {
  const html = decode(page);
  const isJson = /json/u.test(page.headers['content-type'] ?? '') || /^\s*[[{]/u.test(html);
  const document = parseDocument(isJson ? '' : html);
  const { url } = page;
  const scripts = isJson ? html : textOf(document, 'script');
  const lists = listsOf(document, html, scripts, url);
  const text = linearText(document, pageChrome(document))
    .map((run) => run.text)
    .join('\n');
  const any = lists.some((list) => list.items.length > 0);
  const dataUrls = [...html.matchAll(/data="datasource:(\w+)"/gu)].flatMap(
    (found) => absoluteUrl(`ds_${found[1]}.json`, url) ?? [],
  );
  const frames = framesOf(document, url);
  const published = findDates(metaOf(document, 'pubdate'))[0] ?? labelledDate(text);
  const total = TOTAL.exec(html)?.[1] ?? '0';
  return {
    url,
    document,
    lists,
    title: textOf(document, 'title').trim(),
    isArticle: !any && text.length > 150,
    publishedOn: published ? { value: published, source: 'article' } : null,
    needsRender: !any && hasAppShell(document),
    isQuery: /共查询出/u.test(text),
    emptyNotice: any ? null : (EMPTY_WORDS.exec(text)?.[0] ?? null),
    emptyList:
      dataUrls.length === 0 && frames.length === 0 && total === '0' && hasEmptyBox(document),
    frames,
    dataUrls,
    redirect: redirectOf(document, url, any || text.length >= 200 ? '' : scripts),
    footer: footerOf(document),
    scripts: [],
    tags: tagsOf(document),
    text,
  };
}

const textOf = (document: Document, tag: string): string =>
  DomUtils.getElementsByTagName(tag, document)
    .map((element) => DomUtils.textContent(element))
    .join('\n');

const metas = (document: Document) => DomUtils.getElementsByTagName('meta', document);

const metaOf = (document: Document, name: string): string =>
  metas(document).find(({ attribs }) => attribs.name?.toLowerCase() === name)?.attribs.content ??
  '';

const labelledDate = (text: string): CalendarDate | undefined =>
  findDates(/(?:发布|发表|更新)?(?:时间|日期)[：:]\s*([^\n]{8,20})/u.exec(text)?.[1] ?? '')[0];

function listsOf(
  document: Document,
  html: string,
  scripts: string,
  url: string,
): readonly ListSummary[] {
  const records = [...html.matchAll(RECORD)].map((found) => found[1]).join('');
  const island = records === '' ? [] : readLists(parseDocument(`<ul>${records}</ul>`), url);
  return [...readLists(document, url), ...island, ...scriptLists(scripts, url)];
}

const framesOf = (document: Document, url: string): readonly string[] =>
  ['iframe', 'frame']
    .flatMap((tag) => DomUtils.getElementsByTagName(tag, document))
    .flatMap((frame) => absoluteUrl(frame.attribs.src ?? '', url) ?? []);

const hasAppShell = (document: Document): boolean =>
  DomUtils.findOne(
    ({ attribs, children }) =>
      /^(app|root)$/u.test(attribs.id ?? '') &&
      children.every((child) => DomUtils.textContent(child).trim() === ''),
    document,
  ) !== null;

function hasEmptyBox(document: Document): boolean {
  const isEmpty = (text: string): boolean => text.replace(/<[\s\S]*>|[\d\s]/gu, '').trim() === '';
  return (
    DomUtils.findOne(
      (box) =>
        /^(ul|div|table)$/u.test(box.name) &&
        LIST_BOX.test(`${box.attribs.class ?? ''} ${box.attribs.id ?? ''}`) &&
        isEmpty(DomUtils.textContent(box)),
      document,
    ) !== null
  );
}

function redirectOf(document: Document, url: string, scripts: string): string | null {
  const refresh =
    metas(document).find(({ attribs }) => /refresh/iu.test(attribs['http-equiv'] ?? ''))?.attribs
      .content ?? '';
  const target = /url\s*=\s*['"]?([^'"]+)/iu.exec(refresh)?.[1] ?? MOVE.exec(scripts)?.[1];
  return target === undefined ? null : absoluteUrl(target, url);
}

function footerOf(document: Document): FooterView {
  const siteCode =
    /网站标识码[：:\s]*(\d{10}|bm\d{8})/u.exec(DomUtils.textContent(document))?.[1] ?? null;
  return {
    siteCode,
    icp: null,
    policeRecord: null,
    partyGovMark: false,
    findError: false,
    byScript: true,
  };
}

function tagsOf(document: Document): Readonly<Record<string, string>> {
  const own = metas(document).filter(({ attribs }) => SITE_TAG.test(attribs.name ?? ''));
  return Object.fromEntries(
    own.map(({ attribs }) => [attribs.name!.toLowerCase(), attribs.content ?? '']),
  );
}

function decode(page: FetchedPage): string {
  const utf8 = new TextDecoder('utf-8').decode(page.body);
  const bad = utf8.match(/\ufffd/gu)?.length ?? 0;
  return bad > 3 ? new TextDecoder('gb18030').decode(page.body) : utf8;
}
