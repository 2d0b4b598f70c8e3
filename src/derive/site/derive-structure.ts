import type { Fact } from '../../domain/fact.ts';
import { absent, observed, unobserved } from '../../domain/fact.ts';
import type {
  Activity,
  BoardsView,
  GuideForm,
  GuideFormsView,
  SearchView,
  StatisticsView,
  SurveysView,
} from '../../domain/facts/structure-facts.ts';
import type { BoardMessage, ChannelView, ServicesView } from '../../domain/site-facts.ts';
import { addMonths, type CalendarDate } from '../../lib/pure/dates.ts';
import { nameKind } from '../structure/name-kind.ts';
import { titleKind } from '../structure/title-kind.ts';
import { homeTooPoor, homeUnread } from './derive-home.ts';
import type { TreeNode } from './derive-tree.ts';
import { dateItems } from './newest-items.ts';
import { pageKey } from './page-links.ts';
import type { PageSummary } from './page-summary.ts';
import { isFigures, searchFormOf } from './plan-structure.ts';
import type { SiteState } from './site-state.ts';

/** Chinese reason why something that no section was found for may exist all the same; null when every place was seen. */
export function seenWhole(state: SiteState, tree: readonly TreeNode[]): string | null {
  const poor = homeTooPoor(state);
  if (poor !== null) return poor;
  if (state.sectionsLeftOut > 0) return `栏目过多，${state.sectionsLeftOut} 个未读取`;
  const unseen = tree.find(
    ({ section }) =>
      section.level === 1 &&
      !section.gone &&
      section.kind !== 'external' &&
      (section.content === 'unobserved' || section.content === 'script'),
  );
  return unseen ? `栏目“${unseen.section.name}”${unseen.section.reason ?? '未能读取'}` : null;
}

export const named = (tree: readonly TreeNode[]): readonly { name: string; url: string }[] =>
  tree.map(({ section: { name, url } }) => ({ name, url }));

const incomplete = (reason: string | null) => ({
  complete: reason === null,
  ...(reason === null ? {} : { incompleteReason: reason }),
});

const FAILED_STATUS = 500;

/** The site's search and what came of trying it. */
export function deriveSearch(state: SiteState): Fact<SearchView> {
  const unread = homeUnread(state);
  if (unread !== null) return unobserved(unread);
  const form = searchFormOf(state);
  if (!form) {
    const poor = homeTooPoor(state);
    return poor === null ? absent : unobserved(poor);
  }
  const external = state.scope(form.url) === 'external';
  const asked = state.structure.search;
  const about = {
    ...{ url: form.url, external, title: asked?.title ?? null },
    resultUrl: asked?.answer?.url ?? null,
    sorted: asked?.answer?.result?.sorted ?? false,
    snapshot: asked?.answer?.snapshot ?? null,
  };
  const untested = (reason: string): Fact<SearchView> =>
    observed({ ...about, outcome: 'untested', reason });
  if (form.template === null) return untested(form.reason ?? '搜索由脚本提交');
  if (external) return untested('搜索在站外');
  if (state.options.structure !== 'full') return untested('本次没有试搜');
  if (!asked) return untested('没有找到发布一周以上、可用来试搜的稿件');
  const { answer } = asked;
  if (!answer || answer.outcome === 'refused' || answer.outcome === 'blocked')
    return untested(answer?.reason || '搜索没有得到回应');
  if (
    answer.outcome === 'http-error' &&
    (answer.status ?? 0) < FAILED_STATUS &&
    answer.status !== 404
  )
    return untested(answer.reason || '搜索没有得到回应');
  if (answer.outcome !== 'ok')
    return answer.status === null
      ? untested(answer.reason || '搜索没有得到回应')
      : observed({ ...about, outcome: 'failed', reason: answer.reason });
  const outcome = answer.result?.outcome ?? 'unclear';
  if (outcome === 'unclear') return untested('结果页看不出搜到没有（可能由脚本写入）');
  return observed({ ...about, outcome });
}

