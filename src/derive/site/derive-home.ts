import type { Fact } from '../../domain/fact.ts';
import { observed, unobserved } from '../../domain/fact.ts';
import type { HomeView, NewestItem, SectionView } from '../../domain/site-facts.ts';
import { addDays } from '../../lib/pure/dates.ts';
import { KNOWN_NAME } from './classify-name.ts';
import {
  type DatedItem,
  dateItems,
  informationOf,
  laterOf,
  listsWithParts,
  newestFirst,
  partsMissing,
} from './newest-items.ts';
import type { PageSummary } from './page-summary.ts';
import type { SiteState } from './site-state.ts';

/** Evidence of a fresh home page reaches back this far. */
const RECENT_DAYS = 30;

/** Chinese reason why the home page says nothing, or null when it was read. */
export function homeUnread(state: SiteState): string | null {
  const home = state.page(state.homeKey);
  if (!home) return '首页未读取';
  if (home.outcome !== 'ok') return home.reason || '首页未能打开';
  if (home.needsRender && homeLists(state).every((list) => list.items.length === 0)) {
    return home.rendered === null
      ? '首页内容由脚本写入，需渲染后才能查看'
      : '首页渲染后仍没有看到内容';
  }
  return null;
}

/** With fewer recognised sections than this, more was missed of the home page than its channels and services. */
const MIN_KNOWN_SECTIONS = 2;

/** Chinese reason why something that was not found on the home page may stand there all the same; null when it may not. */
export function homeTooPoor(state: SiteState): string | null {
  if (state.page(state.homeKey)?.needsRender) return '首页部分内容由脚本写入';
  const known = [...state.sections.values()].filter((node) => node.confidence >= KNOWN_NAME);
  return known.length < MIN_KNOWN_SECTIONS ? '首页上认出的栏目太少，可能没有看全' : null;
}

function homePages(state: SiteState): readonly PageSummary[] {
  return [state.homeKey, ...state.homeParts]
    .map((key) => state.page(key))
    .filter((page) => page?.outcome === 'ok') as PageSummary[];
}

const homeLists = (state: SiteState) =>
  homePages(state).flatMap((page) => listsWithParts(state, page));

/** The home page as a fact: newest item over all its lists, hidden tabs included. */
export function deriveHome(state: SiteState, sections: readonly SectionView[]): Fact<HomeView> {
  const reason = homeUnread(state);
  if (reason !== null) return unobserved(reason);
  const home = state.page(state.homeKey)!;
  const items = dateItems(state, informationOf(state, homeLists(state)));
  const newest = newestFirst(items, home.snapshot, home.url);
  const missing = partsMissing(state, home);
  if (missing !== null && newest.length === 0) return unobserved(missing);
  const since = addDays(state.today, -RECENT_DAYS);
  const kind = items.length > 0 ? 'content' : 'navigation';
  return observed({
    url: home.url,
    title: home.title,
    kind,
    itemCount: items.length,
    newest: newest[0] ?? null,
    recent: newest.filter(({ date }) => date.value >= since).slice(0, state.limits.recentItems),
    ...secondLevel(sections),
    undatedCount: countUndated(state, items),
    ...(home.rendered ? { rendered: true as const } : {}),
  });
}

/** The newest item over the pages that the home page leads to, and how many of them told nothing. */
function secondLevel(
  sections: readonly SectionView[],
): Pick<HomeView, 'secondLevelNewest' | 'secondLevelUnknown'> {
  let newest: NewestItem | null = null;
  let unknown = 0;
  for (const section of sections) {
    newest = laterOf(newest, section.newest);
    if (section.level > 2 || section.kind === 'external') continue;
    if (section.content === 'unobserved' || section.content === 'script' || section.undated)
      unknown += 1;
  }
  return { secondLevelNewest: newest, secondLevelUnknown: unknown };
}

/**
 * Items whose date could not be looked up. Lists are newest first, so items below one whose date was found are older and
 * are not counted; neither are items whose own page was read and prints no date (未注明发布时间的视为不更新), nor links to
 * other sites.
 */
function countUndated(state: SiteState, all: readonly DatedItem[]): number {
  const dated = new Set(all.filter(({ date }) => date !== null).map(({ item }) => item.url));
  const looked = new Set(all.filter(({ pageRead }) => pageRead).map(({ item }) => item.url));
  let count = 0;
  for (const list of homeLists(state)) {
    const items = informationOf(state, [list]);
    const firstDated = items.findIndex((item) => dated.has(item.url));
    const above = firstDated < 0 ? items : items.slice(0, firstDated);
    count += above.filter(
      (item) => item.url !== null && !looked.has(item.url) && state.scope(item.url) !== 'external',
    ).length;
  }
  return count;
}
