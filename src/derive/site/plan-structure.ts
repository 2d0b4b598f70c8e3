import type { CrawlRequest } from '../../domain/crawl.ts';
import type { StandardKind } from '../../domain/facts/structure-facts.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import { addDays } from '../../lib/pure/dates.ts';
import { encodeQuery } from '../structure/encode-query.ts';
import { nameKind } from '../structure/name-kind.ts';
import { personName } from '../structure/read-leaders.ts';
import { policyKey } from '../structure/read-policy.ts';
import { PRIORITY } from './limits.ts';
import { type PageLink, pageKey } from './page-links.ts';
import type { ItemSummary, PageSummary } from './page-summary.ts';
import type { Read } from './plan-requests.ts';
import type { SectionNode, SiteState } from './site-state.ts';
import type { AskedPolicy } from './structure-state.ts';

/** A search engine may lag behind: an article of the last week that it does not know is no failure. */
const INDEXED_DAYS = 7;
const ANSWERED_OPENED = 2;
const TITLE_MIN = 8;
const TITLE_MAX = 40;

/** What only the structure needs, asked on the way through the site; nothing for a `plain` reader. */
export function askStructure(
  state: SiteState,
  node: SectionNode | null,
  read: Read,
): readonly CrawlRequest[] {
  if (state.options.structure !== 'full') return [];
  return [
    ...askSearch(state, read.summary),
    ...askFigures(state, read.links),
    ...askAnswered(state, read.summary),
    ...(node ? askOfSection(state, node, read) : []),
  ];
}

function askOfSection(state: SiteState, node: SectionNode, read: Read): readonly CrawlRequest[] {
  const kind = standardKindOf(state, node);
  if (kind === 'policy' || kind === 'interpretation') return askPolicies(state, kind, read.summary);
  if (kind === 'leaders') return askLeaders(state, read);
  if (kind === 'survey') return askSurveys(state, read.summary);
  return kind === 'service' || isGuideOf(state, node) ? askForms(state, read.summary) : [];
}

/** The guides of a service section are often met as its sub-sections, each under the name of its item. */
function isGuideOf(state: SiteState, node: SectionNode): boolean {
  const parent = state.sections.get(node.parentKey ?? '');
  return parent !== undefined && standardKindOf(state, parent) === 'service';
}

/** What a section's name (or a person) says of it while the walk is under way; its content is read later. */
function standardKindOf(state: SiteState, node: SectionNode): StandardKind {
  return state.options.overrides?.get(node.key) ?? nameKind(node.name).kind;
}

const ownItems = (summary: PageSummary): readonly ItemSummary[] =>
  summary.lists.filter((list) => !list.aside && !list.hidden).flatMap((list) => list.items);

/** One request with the title of an article that is old enough to be indexed. */
function askSearch(state: SiteState, summary: PageSummary): readonly CrawlRequest[] {
  const form = searchFormOf(state);
  if (state.structure.search !== null || form?.template == null) return [];
  if (state.scope(form.template) === 'external') return [];
  const until = addDays(state.today, -INDEXED_DAYS);
  const known = ownItems(summary).find(
    ({ title, url, date }) =>
      url !== null &&
      mayRead(state, url) &&
      title.length >= TITLE_MIN &&
      !/…|\.{3}$/u.test(title) &&
      date !== null &&
      date.yearUnknown !== true &&
      date.value <= until,
  );
  if (!known) return [];
  const title = known.title.slice(0, TITLE_MAX);
  const requestUrl = `${form.template}${encodeQuery(title, form.charset)}`;
  state.structure.search = {
    form,
    title,
    articleKey: pageKey(known.url!),
    requestUrl,
    answer: null,
  };
  return state.ask(requestUrl, 'search', aboutRequest(state, title, PRIORITY.search));
}

/** The search form of the home page or of the frames that make it up. */
export function searchFormOf(state: SiteState) {
  const pages = [state.homeKey, ...state.homeParts].flatMap((key) => state.page(key) ?? []);
  return pages.map((page) => page.structure.search).find((search) => search !== null) ?? null;
}

const aboutRequest = (state: SiteState, name: string, priority: number, level = 2) => ({
  name: cutText(name, 60),
  ownerUrl: state.homeUrls.at(-1) ?? null,
  level,
  priority,
});

function askPolicies(
  state: SiteState,
  side: AskedPolicy['side'],
  summary: PageSummary,
): readonly CrawlRequest[] {
  const max = side === 'policy' ? state.limits.policyPages : state.limits.interpretationPages;
  const requests: CrawlRequest[] = [];
  for (const { title, url, date } of ownItems(summary)) {
    const count = [...state.structure.policies.values()].filter(
      (each) => each.side === side,
    ).length;
    if (count >= max) break;
    if (url === null || !mayRead(state, url)) continue;
    const on = date !== null && date.yearUnknown !== true ? date.value : null;
    requests.push(...askPolicy(state, { title, url, date: on, side }));
  }
  return requests;
}

/** A page of this site that can be read as text: not a document. */
const mayRead = (state: SiteState, url: string): boolean =>
  state.scope(url) === 'same' &&
  !state.sections.has(pageKey(url)) &&
  !/\.(pdf|docx?|xlsx?|zip|rar|wps|jpe?g|png|gif|mp4)$/iu.test(new URL(url).pathname);

function askPolicy(state: SiteState, policy: Omit<AskedPolicy, 'key'>): readonly CrawlRequest[] {
  const key = pageKey(policy.url);
  if (state.structure.policies.has(key)) return [];
  state.structure.policies.set(key, { key, ...policy });
  return state.ask(policy.url, 'article', aboutRequest(state, policy.title, PRIORITY.policy));
}

