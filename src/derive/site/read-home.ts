import type { CrawlRequest, FetchedPage } from '../../domain/crawl.ts';
import { findHomeSections } from './find-sections.ts';
import { keepPage } from './keep-page.ts';
import { PRIORITY } from './limits.ts';
import { articleKeys } from './newest-items.ts';
import { type PageLink, pageKey, pageLinks } from './page-links.ts';
import type { PageSummary } from './page-summary.ts';
import type { PageView } from './page-view.ts';
import {
  askArticles,
  askChannels,
  askMaintenance,
  askSampleArticles,
  askSection,
} from './plan-requests.ts';
import { askStructure } from './plan-structure.ts';
import type { SiteState } from './site-state.ts';
import { PLAIN, type Wanted } from './summarise-page.ts';

const HOME_WANTED: Wanted = { ...PLAIN, forms: true, structure: 'home' };

/** Addresses kept of one page's redirects: the fetcher follows fewer. */
const HOPS_MAX = 20;

/** The home page, or an entry page, frame set or redirect in front of it. */
export function readHome(
  state: SiteState,
  page: FetchedPage,
  view: PageView,
  key: string,
): readonly CrawlRequest[] {
  const links = pageLinks(view.document, view.url);
  state.homeKey = key;
  if (!state.homeUrls.includes(view.url)) state.homeUrls.push(view.url);
  const way = [page.request.url, ...(page.received ?? []).map(({ url }) => url), view.url];
  state.homeWay.push(...way.slice(-HOPS_MAX));
  const next = nextHome(state, view, links);
  const { summary, requests } = keepPage(state, page, view, {
    key,
    links,
    wanted: HOME_WANTED,
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

export function readHomePart(
  state: SiteState,
  page: FetchedPage,
  view: PageView,
  key: string,
): readonly CrawlRequest[] {
  const links = pageLinks(view.document, view.url);
  const { summary, requests } = keepPage(state, page, view, {
    key,
    links,
    wanted: HOME_WANTED,
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
  const articles = articleKeys(summary);
  const ordered = seeds
    .filter((seed) => seed.inMenu || !articles.has(pageKey(seed.url)))
    .sort((one, other) => Number(other.inMenu) - Number(one.inMenu) || one.depth - other.depth);
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
    ...askSampleArticles(state, summary),
    ...askFooterScripts(state, view),
    ...askStructure(state, null, { links, summary }),
  ];
}

function askFooterScripts(state: SiteState, view: PageView): readonly CrawlRequest[] {
  if (!view.footer.byScript) return [];
  const about = { name: '页脚脚本', ownerUrl: view.url, level: 0, priority: PRIORITY.footerScript };
  return view.scripts
    .slice(0, state.limits.footerScripts)
    .flatMap((url) => state.ask(url, 'script', about));
}
