import type {
  NewestItem,
  SectionContent,
  SectionKind,
  SectionView,
} from '../../domain/site-facts.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import { KNOWN_NAME } from './classify-name.ts';
import {
  dateItems,
  informationOf,
  listsWithParts,
  newestFirst,
  partsMissing,
} from './newest-items.ts';
import { pageKey } from './page-links.ts';
import type { ItemSummary, ListSummary, PageSummary } from './page-summary.ts';
import type { MessageReading } from './read-board.ts';
import { isUnder, type SectionNode, type SiteState } from './site-state.ts';

/** A list on this many section pages with the same first items is a widget of the site, not the section's list. */
const WIDGET_PAGES = 3;
const WIDGET_SIGNATURE_ITEMS = 3;
/** A page with this much text of its own is a single page even if it is no article by its mark-up. */
const SINGLE_TEXT = 80;
/** With this much in whole sentences a page has content, whatever else it says. */
const PROSE = 200;

interface Contents {
  readonly content: SectionContent;
  readonly reason?: string;
  readonly kind?: SectionKind;
  readonly itemCount: number;
  readonly newest: NewestItem | null;
  readonly undated: boolean;
}

const NOTHING = { itemCount: 0, newest: null, undated: false } as const;

/** Every section as a fact, in the order met. */
export function deriveSections(state: SiteState): readonly SectionView[] {
  const widgets = findWidgets(state);
  const seen = new Set<string>();
  return [...state.sections.values()]
    .map((node) => viewSection(state, node, widgets))
    .filter((section) => {
      // One list under two addresses (menu and `更多`) is one section.
      const same =
        section.newest === null
          ? section.url
          : `${section.name} ${section.newest.url} ${section.itemCount}`;
      return seen.has(same) ? false : seen.add(same) !== undefined;
    });
}

function viewSection(
  state: SiteState,
  node: SectionNode,
  widgets: ReadonlySet<string>,
): SectionView {
  const page = state.page(node.key);
  const contents = contentsOf(state, node, page, widgets);
  const kind = contents.kind ?? node.kind;
  return {
    name: node.name || cutText(page?.title ?? '', 30) || '（无名称）',
    url: node.url,
    level: node.level,
    parent: node.parentKey === null ? null : (state.sections.get(node.parentKey)?.url ?? null),
    kind,
    confidence: node.confidence,
    content: contents.content,
    ...(contents.reason === undefined ? {} : { reason: contents.reason }),
    ...(page?.status === 404 || page?.status === 410 ? { gone: true as const } : {}),
    itemCount: contents.itemCount,
    newest: contents.newest,
    undated: contents.undated,
    snapshot: page?.snapshot ?? null,
    ...(page?.rendered ? { rendered: true as const } : {}),
  };
}

const unseen = (reason: string): Contents => ({ content: 'unobserved', reason, ...NOTHING });

function contentsOf(
  state: SiteState,
  node: SectionNode,
  page: PageSummary | undefined,
  widgets: ReadonlySet<string>,
): Contents {
  if (node.scope === 'external')
    return { ...unseen('站外链接，不在本站检查范围'), kind: 'external' };
  if (!page)
    return unseen(
      state.asked.has(node.key)
        ? '未能读取（超出本次读取预算）'
        : '未读取（栏目数或层级超出读取上限）',
    );
  if (page.outcome !== 'ok')
    return unseen(page.reason || `栏目未能打开${page.status === null ? '' : `（${page.status}）`}`);
  if (state.scope(page.url) === 'external') return { ...unseen('跳转到站外'), kind: 'external' };
  const target = pageKey(page.url);
  if (target !== node.key && state.sections.has(target))
    return { content: 'single', kind: 'channel', ...NOTHING };
  if (state.isHome(page.url)) return { content: 'single', kind: 'page', ...NOTHING };
  return readContents(state, node, page, widgets);
}

