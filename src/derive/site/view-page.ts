import type { AnyNode, Document, Element } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import type { FetchedPage } from '../../domain/crawl.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { PageList } from '../page/read-lists.ts';
import { type Page, readPage } from '../page/read-page.ts';
import { linearText } from './linear-text.ts';
import { pageChrome } from './page-chrome.ts';
import type { ListSummary } from './page-summary.ts';
import type { PageView } from './page-view.ts';

/** Boxes in which a list stands when it is the page's own: their names in many publishing systems. */
const LIST_BOX = /list|container/iu;
/** The XML island of a publishing system says that there is nothing: its further pages need not be asked (page-patterns §4.1). */
const NO_RECORDS = /<totalrecord>\s{0,5}0\s{0,5}<\/totalrecord>/iu;
/** Heads of a table that lists documents: without rows below them the table is empty. */
const COLUMN_HEADS =
  /序号|信息标题|标题|文件名称|名称|发布(日期|时间|机构)|索引号|文号|(成文|生成|发文)日期|发文机关|日期/gu;
/** A page's own text from which it is an article and not an empty list. */
const ARTICLE_TEXT_MIN = 150;

/** The reading of one page as the reader of a site needs it. */
export function viewPage(page: FetchedPage, today: CalendarDate): PageView {
  const read = readPage({
    bytes: page.body,
    contentType: page.headers['content-type'] ?? '',
    url: page.url,
    today,
  });
  const lists = read.lists.filter((list) => list.role === 'content' && !list.hidden).map(summaryOf);
  const any = lists.some((list) => list.items.length > 0);
  const noRecords = !any && NO_RECORDS.test(read.html);
  const runs = linearText(read.document, pageChrome(read.document));
  const text = runs.map((run) => run.text).join('\n');
  return {
    url: read.url,
    charset: read.charset,
    document: read.document,
    title: read.title,
    lists,
    isArticle: !any && text.length > ARTICLE_TEXT_MIN,
    publishedOn: read.publishedOn,
    needsRender: !any && !noRecords && read.needsRender,
    isQuery: read.isQuery,
    emptyNotice: any ? null : read.emptyNotice,
    emptyList: noRecords || hasEmptyList(read),
    frames: read.frames,
    dataUrls: noRecords ? [] : read.dataUrls,
    redirect: read.redirect,
    footer: read.footer,
    scripts: read.scripts,
    tags: read.tags,
    runs,
    text,
  };
}

function summaryOf(list: PageList): ListSummary {
  return {
    items: list.items,
    hidden: list.hidden,
    aside: list.element !== null && standsBeside(list.element),
    itemCount: list.items.length,
  };
}

/** A static list container without items, and no sign that a script, a frame or a data file fills it. */
function hasEmptyList(read: Page): boolean {
  if (
    read.dataUrls.length > 0 ||
    read.frames.length > 0 ||
    (read.declaredTotal ?? 0) > 0 ||
    read.needsRender
  )
    return false;
  return hasEmptyBox(read.document);
}

function hasEmptyBox(document: Document): boolean {
  const isEmpty = (text: string): boolean =>
    text
      .replace(/<[\s\S]*>|[\d\s]/gu, '')
      .replace(COLUMN_HEADS, '')
      .trim() === '';
  return (
    DomUtils.findOne(
      (box) =>
        /^(ul|ol|div|table)$/u.test(box.name) &&
        LIST_BOX.test(`${box.attribs.class ?? ''} ${box.attribs.id ?? ''}`) &&
        isEmpty(DomUtils.textContent(box)),
      document,
    ) !== null
  );
}

const BESIDE =
  /(^|[-_\s])(side\w*|aside|hot\w*|rank\w*|tuijian|paihang|related|xgyd)([-_\s\d]|$)/iu;

function standsBeside(element: Element): boolean {
  for (let up: AnyNode | null = element; up; up = up.parent as AnyNode | null) {
    if (up.type !== 'tag') continue;
    const { name, attribs } = up as Element;
    if (name === 'aside' || BESIDE.test(`${attribs.class ?? ''} ${attribs.id ?? ''}`)) return true;
  }
  return false;
}
