import type { Document, Element } from 'domhandler';
import { DomUtils, parseDocument } from 'htmlparser2';
import type { FetchedPage } from '../../domain/crawl.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { findDates } from './find-dates.ts';
import { absoluteUrl } from './page-links.ts';
import type { ListSummary } from './page-summary.ts';
import type { PageView } from './page-view.ts';

/** INTERIM until derive/page is published: enough to build the site reader on. */
export function viewPage(page: FetchedPage, _today: CalendarDate): PageView {
  const html = new TextDecoder(
    /gbk|gb2312/i.test(page.headers['content-type'] ?? '') ? 'gb18030' : 'utf-8',
  ).decode(page.body);
  const document = parseDocument(html);
  const lists = readLists(document, page.url);
  const text = DomUtils.textContent(DomUtils.getElementsByTagName('body', document));
  const published = /发布(?:时间|日期)[：:]\s*(20\d\d-\d\d-\d\d)/u.exec(text)?.[1];
  const empty = DomUtils.findOne(
    (e) =>
      /^(ul|div)$/.test(e.name) &&
      /list/.test(e.attribs.class ?? '') &&
      DomUtils.textContent(e).trim() === '',
    document,
  );
  const metas = DomUtils.getElementsByTagName('meta', document);
  const refresh = metas
    .find((m) => /refresh/i.test(m.attribs['http-equiv'] ?? ''))
    ?.attribs.content?.split('url=')[1];
  return {
    url: page.url,
    document,
    title: DomUtils.textContent(DomUtils.getElementsByTagName('title', document)).trim(),
    lists,
    isArticle: lists.length === 0 && text.length > 100,
    publishedOn: published ? { value: published, source: 'article' } : null,
    needsRender:
      DomUtils.findOne((e) => e.attribs.id === 'app' && e.children.length === 0, document) !== null,
    isQuery: /共查询出/.test(text),
    emptyNotice: /(暂无内容|暂无信息|建设中)/.exec(text)?.[0] ?? null,
    emptyList: empty !== null,
    frames: [
      ...DomUtils.getElementsByTagName('iframe', document),
      ...DomUtils.getElementsByTagName('frame', document),
    ].flatMap((f) => absoluteUrl(f.attribs.src ?? '', page.url) ?? []),
    dataUrls: [],
    redirect: refresh ? absoluteUrl(refresh, page.url) : null,
    footer: {
      siteCode: null,
      icp: null,
      policeRecord: null,
      partyGovMark: false,
      findError: false,
      byScript: false,
    },
    scripts: [],
    tags: Object.fromEntries(
      metas
        .filter((m) => /^(SiteName|SiteIDCode)$/i.test(m.attribs.name ?? ''))
        .map((m) => [m.attribs.name!.toLowerCase(), m.attribs.content ?? '']),
    ),
    text,
  };
}

function readLists(document: Document, url: string): ListSummary[] {
  const byParent = new Map<Element, Element[]>();
  for (const row of DomUtils.findAll((e) => e.name === 'li' || e.name === 'tr', document)) {
    const links = DomUtils.getElementsByTagName('a', row);
    if (links.length !== 1 || DomUtils.textContent(links[0]!).trim().length < 8) continue;
    const parent = row.parent as Element;
    byParent.set(parent, [...(byParent.get(parent) ?? []), row]);
  }
  return [...byParent.values()].map((rows) => ({
    hidden: false,
    aside: false,
    itemCount: rows.length,
    items: rows.map((row) => {
      const link = DomUtils.getElementsByTagName('a', row)[0]!;
      const rest = DomUtils.textContent(row).replace(DomUtils.textContent(link), '');
      const date = findDates(rest)[0];
      return {
        title: DomUtils.textContent(link).trim(),
        url: absoluteUrl(link.attribs.href ?? '', url),
        date: date ? { value: date, source: 'item' as const } : null,
      };
    }),
  }));
}
