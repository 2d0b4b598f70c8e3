import type { CrawlRequest, FetchedPage, SiteReader } from '../../domain/crawl.ts';
import type { Fact } from '../../domain/fact.ts';
import type { SiteFactMap } from '../../domain/site-facts.ts';
import { isConsultName } from './classify-name.ts';
import { boardOwners } from './derive-channels.ts';
import { deriveFacts } from './derive-facts.ts';
import {
  findChildSections,
  findHomeSections,
  readBreadcrumb,
  type SectionSeed,
} from './find-sections.ts';
import { PRIORITY } from './limits.ts';
import { isArticleUrl, type PageLink, pageKey, pageLinks } from './page-links.ts';
import type { PageSummary } from './page-summary.ts';
import type { PageView } from './page-view.ts';
import {
  askArticles,
  askChannels,
  askGuides,
  askMaintenance,
  askMessages,
  askSection,
  type Read,
} from './plan-requests.ts';
import { type SectionNode, type SiteReaderOptions, SiteState } from './site-state.ts';
import { failedSummary, summarisePage, type Wanted } from './summarise-page.ts';
import { viewPage } from './view-page.ts';

export type SiteFacts = {
  readonly [K in
    | 'home'
    | 'sections'
    | 'channels'
    | 'services'
    | 'footer'
    | 'tags'
    | 'maintenance']: Fact<SiteFactMap[`site.${K}`]>;
};

/** A site reader that can be asked for the facts of what it has read so far. */
export interface FactReader extends SiteReader {
  facts(): SiteFacts;
}

/**
 * Makes the reader of one site: pure and incremental; it keeps a summary of each page and drops its DOM. `facts()` may be
 * called at any time: what was not read is `unobserved`. Dates in Asia/Shanghai; nothing after `today` counts.
 */
export function createSiteReader(options: SiteReaderOptions): FactReader {
  const state = new SiteState(options);
  return {
    start: () =>
      state.ask(options.homeUrl, 'home', {
        name: '首页',
        ownerUrl: null,
        level: 0,
        priority: PRIORITY.home,
      }),
    read: (page) => readPageOf(state, page),
    facts: () => deriveFacts(state),
  };
}

function readPageOf(state: SiteState, page: FetchedPage): readonly CrawlRequest[] {
  const key = pageKey(page.request.url);
  const failure = page.outcome === 'ok' ? notAPage(page) : page;
  if (failure) {
    state.keep(key, failedSummary(failure));
    return [];
  }
  const view = viewPage(page, state.today);
  if (isGarbled(view)) {
    state.keep(key, failedSummary({ ...page, outcome: 'failed', reason: '页面编码无法识别' }));
    return [];
  }
  if (page.request.role === 'home') return readHome(state, page, view, key);
  if (saysNotFound(view)) {
    state.keep(
      key,
      failedSummary({ ...page, outcome: 'http-error', reason: '页面提示不存在或已删除' }),
    );
    return [];
  }
  const owner = page.request.ownerUrl === null ? null : pageKey(page.request.ownerUrl);
  const isPart = page.request.role === 'frame' || page.request.role === 'data';
  if (isPart && owner !== null && (owner === state.homeKey || state.homeParts.includes(owner)))
    return readHomePart(state, page, view, key);
  return readInner(state, page, view, key);
}

/** Share of replacement characters beyond which a text says nothing. */
const GARBLED_SHARE = 0.02;

function isGarbled(view: PageView): boolean {
  const garbled = view.text.match(/\ufffd/gu)?.length ?? 0;
  return garbled > 5 && garbled > view.text.length * GARBLED_SHARE;
}

const NOT_FOUND =
  /(^|\D)404(\D|$)|not found|页面?(不存在|未找到|已删除|丢失)|找不到(该|您|页面|文件|网页)|已被删除|不存在的页面|无法找到/iu;

/** An error page that came with status 200. */
function saysNotFound(view: PageView): boolean {
  const text = view.text.replace(/\s+/gu, '');
  return text.length < 200 && view.lists.length === 0 && NOT_FOUND.test(`${view.title} ${text}`);
}

/** Text that this reader can look at; the crawler drops the bytes of documents and pictures. */
const READABLE = /text\/|html|xml|json|javascript|^$/iu;