function readContents(
  state: SiteState,
  node: SectionNode,
  page: PageSummary,
  widgets: ReadonlySet<string>,
): Contents {
  const lists = ownLists(node, page, listsWithParts(state, page), widgets);
  const items = informationOf(state, lists);
  const children = [...state.sections.values()].filter(
    (child) => child.parentKey === node.key && child.scope !== 'external',
  );
  if (page.isArticle && node.confidence < KNOWN_NAME)
    return { content: 'single', kind: 'page', ...NOTHING };
  if (node.kind === 'interaction' && boardOf(state, page).length > 0) {
    return boardContents(state, page);
  }
  if (isChannel(state, node, items, children)) return listed(state, node, page, items, 'channel');
  if (items.length > 0) return listed(state, node, page, items);
  if (boardOf(state, page).length > 0) return boardContents(state, page);
  if (page.isQuery) return { content: 'query', ...NOTHING };
  const missing = partsMissing(state, page);
  if (missing !== null) return unseen(missing);
  const isListless = page.emptyNotice === null && !page.isArticle && isListKind(node.kind);
  if (page.rendered !== null && isListless) return unseen(withoutList(page.rendered));
  if (page.needsRender && page.rendered === null)
    return { content: 'script', reason: '列表由脚本写入，需渲染后才能查看', ...NOTHING };
  return withoutItems(node, page, children);
}

/** A list that did not come although its scripts ran is not proved empty: an interface may have kept it from us. */
const withoutList = (rendered: 'whole' | 'partly'): string =>
  rendered === 'whole' ? '渲染后仍没有看到列表' : '渲染时有内容没有取到，没有看到列表';

const boardOf = (state: SiteState, page: PageSummary): readonly MessageReading[] => [
  ...page.board,
  ...page.parts.flatMap((key) => state.page(key)?.board ?? []),
];

/** A message board is as new as its last question or answer. */
function boardContents(state: SiteState, page: PageSummary): Contents {
  const rows = boardOf(state, page);
  const items = rows.flatMap(({ title, url, askedOn, repliedOn }) =>
    [askedOn, repliedOn].flatMap((value) =>
      value === null ? [] : [{ title, url, date: { value, source: 'item' as const } }],
    ),
  );
  const newest = newestFirst(dateItems(state, items), page.snapshot, page.url)[0] ?? null;
  return {
    content: 'listed',
    kind: 'interaction',
    itemCount: rows.length,
    newest,
    undated: newest === null,
  };
}

/** A page on which no item was seen: blank only by evidence, never by absence alone. */
function withoutItems(
  node: SectionNode,
  page: PageSummary,
  children: readonly SectionNode[],
): Contents {
  if (page.forms.canWrite || page.forms.asksLogin) return { content: 'single', ...NOTHING };
  // 暂无数据 somewhere in a page of whole sentences is said of a detail, not of the section.
  if (page.emptyNotice !== null && page.proseLength < PROSE)
    return { content: 'blank', reason: cutText(page.emptyNotice, 60), ...NOTHING };
  if (children.length > 0 && node.kind !== 'page')
    return { content: 'single', kind: 'channel', ...NOTHING };
  if (page.emptyList && !page.isArticle)
    return { content: 'blank', reason: '列表区没有任何条目', ...NOTHING };
  if (
    page.isArticle ||
    isGuide(page) ||
    page.textLength >= SINGLE_TEXT ||
    node.confidence < KNOWN_NAME ||
    !isListKind(node.kind)
  ) {
    return {
      content: 'single',
      ...(isListKind(node.kind) ? { kind: 'page' as const } : {}),
      ...NOTHING,
    };
  }
  return unseen('页面没有列表，也没有内容为空的说明');
}

/** One service item, named like a list of permits (施工许可证核发): its labels tell. */
const GUIDE_LABELS_MIN = 2;
const isGuide = (page: PageSummary): boolean =>
  page.guides.some(({ labels }) => labels >= GUIDE_LABELS_MIN);

