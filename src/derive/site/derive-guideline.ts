import { type Fact, observed, unobserved } from '../../domain/fact.ts';
import type {
  AdsView,
  DomainView,
  LeavingLink,
  LeavingNoticeView,
  LookedAtRole,
  MarkedPage,
  MarksView,
  PageTagsView,
  ReprintView,
} from '../../domain/facts/guideline-facts.ts';
import { domainView } from '../guideline/domain-view.ts';
import { type MarkReadings, markReadings, mergeMarks } from '../guideline/mark-readings.ts';
import { reprintView } from '../guideline/reprint-view.ts';
import { tagCells } from '../guideline/tag-cells.ts';
import { isEmptyTag } from '../page/read-tags.ts';
import type { PageSummary } from './page-summary.ts';
import type { SiteState } from './site-state.ts';

/** Section pages and articles that are looked at beside the home page (抽查首页、栏目页、内容页). */
const PAGES_OF_ROLE = 3;
const LINKS_MAX = 100;
const SIGNS_MAX = 50;

export interface GuidelineFacts {
  readonly domain: Fact<DomainView>;
  readonly marks: Fact<MarksView>;
  readonly pageTags: Fact<PageTagsView>;
  readonly ads: Fact<AdsView>;
  readonly leavingNotice: Fact<LeavingNoticeView>;
  readonly reprint: Fact<ReprintView>;
}

/** The guideline facts that pages give; `unread` = why the home page was not read, or null. */
export function deriveGuideline(state: SiteState, unread: string | null): GuidelineFacts {
  const domain = domainView(
    state.options.homeUrl,
    state.homeWay,
    state.options.portalHomeUrl ?? null,
  );
  const looked = lookedAt(state);
  const whenRead = <T>(value: () => T): Fact<T> =>
    unread === null ? observed(value()) : unobserved(unread);
  return {
    domain: domain === null ? unobserved('登记的首页网址无法识别') : observed(domain),
    marks: whenRead(() => marksView(state, looked)),
    pageTags: whenRead(() => ({
      pages: looked.map(({ role, page }) => ({
        url: page.url,
        role,
        snapshot: page.snapshot,
        cells: tagCells(role, { url: page.url, tags: page.tags }, state.options.siteCode),
      })),
    })),
    ads: whenRead(() => adsView(state)),
    leavingNotice: whenRead(() => leavingView(state)),
    reprint: reprintFact(state, unread),
  };
}

interface LookedAt {
  readonly role: LookedAtRole;
  readonly page: PageSummary;
}

/** The home page, then a few sections of the first level and a few articles, in the order in which they were asked for. */
function lookedAt(state: SiteState): LookedAt[] {
  const found: Record<LookedAtRole, LookedAt[]> = { home: [], section: [], article: [] };
  for (const [key, asked] of state.asked) {
    const role = asked === 'article' || asked === 'section' ? asked : null;
    const page = state.page(key);
    if (role === null || page === undefined || found[role].length >= PAGES_OF_ROLE) continue;
    if (isLookable(state, role, key, page)) found[role].push({ role, page });
  }
  const home = state.page(state.homeKey);
  if (home?.outcome === 'ok') found.home.push({ role: 'home', page: home });
  return [...found.home, ...found.section, ...found.article];
}

/** A page of this site that came whole and shows what it is. */
function isLookable(state: SiteState, role: LookedAtRole, key: string, page: PageSummary): boolean {
  if (page.outcome !== 'ok' || page.reason !== '' || page.needsRender) return false;
  if (state.scope(page.url) !== 'same' || page.parts.length > 0) return false;
  return role === 'article' ? page.isArticle : state.sections.get(key)?.level === 1;
}