/** A document, a picture or an empty answer: something came, but no page that could be read. */
function notAPage(page: FetchedPage): FetchedPage | null {
  const type = page.headers['content-type'] ?? '';
  if (!READABLE.test(type))
    return { ...page, outcome: 'refused', reason: `不是网页（${type.slice(0, 60)}）` };
  return page.body.byteLength === 0
    ? { ...page, outcome: 'failed', reason: '返回的页面是空的' }
    : null;
}

/** The home page, or an entry page, frame set or redirect in front of it. */
function readHome(
  state: SiteState,
  page: FetchedPage,
  view: PageView,
  key: string,
): readonly CrawlRequest[] {
  const links = pageLinks(view.document, view.url);
  state.homeKey = key;
  if (!state.homeUrls.includes(view.url)) state.homeUrls.push(view.url);
  const next = nextHome(state, view, links);
  const { summary, requests } = keepPage(state, page, view, {
    key,
    links,
    wanted: { ...PLAIN, forms: true },
  });
  if (next !== null) return [...requests, ...next];
  return [...requests, ...expandHome(state, view, links, summary)];
}

/** Follows an entry page to the real home page: its own redirect, or the only way in. */
function nextHome(
  state: SiteState,
  view: PageView,
  links: readonly PageLink[],
): readonly CrawlRequest[] | null {
  if (state.homeHops >= state.limits.homeHops || view.frames.length > 0) return null;
  const target = view.redirect ?? wayIn(state, view, links);
  if (target === null) return null;
  state.homeHops += 1;
  const requests = state.ask(target, 'home', {
    name: '首页',
    ownerUrl: null,
    level: 0,
    priority: PRIORITY.home,
  });
  return requests.length > 0 ? requests : null;
}

/** An entry page holds nothing but a link or two into the site (进入网站). */
function wayIn(state: SiteState, view: PageView, links: readonly PageLink[]): string | null {
  if (view.lists.some((list) => list.items.length > 0)) return null;
  const own = links.filter(
    ({ url }) => url !== null && state.scope(url) === 'same' && !state.asked.has(pageKey(url)),
  );
  if (own.length === 0 || own.length > 4) return null;
  const named = own.find(({ name }) =>
    /进入|首页|主页|中文|简体|主站|enter|index|home/iu.test(name),
  );
  return (named ?? (own.length === 1 ? own[0]! : null))?.url ?? null;
}

function readHomePart(
  state: SiteState,
  page: FetchedPage,
  view: PageView,
  key: string,
): readonly CrawlRequest[] {
  const links = pageLinks(view.document, view.url);
  const { summary, requests } = keepPage(state, page, view, {
    key,
    links,
    wanted: { ...PLAIN, forms: true },
  });
  state.homeParts.push(key);
  return [...requests, ...expandHome(state, view, links, summary)];
}

function expandHome(
  state: SiteState,
  view: PageView,
  links: readonly PageLink[],
  summary: PageSummary,
): readonly CrawlRequest[] {
  const seeds = findHomeSections(view.document, links, {
    pageUrl: view.url,
    homeUrls: state.homeUrls,
    isHome: (url) => state.isHome(url),
  });
  // Heads of menus first, so that what hangs under them finds its parent.
  const ordered = [...seeds].sort(
    (one, other) => Number(other.inMenu) - Number(one.inMenu) || one.depth - other.depth,
  );
  const nodes = ordered.flatMap((seed) => state.addSection(seed, null) ?? []);
  const about = {
    ownerKey: state.homeKey,
    ownerUrl: view.url,
    limit: state.limits.homeArticles,
    priority: PRIORITY.homeArticle,
    level: 1,
  };
  return [
    ...nodes.flatMap((node) => askSection(state, node)),
    ...askChannels(state, { links, summary }, 0),
    ...askArticles(state, summary.lists, about),
    ...askMaintenance(state, summary),
    ...askFooterScripts(state, view),
  ];
}

function askFooterScripts(state: SiteState, view: PageView): readonly CrawlRequest[] {
  if (!view.footer.byScript) return [];
  const about = { name: '页脚脚本', ownerUrl: view.url, level: 0, priority: PRIORITY.footerScript };
  return view.scripts
    .slice(0, state.limits.footerScripts)
    .flatMap((url) => state.ask(url, 'script', about));
}

const PLAIN: Wanted = { board: false, guides: false, message: false, forms: false };