const isListKind = (kind: SectionKind): boolean =>
  !/^(page|channel|external|service|interaction)$/u.test(kind);

function listed(
  state: SiteState,
  node: SectionNode,
  page: PageSummary,
  items: readonly ItemSummary[],
  kind?: SectionKind,
): Contents {
  const dated = dateItems(state, items);
  const newest = newestFirst(dated, page.snapshot, page.url);
  if (items.length === 0) return { content: 'single', ...(kind ? { kind } : {}), ...NOTHING };
  const unread = dated.some(
    ({ item, date, pageRead }) => date === null && !pageRead && mayAsk(state, item),
  );
  if (newest.length === 0 && unread && kind === undefined && isListKind(node.kind)) {
    return { ...unseen('列表未写日期，文章页未能读取'), itemCount: items.length };
  }
  return {
    content: 'listed',
    ...(kind ? { kind } : {}),
    itemCount: items.length,
    newest: newest[0] ?? null,
    undated: newest.length === 0,
  };
}

/** An item on this site that was asked for and never answered: its date is unknown, not missing. */
function mayAsk(state: SiteState, item: ItemSummary): boolean {
  if (item.url === null || state.scope(item.url) === 'external') return false;
  const key = pageKey(item.url);
  return state.asked.has(key) && state.page(key)?.outcome !== 'ok';
}

/** A page that only gathers its sub-sections: they are judged, not it. */
function isChannel(
  state: SiteState,
  node: SectionNode,
  items: readonly ItemSummary[],
  children: readonly SectionNode[],
): boolean {
  if (children.length < 2 || node.kind === 'interaction' || node.kind === 'service') return false;
  const gathers =
    /^(disclosure|list|page|channel)$/u.test(node.kind) || /中心|资讯|信息|公开/u.test(node.name);
  const plain = items.filter((item) => item.url !== null);
  const borrowed = plain.filter((item) =>
    children.some((child) => isChildItem(state, child, item)),
  );
  if (plain.length > 0 && borrowed.length >= plain.length * 0.6) return true;
  return gathers;
}

function isChildItem(state: SiteState, child: SectionNode, item: ItemSummary): boolean {
  if (isUnder(item.url!, child.url)) return true;
  const page = state.page(child.key);
  return page?.lists.some((list) => list.items.some((own) => own.url === item.url)) ?? false;
}

const signatureOf = (list: ListSummary): string =>
  list.items
    .slice(0, WIDGET_SIGNATURE_ITEMS)
    .map((item) => item.url ?? item.title)
    .join(' ');

export function findWidgets(state: SiteState): ReadonlySet<string> {
  const pagesOf = new Map<string, Set<string>>();
  for (const node of state.sections.values()) {
    for (const list of state.page(node.key)?.lists ?? []) {
      const signature = signatureOf(list);
      pagesOf.set(signature, (pagesOf.get(signature) ?? new Set()).add(node.key));
    }
  }
  return new Set(
    [...pagesOf].filter(([, pages]) => pages.size >= WIDGET_PAGES).map(([signature]) => signature),
  );
}

/** The section's own lists: without what stands beside, unless nothing else is there and nothing says it is empty. */
export function ownLists(
  node: SectionNode,
  page: PageSummary,
  lists: readonly ListSummary[],
  widgets: ReadonlySet<string>,
): readonly ListSummary[] {
  const isBeside = (list: ListSummary): boolean => {
    const own = list.items.filter(
      (item) => item.url !== null && isUnder(item.url, node.url),
    ).length;
    return own * 2 < list.items.length && (list.aside || widgets.has(signatureOf(list)));
  };
  const main = lists.filter((list) => !isBeside(list));
  if (main.some((list) => list.items.length > 0)) return main;
  return page.emptyNotice !== null || page.emptyList || page.isArticle ? [] : lists;
}
