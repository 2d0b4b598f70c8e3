import type { CrawlRequest, FetchedPage, SiteReader } from '../../domain/crawl.ts';
import { deriveFacts, type SiteFacts } from './derive-facts.ts';
import { PRIORITY } from './limits.ts';
import { pageKey } from './page-links.ts';
import { readAnswer } from './read-answer.ts';
import { readHome, readHomePart } from './read-home.ts';
import { readInner } from './read-inner.ts';
import { isGarbled, notAPage, refusedHome, saysNotFound } from './refuse-page.ts';
import { type RenderNeed, renderNeeds } from './render-needs.ts';
import { type SiteReaderOptions, SiteState } from './site-state.ts';
import { failedSummary } from './summarise-page.ts';
import { viewPage } from './view-page.ts';

/** A site reader that can be asked for the facts of what it has read so far. */
export interface FactReader extends SiteReader {
  facts(): SiteFacts;
  /** Pages that only a browser can show, most important first; those read after rendering are not named again. */
  renderNeeds(): readonly RenderNeed[];
}

/**
 * Makes the reader of one site: pure and incremental; it keeps a summary of each page and drops its DOM. `facts()` may be
 * called at any time: what was not read is `unobserved`. Dates in Asia/Shanghai; nothing after `today` counts.
 */
export function createSiteReader(options: SiteReaderOptions): FactReader {
  // Registers sometimes hold addresses without a scheme.
  const homeUrl = URL.canParse(options.homeUrl) ? options.homeUrl : `http://${options.homeUrl}`;
  const state = new SiteState({ ...options, homeUrl });
  return {
    start: () =>
      state.ask(homeUrl, 'home', {
        name: '首页',
        ownerUrl: null,
        level: 0,
        priority: PRIORITY.home,
      }),
    read: (page) => readGuarded(state, page),
    facts: () => deriveFacts(state),
    renderNeeds: () => renderNeeds(state),
  };
}

/** A page nested so deeply that it cannot be walked is a page that could not be read; it stops nothing. */
function readGuarded(state: SiteState, page: FetchedPage): readonly CrawlRequest[] {
  try {
    return readPageOf(state, page);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const reason = '页面嵌套过深，无法解析';
    state.keep(pageKey(page.request.url), failedSummary({ ...page, outcome: 'failed', reason }));
    return [];
  }
}

function readPageOf(state: SiteState, page: FetchedPage): readonly CrawlRequest[] {
  const key = pageKey(page.request.url);
  if (page.request.role === 'attachment' || page.request.role === 'search')
    return readAnswer(state, page);
  // Where an entry page leads is the home page, whatever came of it: the entry page alone says nothing of the site.
  if (page.request.role === 'home') state.homeKey = key;
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
  if (page.request.role === 'home') {
    const refused = refusedHome(page, view);
    if (refused === null) return readHome(state, page, view, key);
    state.keep(key, failedSummary(refused));
    return [];
  }
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
