import type { Fact } from '../../domain/fact.ts';
import { absent, observed, unobserved } from '../../domain/fact.ts';
import type {
  FooterView,
  MaintenanceNotice,
  SectionView,
  SiteFactMap,
} from '../../domain/site-facts.ts';
import { deriveChannels } from './derive-channels.ts';
import { deriveGuideline, type GuidelineFacts } from './derive-guideline.ts';
import { deriveHome, homeUnread } from './derive-home.ts';
import { deriveSections } from './derive-sections.ts';
import { deriveServices } from './derive-services.ts';
import type { PageSummary } from './page-summary.ts';
import type { SiteState } from './site-state.ts';
import { type StructureFacts, structureFacts } from './structure-facts.ts';

/** The facts that a crawl of a site gives. */
export type SiteFacts = {
  readonly [K in
    | 'home'
    | 'sections'
    | 'channels'
    | 'services'
    | 'footer'
    | 'tags'
    | 'maintenance']: Fact<SiteFactMap[`site.${K}`]>;
} & GuidelineFacts &
  StructureFacts;

/** All facts of the site as far as it was read. */
export function deriveFacts(state: SiteState): SiteFacts {
  const reason = homeUnread(state);
  const sections = deriveSections(state);
  const channels = deriveChannels(state, sections);
  const services = deriveServices(state, sections);
  return {
    home: deriveHome(state, sections),
    sections: sectionsFact(reason, sections),
    channels,
    services,
    footer: footerFact(state, reason),
    tags: tagsFact(state, reason),
    maintenance: maintenanceFact(state, reason),
    ...deriveGuideline(state, reason),
    ...structureFacts(state, reason, { sections, channels, services }),
  };
}

function sectionsFact(
  reason: string | null,
  sections: readonly SectionView[],
): Fact<readonly SectionView[]> {
  if (reason !== null) return unobserved(reason);
  return sections.length > 0 ? observed(sections) : unobserved('首页上没有认出栏目');
}

function homePages(state: SiteState): readonly PageSummary[] {
  return [state.homeKey, ...state.homeParts]
    .flatMap((key) => state.page(key) ?? [])
    .filter((page) => page.outcome === 'ok');
}

/** The footer of the home page; of a frame set, the first frame that prints something. */
function footerFact(state: SiteState, reason: string | null): Fact<FooterView> {
  const footers = homePages(state).flatMap((page) => page.footer ?? []);
  const scripted = [...state.asked]
    .filter(([, role]) => role === 'script')
    .flatMap(([key]) => state.page(key)?.footer ?? []);
  const says = [...footers, ...scripted].find(
    (footer) => footer.siteCode !== null || footer.icp !== null || footer.policeRecord !== null,
  );
  if (says) return observed(says);
  // Where the home page was not seen, a foot without any word may be one that a script has still to write.
  if (reason !== null) return unobserved(reason);
  return footers[0] ? observed(footers[0]) : unobserved('首页未读取');
}

function tagsFact(state: SiteState, reason: string | null): Fact<SiteFactMap['site.tags']> {
  if (reason !== null) return unobserved(reason);
  const tags = Object.assign(
    {},
    ...homePages(state)
      .map((page) => page.tags)
      .reverse(),
  ) as Record<string, string>;
  return Object.keys(tags).length > 0 ? observed(tags) : absent;
}

/** Announcements on the home page itself and on the articles opened for their titles. */
function maintenanceFact(
  state: SiteState,
  reason: string | null,
): Fact<readonly MaintenanceNotice[]> {
  if (reason !== null) return unobserved(reason);
  const announced = [...state.maintenance.keys(), ...state.articles.keys()].flatMap(
    (key) => state.page(key) ?? [],
  );
  const notices = [...homePages(state), ...announced].flatMap((page) =>
    page.notices.map((notice) => ({ ...notice, url: page.url })),
  );
  return notices.length > 0 ? observed(notices.slice(0, state.limits.maintenanceNotices)) : absent;
}
