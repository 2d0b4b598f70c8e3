import type { Fact } from '../../domain/fact.ts';
import { observed, unobserved } from '../../domain/fact.ts';
import type { SectionView, ServiceGuide, ServicesView } from '../../domain/site-facts.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import { isServiceName } from './classify-name.ts';
import { homeTooPoor, homeUnread } from './derive-home.ts';
import { pageKey } from './page-links.ts';
import type { PageSummary } from './page-summary.ts';
import type { SectionNode, SiteState } from './site-state.ts';

/** Hosts and paths of service platforms (政务服务网), for links without telling words. */
const SERVICE_PLATFORM = /(^|[./-])(zwfw|zwfww|zwdt|wsbs|bsdt|banshi|spdt|xzsp)([./-]|$)/iu;
/** Titles of news about services; they are no guides. */
const NO_GUIDE =
  /通知$|公告$|公示$|通报|新闻|简报|召开|动态|信息公开(指南|制度)|公开指南|关于.{2,40}的(通知|公告|函|通告)/u;
/** A section of these names lists items (事项), so that a page of it without any label is a guide that says nothing. */
const GUIDE_SECTION = /指南|事项|须知/u;

export const isServicePlatform = (url: string): boolean =>
  SERVICE_PLATFORM.test(new URL(url).host) || SERVICE_PLATFORM.test(new URL(url).pathname);

/** Whether an item of a service section may be a guide. */
export const mayBeGuide = (title: string): boolean => title.length >= 2 && !NO_GUIDE.test(title);

/** Entries that offer services, and the guides behind them with the elements they lack. */
export function deriveServices(
  state: SiteState,
  sections: readonly SectionView[],
): Fact<ServicesView> {
  const reason = homeUnread(state);
  if (reason !== null) return unobserved(reason);
  const entries = [...state.sections.values()].filter((node) => isEntry(state, node));
  const { guides, unread, onPlatform } = collectGuides(state);
  const incompleteReason = whyIncomplete(state, sections, unread + onPlatform);
  return observed({
    entries: entries.map((node) => ({
      name: node.name,
      url: node.url,
      external: node.scope === 'external',
    })),
    guides,
    unreadGuides: unread,
    ...(onPlatform > 0 ? { platformGuides: onPlatform } : {}),
    complete: incompleteReason === null,
    ...(incompleteReason === null ? {} : { incompleteReason }),
  });
}

function isEntry(state: SiteState, node: SectionNode): boolean {
  const offers =
    node.kind === 'service' ||
    isServiceName(node.name) ||
    (node.scope === 'external' && isServicePlatform(node.url));
  if (!offers) return false;
  const page = state.page(node.key);
  return node.scope === 'external' || page === undefined || page.outcome !== 'http-error';
}

function collectGuides(state: SiteState): {
  guides: readonly ServiceGuide[];
  unread: number;
  onPlatform: number;
} {
  const guides: ServiceGuide[] = [];
  let unread = state.guidesLeftOut;
  let onPlatform = 0;
  for (const asked of state.guides.values()) {
    const page = state.page(asked.key);
    if (state.scope(page?.url ?? asked.url) === 'external') onPlatform += 1;
    else if (page?.outcome !== 'ok') unread += 1;
    else {
      const found = guidesOf(
        page,
        asked.title,
        GUIDE_SECTION.test(state.sections.get(asked.ownerKey)?.name ?? ''),
      );
      if (found === null) unread += 1;
      else guides.push(...found);
    }
  }
  for (const node of state.sections.values()) {
    const page = state.page(node.key);
    if (page?.outcome !== 'ok' || state.guides.has(node.key)) continue;
    if (page.guides.some((guide) => guide.labels >= 2))
      guides.push(...(guidesOf(page, node.name, false) ?? []));
  }
  return { guides, unread, onPlatform };
}

/** Guides of one page; null when it could not be judged (rendered, picture, attachment), [] when it is no guide. */
function guidesOf(
  page: PageSummary,
  title: string,
  listsItems: boolean,
): readonly ServiceGuide[] | null {
  if (page.needsRender || page.parts.length > 0) return null;
  const labelled = page.guides.filter((guide) => guide.labels > 0);
  const found =
    labelled.length > 0
      ? labelled
      : listsItems && page.isArticle && page.lists.length === 0
        ? page.guides.slice(0, 1)
        : [];
  if (labelled.length === 0 && found.length > 0 && page.textLength < 20) return null;
  return found.map((guide) => {
    const name = guide.title || title || page.title;
    const missing =
      name === '' ? guide.missing : guide.missing.filter((element) => element !== '事项名称');
    return { title: cutText(name, 100), url: page.url, missing, snapshot: page.snapshot };
  });
}

function whyIncomplete(
  state: SiteState,
  sections: readonly SectionView[],
  unread: number,
): string | null {
  const poor = homeTooPoor(state);
  if (poor !== null) return poor;
  if (unread > 0) return `${unread} 份办事指南未能读取`;
  const unseen = sections.find(
    (section) =>
      (section.content === 'unobserved' || section.content === 'script') &&
      (section.kind === 'service' ||
        (section.level === 1 &&
          /^(list|channel|interaction|disclosure)$/u.test(section.kind) &&
          state.page(pageKey(section.url))?.outcome !== 'http-error')),
  );
  if (unseen) return `栏目“${unseen.name}”${unseen.reason ?? '未能读取'}`;
  return state.sectionsLeftOut > 0 ? `栏目过多，${state.sectionsLeftOut} 个未读取` : null;
}
