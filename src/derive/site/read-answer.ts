import { DomUtils } from 'htmlparser2';
import type { CrawlRequest, FetchedPage } from '../../domain/crawl.ts';
import { mayFillResults, readSearchResult } from '../structure/find-search.ts';
import { whyBroken } from '../structure/read-forms-offered.ts';
import { pageKey, pageLinks } from './page-links.ts';
import { notAPage } from './refuse-page.ts';
import type { SiteState } from './site-state.ts';
import { viewPage } from './view-page.ts';

/** What came of a form's first bytes or of the search: neither is a page of the site. */
export function readAnswer(state: SiteState, page: FetchedPage): readonly CrawlRequest[] {
  if (page.request.role === 'attachment') readForm(state, page);
  else readSearch(state, page);
  return [];
}

function readForm(state: SiteState, page: FetchedPage): void {
  const asked = state.structure.forms.get(pageKey(page.request.url));
  if (!asked) return;
  const broken = page.outcome === 'ok' ? whyBroken(page.body, page.request.url) : null;
  asked.answer = { outcome: page.outcome, reason: page.reason ?? '', whyBroken: broken };
}

function readSearch(state: SiteState, page: FetchedPage): void {
  const asked = state.structure.search;
  if (!asked || pageKey(asked.requestUrl) !== pageKey(page.request.url)) return;
  const answered = page.outcome === 'ok' ? (notAPage(page) ?? page) : page;
  const { url, outcome, status, snapshot, reason = '' } = answered;
  asked.answer = {
    ...{ url, outcome, status, snapshot, reason, result: null },
  };
  if (outcome !== 'ok') return;
  const view = viewPage(page, state.today);
  const result = readSearchResult(
    {
      text: view.text,
      links: pageLinks(view.document, view.url),
      itemTitles: view.lists
        .filter((list) => !list.aside)
        .flatMap((list) => list.items.map(({ title }) => title)),
      fields: DomUtils.getElementsByTagName('input', view.document).map(
        ({ attribs }) => attribs.value ?? '',
      ),
      isScripted: view.needsRender || mayFillResults(view.document),
    },
    { title: asked.title, isArticle: (target) => pageKey(target) === asked.articleKey },
  );
  asked.answer = { ...asked.answer, result };
}