/** Guides with the forms that they offer, and whether these open. */
export function deriveGuideForms(
  state: SiteState,
  services: Fact<ServicesView>,
): Fact<GuideFormsView> {
  if (services.state !== 'observed') return services;
  if (state.options.structure !== 'full') return unobserved('本次没有打开办事指南的表格');
  const { guides, complete, incompleteReason } = services.value;
  const views = guides.map(({ title, url, missing, snapshot }) => ({
    ...{ title, url, missing, snapshot },
    forms: (state.page(pageKey(url))?.structure.forms ?? []).map((form) => formView(state, form)),
  }));
  const unseen = views.flatMap(({ forms }) => forms.filter((form) => form.state === 'unobserved'));
  const reason = !complete
    ? (incompleteReason ?? '办事指南没有看全')
    : unseen.length > 0
      ? `${unseen.length} 份表格没有打开`
      : null;
  return observed({ guides: views, ...incomplete(reason) });
}

function formView(
  state: SiteState,
  { name, url, byScript }: PageSummary['structure']['forms'][number],
): GuideForm {
  if (url === null)
    return byScript
      ? { name, url, state: 'unobserved', reason: '由脚本下载，静态页面看不出地址' }
      : { name, url, state: 'missing', reason: '列出了名称，没有下载链接' };
  const answer = state.structure.forms.get(pageKey(url))?.answer ?? null;
  if (!answer) return { name, url, state: 'unobserved', reason: '未打开（超出本次读取上限）' };
  if (answer.outcome === 'http-error') return { name, url, state: 'broken', reason: answer.reason };
  if (answer.outcome !== 'ok')
    return { name, url, state: 'unobserved', reason: answer.reason || '未能打开' };
  return answer.whyBroken === null
    ? { name, url, state: 'opens' }
    : { name, url, state: 'broken', reason: answer.whyBroken };
}

/** Blocks of figures on every page that was read for them. */
export function deriveStatistics(
  state: SiteState,
  tree: readonly TreeNode[],
): Fact<StatisticsView> {
  const unread = homeUnread(state);
  if (unread !== null) return unobserved(unread);
  const pages = new Map<string, { name: string; page: PageSummary }>();
  const add = (key: string, name: string): void => {
    const page = state.page(key);
    if (page?.outcome === 'ok') pages.set(pageKey(page.url), { name, page });
  };
  for (const [key, { name }] of state.structure.statistics) add(key, name);
  for (const { node, section } of tree) add(node.key, section.name);
  for (const key of [state.homeKey, ...state.homeParts]) add(key, '首页');
  const blocks = [...pages.values()].flatMap(({ name, page }) =>
    page.structure.statistics.map((block) => ({
      ...block,
      name,
      url: page.url,
      snapshot: page.snapshot,
    })),
  );
  return observed({ blocks, ...incomplete(whyFiguresUnseen(state, tree, blocks)) });
}

/** Chinese reason why figures that were not found may be published all the same; null when every place was seen. */
function whyFiguresUnseen(
  state: SiteState,
  tree: readonly TreeNode[],
  blocks: StatisticsView['blocks'],
): string | null {
  if (state.options.structure !== 'full') return '本次没有打开统计数据的页面';
  const names = [
    ...[...state.structure.statistics.values()].map(({ name }) => name),
    ...tree.flatMap(({ section }) => (/统计/u.test(section.name) ? section.name : [])),
  ];
  const unread = names.find((name) => {
    const about = /留言|信件|来信|咨询|互动|诉求/u.test(name) ? 'messages' : 'service';
    return isFigures(name) && !blocks.some((block) => block.about === about);
  });
  if (unread !== undefined) return `“${unread}”页面没有认出数据`;
  const outside = tree.find(
    ({ section, node }) => section.kind === 'external' && nameKind(node.name).kind === 'service',
  );
  if (outside) return `“${outside.section.name}”在站外平台，没有看`;
  return seenWhole(state, tree);
}

const ACTIVITIES_MAX = 50;
const YEAR_MONTHS = 12;