function wantedFor(state: SiteState, page: FetchedPage, owner: SectionNode | undefined): Wanted {
  const { role, name } = page.request;
  if (role === 'article') return PLAIN;
  if (role === 'guide') return { ...PLAIN, guides: true };
  if (role === 'message') return { ...PLAIN, message: true };
  const talks =
    role === 'channel' ||
    role === 'board' ||
    owner?.kind === 'interaction' ||
    isConsultName(name) ||
    state.channels.has(owner?.key ?? '');
  return { board: talks, guides: owner?.kind === 'service', message: false, forms: true };
}

/** Every page that is not the home page. */
function readInner(
  state: SiteState,
  page: FetchedPage,
  view: PageView,
  key: string,
): readonly CrawlRequest[] {
  const { role } = page.request;
  const ownerKey = page.request.ownerUrl === null ? key : pageKey(page.request.ownerUrl);
  const node = state.sections.get(ownerKey);
  const single = role === 'article' || role === 'guide' || role === 'message' || role === 'script';
  const links = single ? [] : pageLinks(view.document, view.url);
  const { summary, requests } = keepPage(state, page, view, {
    key,
    links,
    wanted: wantedFor(state, page, node),
  });
  if (single || state.scope(view.url) === 'external') return single ? [] : requests;
  if (node && key === node.key) placeByBreadcrumb(state, node, view);
  return [
    ...requests,
    ...(node ? expandSection(state, node, view, { links, summary }) : []),
    ...expandChannel(state, page, ownerKey, { links, summary }),
  ];
}

function expandSection(
  state: SiteState,
  node: SectionNode,
  view: PageView,
  { links, summary }: Read,
): readonly CrawlRequest[] {
  if (node.scope !== 'same' && node.level > 1) return [];
  const isTopic = node.kind === 'channel' && /专题|专栏/u.test(node.name);
  const seeds = isTopic ? [] : childSeeds(state, node, view, links);
  const nodes = seeds
    .slice(0, state.limits.childrenPerPage)
    .flatMap((seed) => state.addSection(seed, node) ?? []);
  state.sectionsLeftOut += Math.max(0, seeds.length - state.limits.childrenPerPage);
  const isList = !/^(service|interaction|page|channel)$/u.test(node.kind);
  const about = {
    ownerKey: node.key,
    ownerUrl: node.url,
    limit: state.limits.sectionArticles,
    priority: PRIORITY.sectionArticle,
    level: node.level + 1,
  };
  return [
    ...nodes.flatMap((child) => askSection(state, child)),
    ...askChannels(state, { links, summary }, 1),
    ...(isList
      ? askArticles(
          state,
          summary.lists.filter((list) => !list.aside),
          about,
        )
      : []),
    ...(node.kind === 'service'
      ? askGuides(
          state,
          node,
          summary,
          links.filter(({ element }) => !isInNav(element)),
        )
      : []),
    ...(node.kind === 'notice' ? askMaintenance(state, summary) : []),
  ];
}

function isInNav(element: PageLink['element']): boolean {
  for (let up = element.parent; up; up = up.parent) {
    if (
      up.type === 'tag' &&
      /^(nav|header|footer)$|foot|nav|menu|header|crumb/iu.test(
        `${up.name} ${up.attribs.class ?? ''} ${up.attribs.id ?? ''}`,
      ) &&
      up.name !== 'body'
    )
      return true;
  }
  return false;
}

/** Sections first met on this page. Below the first level only those in its own folder: the rest is a side menu. */
function childSeeds(
  state: SiteState,
  node: SectionNode,
  view: PageView,
  links: readonly PageLink[],
): readonly SectionSeed[] {
  const crumbs = new Set(readBreadcrumb(view.document)?.map(({ element }) => element));
  const own = links.filter(({ element }) => !crumbs.has(element));
  const items = view.lists
    .flatMap((list) => list.items)
    .filter(
      ({ url, date, title }) =>
        url !== null && (date !== null || isArticleUrl(url) || title.length > 10),
    );
  const itemKeys = new Set(items.map(({ url }) => pageKey(url!)));
  return findChildSections(view.document, own, {
    pageUrl: view.url,
    homeUrls: state.homeUrls,
    isHome: (url) => state.isHome(url),
  }).filter((seed) => {
    const key = pageKey(seed.url);
    if (state.sections.has(key) || itemKeys.has(key) || state.scope(seed.url) !== 'same')
      return false;
    return (
      node.level < 2 ||
      seed.confidence >= 80 ||
      new URL(seed.url).pathname.startsWith(new URL(node.url).pathname.replace(/[^/]*$/u, ''))
    );
  });
}

