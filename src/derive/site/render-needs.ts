import type { CrawlRequest } from '../../domain/crawl.ts';
import type { RenderCause } from '../../domain/facts/render-facts.ts';
import { deriveFacts } from './derive-facts.ts';
import { homeUnread } from './derive-home.ts';
import { PRIORITY } from './limits.ts';
import { pageKey } from './page-links.ts';
import type { SiteState } from './site-state.ts';

/** A page that only a browser can show, as it was asked for, and what is missing of it. */
export interface RenderNeed {
  readonly request: CrawlRequest;
  readonly cause: RenderCause;
}

/**
 * The home page when its content or its footer is written by script, or when something in front of it wants its scripts run; and
 * sections whose lists are. What was read after rendering, or is not there at all, is not named.
 */
export function renderNeeds(state: SiteState): readonly RenderNeed[] {
  const home = homeNeed(state);
  const { sections } = deriveFacts(state);
  if (sections.state !== 'observed') return home;
  const lists = sections.value
    .filter(({ content }) => content === 'script')
    .flatMap((section) => {
      const page = state.page(pageKey(section.url));
      if (page === undefined || page.rendered !== null) return [];
      return { request: sectionRequest(state, section), cause: 'list' as const };
    });
  return [...home, ...lists];
}

function homeNeed(state: SiteState): readonly RenderNeed[] {
  const home = state.page(state.homeKey);
  if (home === undefined || home.rendered !== null) return [];
  const request: CrawlRequest = {
    url: home.url,
    role: 'home',
    name: '首页',
    ownerUrl: null,
    level: 0,
    priority: PRIORITY.home,
  };
  // A script that computes a cookie stands in front of the page: a browser runs it as a visitor's would.
  if (home.outcome === 'blocked') return [{ request, cause: 'home' }];
  if (home.outcome !== 'ok') return [];
  if (homeUnread(state) !== null || home.needsRender) return [{ request, cause: 'home' }];
  const { footer } = deriveFacts(state);
  const isFooterHidden = footer.state === 'observed' && footer.value.byScript;
  return isFooterHidden ? [{ request, cause: 'footer' }] : [];
}

function sectionRequest(
  state: SiteState,
  { url, name, level, kind }: { url: string; name: string; level: number; kind: string },
): CrawlRequest {
  const role = state.asked.get(pageKey(url)) ?? (kind === 'interaction' ? 'channel' : 'section');
  return { url, role, name, ownerUrl: url, level, priority: PRIORITY.firstLevel };
}