function marksView(state: SiteState, looked: readonly LookedAt[]): MarksView {
  const pages = looked.map(
    ({ role, page }): MarkedPage => ({
      url: page.url,
      role,
      snapshot: page.snapshot,
      marks: mergeMarks(role === 'home' ? homeMarks(state, page) : [marksOf(page)]),
    }),
  );
  const homeTag = state.page(state.homeKey)?.tags.siteidcode;
  const codes = {
    register: state.options.siteCode === '' ? null : state.options.siteCode.toLowerCase(),
    footer: pages[0]?.marks.网站标识码.value ?? null,
    tag: isEmptyTag(homeTag) ? null : (homeTag?.trim().toLowerCase() ?? null),
    findErrorLink: pages[0]?.marks.我为政府网站找错.value ?? null,
  };
  const said = Object.values(codes).flatMap((code) => code ?? []);
  return {
    pages,
    codes,
    codesAgree: said.length < 2 ? null : new Set(said).size === 1,
  };
}

/** The home page's own foot, its frames' and what the scripts that may write it say. */
function homeMarks(state: SiteState, home: PageSummary): [MarkReadings, ...MarkReadings[]] {
  const scripts = [...state.asked].flatMap(([key, role]) => (role === 'script' ? [key] : []));
  const others = [...state.homeParts, ...scripts].flatMap((key) => {
    const page = state.page(key);
    return page?.outcome === 'ok' && page.footer !== null ? [marksOf(page)] : [];
  });
  return [marksOf(home), ...others];
}

function marksOf(page: PageSummary): MarkReadings {
  const { footer } = page;
  if (footer === null) return markReadings(NO_FOOT, true);
  const isUnseen = footer.byScript || page.needsRender || page.partsLeftOut || page.reason !== '';
  const readings = markReadings(footer, isUnseen);
  // A page without any foot at all, which loads scripts that nobody read, has it from one of them.
  const hasNone = Object.values(readings).every(({ state }) => state === 'missing');
  return hasNone && page.guideline?.hasOwnScripts ? markReadings(footer, true) : readings;
}

const NO_FOOT = {
  siteCode: null,
  icp: null,
  policeRecord: null,
  partyGovMark: false,
  findError: false,
  byScript: true,
} as const;

/** Every page of the site that was read, with what the guideline checks kept of it. */
function readPages(state: SiteState): PageSummary[] {
  return [...state.asked.keys()].flatMap((key) => {
    const page = state.page(key);
    return page?.outcome === 'ok' && page.guideline !== null && state.scope(page.url) !== 'external'
      ? [page]
      : [];
  });
}

function adsView(state: SiteState): AdsView {
  const pages = readPages(state);
  const signs = pages.flatMap(({ url, snapshot, guideline }) =>
    guideline!.ads.map((sign) => ({ ...sign, page: url, snapshot })),
  );
  const once = new Map(signs.map((sign) => [`${sign.kind} ${sign.host}`, sign]));
  return { signs: [...once.values()].slice(0, SIGNS_MAX), pagesLookedAt: pages.length };
}

function leavingView(state: SiteState): LeavingNoticeView {
  const byHost = new Map<string, LeavingLink>();
  let found = 0;
  for (const { url: page, snapshot, guideline } of readPages(state)) {
    for (const { host, ...link } of guideline!.outside) {
      found += 1;
      if (!byHost.has(host) && byHost.size < LINKS_MAX)
        byHost.set(host, { ...link, page, snapshot });
    }
  }
  return { links: [...byHost.values()], found };
}

function reprintFact(state: SiteState, unread: string | null): Fact<ReprintView> {
  const { designated = [] } = state.options;
  if (designated.length === 0) return unobserved('没有给出指定转载条目的清单');
  if (unread !== null) return unobserved(unread);
  const sections = [...state.sections.values()].map(({ key, name }) => ({ key, name }));
  const lists = [{ key: state.homeKey, name: '首页' }, ...sections].flatMap(({ key, name }) =>
    (state.page(key)?.lists ?? []).map(({ items }) => ({ name, items })),
  );
  return observed(reprintView(designated, lists));
}