/** A section met in a block of the home page stands where its breadcrumb says; the menu knows better for its own. */
function placeByBreadcrumb(state: SiteState, node: SectionNode, view: PageView): void {
  if (node.inMenu) return;
  const crumbs = readBreadcrumb(view.document);
  const above = crumbs?.filter(({ name }) => name !== node.name) ?? [];
  const last = above.at(-1);
  if (!last || node.level !== 1) return;
  const parent = [...state.sections.values()].find(
    (other) => other.name === last.name && other.key !== node.key,
  );
  node.level = Math.min(state.limits.depth, parent ? parent.level + 1 : above.length + 1);
  node.parentKey = parent?.key ?? null;
}

/** Boards: rows that say too little, further pages, forms that the page leads to. */
function expandChannel(
  state: SiteState,
  page: FetchedPage,
  ownerKey: string,
  { links, summary }: Read,
): readonly CrawlRequest[] {
  const name = boardOwners(state).get(ownerKey);
  if (name === undefined) return [];
  const hop = state.channels.get(ownerKey)?.hop ?? 1;
  const owner = { key: ownerKey, url: page.request.ownerUrl ?? page.request.url, name };
  return [
    ...(hop < state.limits.channelHops ? askChannels(state, { links, summary }, hop + 1) : []),
    ...askMessages(state, owner, summary),
    ...askNextBoardPage(state, owner, { links, summary }),
  ];
}

function askNextBoardPage(
  state: SiteState,
  owner: { key: string; url: string; name: string },
  { links, summary }: Read,
): readonly CrawlRequest[] {
  const pages = state.boardPages.get(owner.key) ?? [];
  if (summary.board.length === 0 || pages.length >= state.limits.boardPages) return [];
  const next =
    links.find(({ name, url }) => url !== null && /^下一?页/u.test(name)) ?? nextByText(links);
  if (!next?.url || state.scope(next.url) !== 'same') return [];
  const requests = state.ask(next.url, 'board', {
    name: owner.name,
    ownerUrl: owner.url,
    level: 2,
    priority: PRIORITY.board,
  });
  if (requests.length > 0) state.boardPages.set(owner.key, [...pages, pageKey(next.url)]);
  return requests;
}

const nextByText = (links: readonly PageLink[]): PageLink | undefined =>
  links.find(
    ({ element, url }) =>
      url !== null &&
      element.children.some((child) => child.type === 'text' && /下一?页/u.test(child.data)),
  );

interface Kept {
  readonly key: string;
  readonly links: readonly PageLink[];
  readonly wanted: Wanted;
}

/** Stores the page's summary and asks for the frames and data files that belong to it. */
function keepPage(
  state: SiteState,
  page: FetchedPage,
  view: PageView,
  { key, links, wanted }: Kept,
): { summary: PageSummary; requests: readonly CrawlRequest[] } {
  const isPart = page.request.role === 'frame' || page.request.role === 'data';
  // A section that sends the visitor on is what it sends to.
  const moved = view.redirect !== null && page.request.role !== 'home' ? [view.redirect] : [];
  const frames = isPart
    ? []
    : [...view.frames, ...moved].filter((url) => state.scope(url) !== 'external');
  const data = isPart ? [] : view.dataUrls.filter((url) => state.scope(url) !== 'external');
  const wantedFrames = frames.slice(0, state.limits.framesPerPage);
  const wantedData = data.slice(0, state.limits.dataPerPage);
  const parts = [...wantedFrames, ...wantedData].map(pageKey).filter((part) => part !== key);
  // A frame of another site may hold the content: then nothing can be said of it.
  const foreign = !isPart && [...view.frames, ...moved].length > frames.length;
  const partsLeftOut =
    foreign || frames.length > wantedFrames.length || data.length > wantedData.length;
  const summary = summarisePage(state, page, view, { wanted, parts, partsLeftOut, links });
  state.keep(key, summary);
  const priority =
    page.request.role === 'home'
      ? PRIORITY.homePart
      : Math.max(PRIORITY.sectionPart, page.request.priority + 1);
  const about = {
    name: page.request.name,
    ownerUrl: page.request.url,
    level: page.request.level,
    priority,
  };
  const requests =
    page.request.role === 'article' || page.request.role === 'message'
      ? []
      : [
          ...wantedFrames.flatMap((url) => state.ask(url, 'frame', about)),
          ...wantedData.flatMap((url) => state.ask(url, 'data', about)),
        ];
  return { summary, requests };
}
