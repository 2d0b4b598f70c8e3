import type { FetchedPage } from '../../domain/crawl.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import { readGuideline } from '../guideline/read-guideline.ts';
import {
  NO_STRUCTURE,
  readPageStructure,
  type StructureWants,
} from '../structure/page-structure.ts';
import { isConsultName } from './classify-name.ts';
import type { PageLink } from './page-links.ts';
import { pageKey } from './page-links.ts';
import type { PageSummary } from './page-summary.ts';
import type { PageView } from './page-view.ts';
import { readBoard, readMessagePage } from './read-board.ts';
import { readForms } from './read-form.ts';
import { readGuides } from './read-guide.ts';
import { announcesMaintenance, readMaintenance } from './read-maintenance.ts';
import type { SiteState } from './site-state.ts';

/** Which of the costlier readings a page needs. */
export interface Wanted {
  readonly board: boolean;
  readonly guides: boolean;
  readonly message: boolean;
  readonly forms: boolean;
  readonly structure: StructureWants;
}

/** An article: nothing but its date is wanted. */
export const PLAIN: Wanted = {
  board: false,
  guides: false,
  message: false,
  forms: false,
  structure: 'nothing',
};

const NO_FORMS = { canWrite: false, asksLogin: false, hasMailbox: false } as const;
const MAX_TITLE = 200;

/** Summary of a page that did not come. */
export function failedSummary(page: FetchedPage): PageSummary {
  const { url, outcome, status, snapshot } = page;
  const reason = page.reason ?? (status === null ? '没有收到响应' : `返回 ${status}`);
  return {
    url,
    outcome,
    status,
    reason,
    snapshot,
    title: '',
    lists: [],
    isArticle: false,
    publishedOn: null,
    needsRender: false,
    rendered: page.rendered ?? null,
    isQuery: false,
    emptyNotice: null,
    emptyList: false,
    textLength: 0,
    proseLength: 0,
    forms: NO_FORMS,
    board: [],
    message: null,
    guides: [],
    footer: null,
    tags: {},
    notices: [],
    guideline: null,
    parts: [],
    partsLeftOut: false,
    structure: NO_STRUCTURE,
    writeLinks: [],
  };
}

/** Summary of a page that was read; its frames and data files are named as parts, for the caller to ask for. */
export function summarisePage(
  state: SiteState,
  page: FetchedPage,
  view: PageView,
  about: {
    readonly wanted: Wanted;
    readonly parts: readonly string[];
    readonly partsLeftOut: boolean;
    readonly links: readonly PageLink[];
  },
): PageSummary {
  const { wanted } = about;
  return {
    url: view.url,
    outcome: 'ok',
    status: page.status,
    reason: page.truncated ? '页面过大，只读了前一部分' : '',
    snapshot: page.snapshot,
    title: cutText(view.title, MAX_TITLE),
    lists: trimLists(state, view),
    isArticle: view.isArticle,
    publishedOn: view.publishedOn,
    needsRender: view.needsRender,
    rendered: page.rendered ?? null,
    isQuery: view.isQuery,
    emptyNotice: view.emptyNotice,
    emptyList: view.emptyList && !page.truncated,
    textLength: view.text.replace(/\s+/gu, '').length,
    proseLength: proseLength(view),
    forms: wanted.forms ? readForms(view.document) : NO_FORMS,
    board: wanted.board ? readBoard(view.document, view.url, state.today) : [],
    message: wanted.message ? readMessagePage(view.document) : null,
    guides: wanted.guides ? readGuides(view.document) : [],
    footer: footerOf(page, view),
    tags: view.tags,
    notices: noticesOf(state, view),
    guideline: /^(script|data)$/.test(page.request.role)
      ? null
      : readGuideline(view.document, view.url),
    parts: about.parts,
    partsLeftOut: about.partsLeftOut,
    structure: readPageStructure(view, about.links, wanted.structure, state.today),
    writeLinks: writeLinksOf(about.links),
  };
}

/** Once every script has run, nothing more will write the foot. */
function footerOf({ rendered }: FetchedPage, { footer }: PageView): PageSummary['footer'] {
  if (rendered === undefined) return footer;
  return { ...footer, byScript: footer.byScript && rendered === 'partly', rendered: true };
}

/** A notice is one short sentence. */
const SENTENCE_MIN = 30;

const proseLength = (view: PageView): number =>
  view.runs
    .filter(({ text }) => text.length >= SENTENCE_MIN && text.includes('。'))
    .reduce((sum, { text }) => sum + text.length, 0);

function trimLists(state: SiteState, view: PageView): PageSummary['lists'] {
  return view.lists.slice(0, state.limits.listsPerPage).map((list) => ({
    ...list,
    items: list.items
      .slice(0, state.limits.itemsPerList)
      .map((item) => ({ ...item, title: cutText(item.title, MAX_TITLE) })),
  }));
}

/** Windows announced by the page itself, when its title says that it is such an announcement. */
function noticesOf(state: SiteState, view: PageView): PageSummary['notices'] {
  if (
    !announcesMaintenance(view.title) &&
    !/系统维护|停机维护|升级维护|暂停访问|暂停服务/u.test(view.text.slice(0, 600))
  )
    return [];
  const published =
    view.publishedOn !== null && view.publishedOn.yearUnknown !== true
      ? view.publishedOn.value
      : null;
  return readMaintenance(view.text, published, state.today, !announcesMaintenance(view.title));
}

function writeLinksOf(links: readonly PageLink[]): PageSummary['writeLinks'] {
  const found = new Map<string, { name: string; url: string }>();
  for (const { name, url } of links) {
    if (
      url !== null &&
      (isConsultName(name) || /^(我要)?(写信|提交|留言|发信|在线(提交|填写|留言))/u.test(name))
    )
      found.set(pageKey(url), { name, url });
  }
  return [...found.values()].slice(0, 20);
}