/** The file that an interpretation links to, and the interpretation that a file links to, so that both ways are known. */
export function askCounterparts(
  state: SiteState,
  key: string,
  summary: PageSummary,
): readonly CrawlRequest[] {
  const own = state.structure.policies.get(key);
  const policy = summary.structure.policy;
  if (!own || !policy) return [];
  const side = own.side === 'policy' ? 'interpretation' : 'policy';
  return policy.links.flatMap(({ name, url }) => {
    const room = state.structure.counterparts < state.limits.counterpartPages;
    if (!room || !isCounterpart(side, name, own.title) || !mayRead(state, url)) return [];
    if (state.structure.policies.has(pageKey(url))) return [];
    state.structure.counterparts += 1;
    return askPolicy(state, { title: name, url, date: null, side });
  });
}

/** Whether words of a link on a file's (an interpretation's) page promise the other one. */
export function isCounterpart(side: AskedPolicy['side'], name: string, ownTitle: string): boolean {
  const says = /解读|图解|读懂|答记者问/u.test(name);
  if (side === 'interpretation') return says;
  if (says) return false;
  const [link, own] = [policyKey(name), policyKey(ownTitle)];
  return (
    (link.length >= 8 && (own.includes(link) || link.includes(own))) ||
    /^(相关|政策|文件)?(原文|文件|政策文件|政策原文|文件原文)/u.test(name) ||
    /[〔[]20\d{2}[〕\]]\s?\d{1,4}号/u.test(name)
  );
}

/** Pages of single leaders: links whose words are a person's name, or hold one of those read on the page. */
function askLeaders(state: SiteState, { links, summary }: Read): readonly CrawlRequest[] {
  const people = summary.structure.people.map(({ name }) => name);
  return links.flatMap(({ name, url }) => {
    if (url === null || name.length > 30 || !mayRead(state, url) || state.isHome(url)) return [];
    const bare = name.replace(/\s/gu, '');
    const person = personName(name) || people.find((each) => bare.includes(each));
    const key = pageKey(url);
    if (!person || state.structure.leaders.has(key)) return [];
    if (state.structure.leaders.size >= state.limits.leaderPages) return [];
    state.structure.leaders.set(key, { url, name: person });
    return state.ask(url, 'article', aboutRequest(state, name, PRIORITY.leader));
  });
}

function askSurveys(state: SiteState, summary: PageSummary): readonly CrawlRequest[] {
  return ownItems(summary).flatMap(({ title, url }) => {
    if (url === null || !mayRead(state, url)) return [];
    const { surveys } = state.structure;
    if (surveys.has(pageKey(url)) || surveys.size >= state.limits.surveyPages) return [];
    surveys.add(pageKey(url));
    return state.ask(url, 'article', aboutRequest(state, title, PRIORITY.survey));
  });
}

const FIGURES = /(办件|办事|服务|事项|审批|办理|留言|信件|来信|咨询|互动|诉求|受理).{0,4}统计/u;

/** Whether a name promises figures about services or letters. */
export const isFigures = (name: string): boolean => FIGURES.test(name);

/** Links to pages of figures, wherever they stand; those that are sections are read as such. */
function askFigures(state: SiteState, links: readonly PageLink[]): readonly CrawlRequest[] {
  return links.flatMap(({ name, url }) => {
    if (url === null || name.length > 16 || !FIGURES.test(name) || !mayRead(state, url)) return [];
    const { statistics } = state.structure;
    const key = pageKey(url);
    if (statistics.has(key) || statistics.size >= state.limits.statisticsPages) return [];
    statistics.set(key, { url, name });
    return state.ask(url, 'article', aboutRequest(state, name, PRIORITY.statistics));
  });
}

/** A board whose rows say that they were answered and not when: two letters tell whether their pages do. */
function askAnswered(state: SiteState, summary: PageSummary): readonly CrawlRequest[] {
  if (summary.board.length === 0 || summary.board.some(({ repliedOn }) => repliedOn !== null))
    return [];
  return summary.board
    .filter(({ answered, url }) => answered === true && url !== null && mayRead(state, url))
    .slice(0, ANSWERED_OPENED)
    .flatMap(({ title, url, askedOn }) => {
      const key = pageKey(url!);
      if (state.messages.has(key)) return [];
      state.messages.set(key, {
        key,
        url: url!,
        title,
        ownerKey: pageKey(summary.url),
        date: askedOn,
      });
      return state.ask(url!, 'message', aboutRequest(state, title, PRIORITY.message));
    });
}

/** First bytes of the forms that a guide's page offers. */
export function askForms(state: SiteState, summary: PageSummary): readonly CrawlRequest[] {
  if (state.options.structure !== 'full') return [];
  const offered = summary.structure.forms.flatMap(({ name, url }) =>
    url === null ? [] : [{ name, url }],
  );
  const requests: CrawlRequest[] = [];
  for (const { name, url } of offered) {
    const key = pageKey(url);
    if (state.structure.forms.has(key)) continue;
    const room =
      requests.length < state.limits.formsPerGuide &&
      state.structure.forms.size < state.limits.forms;
    if (!room || state.scope(url) === 'external') {
      state.structure.formsLeftOut += 1;
      continue;
    }
    state.structure.forms.set(key, { url, answer: null });
    requests.push(...state.ask(url, 'attachment', aboutRequest(state, name, PRIORITY.form)));
  }
  return requests;
}
