import type { CrawlRequest, FetchedPage } from '../../domain/crawl.ts';
import { PRIORITY } from './limits.ts';
import { type PageLink, pageKey } from './page-links.ts';
import type { PageSummary } from './page-summary.ts';
import type { PageView } from './page-view.ts';
import type { SiteState } from './site-state.ts';
import { summarisePage, type Wanted } from './summarise-page.ts';

interface Kept {
  readonly key: string;
  readonly links: readonly PageLink[];
  readonly wanted: Wanted;
}

/** Stores the page's summary and asks for the frames and data files that belong to it. */
export function keepPage(
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