/** Surveys and interviews of the last year, with the way to take part. */
export function deriveSurveys(state: SiteState, tree: readonly TreeNode[]): Fact<SurveysView> {
  const of = (kind: string): readonly TreeNode[] =>
    tree.filter(({ section }) => section.kind === kind);
  const [surveys, interviews] = [of('survey'), of('interview')];
  const sections = [...surveys, ...interviews];
  const whole = seenWhole(state, tree);
  if (sections.length === 0)
    return whole === null ? absent : unobserved(`没有认出征集调查、在线访谈栏目，${whole}`);
  const since = addMonths(state.today, -YEAR_MONTHS);
  const recent = (nodes: readonly TreeNode[]) => activitiesOf(state, nodes, since);
  const [asked, talked] = [recent(surveys), recent(interviews)];
  const unread = sections.find(
    ({ section }) => section.content === 'unobserved' || section.content === 'script',
  );
  const reason = unread
    ? `栏目“${unread.section.name}”${unread.section.reason ?? '未能读取'}`
    : null;
  return observed({
    sections: named(sections),
    surveys: asked.dated.slice(0, ACTIVITIES_MAX),
    interviews: talked.dated.slice(0, ACTIVITIES_MAX),
    surveysLastYear: asked.dated.length,
    interviewsLastYear: talked.dated.length,
    undated: asked.undated + talked.undated,
    way: wayOf(state, surveys),
    ...incomplete(reason),
  });
}

/** Activities since a day, each address once; news that a section of surveys also lists are none. */
function activitiesOf(
  state: SiteState,
  nodes: readonly TreeNode[],
  since: CalendarDate,
): { dated: readonly Activity[]; undated: number } {
  const dated = new Map<string, Activity>();
  let undated = 0;
  for (const { items } of nodes) {
    for (const { item, date } of dateItems(state, items)) {
      if (item.url === null || /结果|反馈|采纳情况/u.test(item.title)) continue;
      if (titleKind(item.title) === 'policy') continue;
      if (date === null) undated += 1;
      else if (date.value >= since)
        dated.set(pageKey(item.url), { title: item.title, url: item.url, date: date.value });
    }
  }
  const newestFirst = [...dated.values()].sort((one, other) => (one.date! < other.date! ? 1 : -1));
  return { dated: newestFirst, undated };
}

/** The best way that any page of a survey offers; null when none was read, or when those read show none: a script may. */
function wayOf(state: SiteState, surveys: readonly TreeNode[]): SurveysView['way'] {
  const own = [...state.structure.surveys].flatMap((key) => state.page(key) ?? []);
  const read = own.filter(({ outcome }) => outcome === 'ok');
  const isOnline = (page: PageSummary | undefined): boolean =>
    page?.outcome === 'ok' && (page.forms.canWrite || page.structure.way === 'online');
  if (read.some(isOnline) || surveys.some(({ page }) => isOnline(page))) return 'online';
  const isWhole = read.length > 0 && read.length === own.length;
  return isWhole && read.every(({ structure }) => structure.way === 'email') ? 'email' : null;
}

/** What the public boards print of their messages. */
export function deriveBoards(
  state: SiteState,
  tree: readonly TreeNode[],
  channels: Fact<ChannelView>,
): Fact<BoardsView> {
  if (channels.state !== 'observed') return channels;
  const { messages, complete, incompleteReason } = channels.value;
  const boards = tree.filter(
    ({ page, section }) => section.kind !== 'external' && (page?.board.length ?? 0) > 0,
  );
  const rows = boards.flatMap(({ page }) => page?.board ?? []);
  const latest = (dates: readonly (CalendarDate | null)[]): CalendarDate | null =>
    dates.reduce(
      (best, date) => (date !== null && (best === null || date > best) ? date : best),
      null,
    );
  if (messages.length === 0 && rows.length === 0)
    return complete ? absent : unobserved(incompleteReason ?? '没有看到公开的留言');
  const answered = messages.filter((message) => message.answered);
  return observed({
    boards: named(boards),
    messages: Math.max(messages.length, rows.length),
    showsAskedOn: [...messages, ...rows].some(({ askedOn }) => askedOn !== null),
    showsRepliedOn: showsRepliedOn(state, answered),
    newestAskedOn: latest([...messages, ...rows].map(({ askedOn }) => askedOn)),
    newestRepliedOn: latest([...messages, ...rows].map(({ repliedOn }) => repliedOn)),
    ...incomplete(complete ? null : (incompleteReason ?? null)),
  });
}

/** A list that says only that a letter was answered leaves the time to the letter's own page: unknown until one was read. */
function showsRepliedOn(state: SiteState, answered: readonly BoardMessage[]): boolean | null {
  if (answered.some(({ repliedOn }) => repliedOn !== null)) return true;
  const isRead = answered.some(({ url }) => state.page(pageKey(url))?.message?.answered === true);
  return isRead ? false : null;
}
