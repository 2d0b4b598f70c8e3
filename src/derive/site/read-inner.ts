import type { CrawlRequest, FetchedPage } from '../../domain/crawl.ts';
import { isConsultName } from './classify-name.ts';
import { boardOwners } from './derive-channels.ts';
import { findChildSections, readBreadcrumb, type SectionSeed } from './find-sections.ts';
import { keepPage } from './keep-page.ts';
import { PRIORITY } from './limits.ts';
import { articleKeys } from './newest-items.ts';
import { type PageLink, pageKey, pageLinks } from './page-links.ts';
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
import { askCounterparts, askForms, askStructure } from './plan-structure.ts';
import type { SectionNode, SiteState } from './site-state.ts';
import { PLAIN, type Wanted } from './summarise-page.ts';

function wantedFor(state: SiteState, page: FetchedPage, owner: SectionNode | undefined): Wanted {
  const { role, name } = page.request;
  const full = state.options.structure === 'full';
  if (role === 'article')
    return state.structure.wants(pageKey(page.request.url))
      ? { ...PLAIN, structure: 'article' }
      : PLAIN;
  if (role === 'guide') return { ...PLAIN, guides: true, structure: full ? 'guide' : 'nothing' };
  if (role === 'message') return { ...PLAIN, message: true };
  const talks =
    role === 'channel' ||
    role === 'board' ||
    owner?.kind === 'interaction' ||
    isConsultName(name) ||
    state.channels.has(owner?.key ?? '');
  const parent = state.sections.get(owner?.parentKey ?? '');
  const serves = owner?.kind === 'service' || parent?.kind === 'service';
  return { board: talks, guides: serves, message: false, forms: true, structure: 'section' };
}

/** Every page that is not the home page. */
export function readInner(
  state: SiteState,
  page: FetchedPage,
  view: PageView,
  key: string,
): readonly CrawlRequest[] {
  const { role } = page.request;
  const ownerKey = page.request.ownerUrl === null ? key : pageKey(page.request.ownerUrl);
  const node = state.sections.get(ownerKey);
  const single = role === 'article' || role === 'guide' || role === 'message' || role === 'script';
  const wanted = wantedFor(state, page, node);
  const links = single && wanted.structure === 'nothing' ? [] : pageLinks(view.document, view.url);
  const { summary, requests } = keepPage(state, page, view, { key, links, wanted });
  if (role === 'guide') return askForms(state, summary);
  if (single) return askCounterparts(state, key, summary);
  if (state.scope(view.url) === 'external') return requests;
  if (node && key === node.key) placeByBreadcrumb(state, node, view);
  return [
    ...requests,
    ...(node ? expandSection(state, node, view, { links, summary }) : []),
    ...expandChannel(state, page, ownerKey, { links, summary }),
    ...askStructure(state, node ?? null, { links, summary }),
  ];
}

function expandSection(
  state: SiteState,
  node: SectionNode,
  view: PageView,
  { links, summary }: Read,
): readonly CrawlRequest[] {
  if (node.scope !== 'same' && node.level > 1) return [];
  const seeds = childSeeds(state, node, view, { links, summary });
  const nodes = seeds
    .slice(0, state.limits.childrenPerPage)
    .flatMap((seed) => state.addSection(seed, node) ?? []);
  state.sectionsLeftOut += Math.max(0, seeds.length - state.limits.childrenPerPage);
  // Letters are dated by the board; a list of surveys or solicitations beside it may be dated only on its pages.
  const isList =
    node.kind === 'interaction'
      ? summary.board.length === 0
      : !/^(service|page|channel)$/u.test(node.kind);
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
  { links, summary }: Read,
): readonly SectionSeed[] {
  const crumbs = new Set(readBreadcrumb(view.document)?.map(({ element }) => element));
  const own = links.filter(({ element }) => !crumbs.has(element));
  const itemKeys = articleKeys(summary);
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
