import type { CrawlRequest } from '../../domain/crawl.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import { addDays, addMonths, type CalendarDate } from '../../lib/pure/dates.ts';
import {
  isChannelHub,
  isConsultName,
  isExcludedBoardName,
  isSpecialChannelName,
  KNOWN_NAME,
  soundsLikeLetter,
} from './classify-name.ts';
import { isServicePlatform, mayBeGuide } from './derive-services.ts';
import { PRIORITY } from './limits.ts';
import { lacksDate } from './newest-items.ts';
import { folderOf, isArticleUrl, type PageLink, pageKey } from './page-links.ts';
import type { ItemSummary, ListSummary, PageSummary } from './page-summary.ts';
import { announcesMaintenance } from './read-maintenance.ts';
import type { SectionNode, SiteState } from './site-state.ts';

/** A list with a date this recent needs no look at its articles: the strictest window of the standard is two weeks. */
const FRESH_DAYS = 14;
/** Messages asked longer ago than this are outside the year that the rule looks at. */
const LOOKBACK_MONTHS = 12;

/** A page as just read: its summary, and its links, which are not kept. */
export interface Read {
  readonly links: readonly PageLink[];
  readonly summary: PageSummary;
}

/** A request for a section's page, by its place and how much its kind matters. */
export function askSection(state: SiteState, node: SectionNode): readonly CrawlRequest[] {
  if (node.scope === 'external' || state.sectionPagesAsked >= state.limits.sectionPages) return [];
  const request = state.ask(node.url, roleOf(node), {
    name: node.name,
    ownerUrl: node.url,
    level: node.level,
    priority: priorityOf(node),
  });
  state.sectionPagesAsked += request.length;
  return request;
}

const roleOf = (node: SectionNode): CrawlRequest['role'] =>
  node.kind === 'interaction' ? 'channel' : 'section';

function priorityOf(node: SectionNode): number {
  if (node.level === 1) return PRIORITY.firstLevel;
  if (isConsultName(node.name)) return PRIORITY.channel;
  if (node.kind === 'service') return PRIORITY.service;
  if (node.level === 2)
    return node.confidence >= KNOWN_NAME ? PRIORITY.knownSecondLevel : PRIORITY.secondLevel;
  return PRIORITY.thirdLevel;
}

/** Article pages for items whose list gives no date: only when no dated item is fresh already. */
export function askArticles(
  state: SiteState,
  lists: readonly ListSummary[],
  about: {
    readonly ownerKey: string;
    readonly ownerUrl: string;
    readonly limit: number;
    readonly priority: number;
    readonly level: number;
  },
): readonly CrawlRequest[] {
  const fresh = addDays(state.today, -FRESH_DAYS);
  const isFresh = (item: ItemSummary): boolean =>
    !lacksDate(item, state.today) && item.date!.value >= fresh;
  if (lists.some((list) => list.items.some(isFresh))) return [];
  const requests: CrawlRequest[] = [];
  const room = Math.min(about.limit, state.limits.articlePages - state.articles.size);
  for (const item of inTurns(
    lists.map((list) => list.items.filter((item) => isAskable(state, item))),
  )) {
    if (requests.length >= room) break;
    const asked = state.ask(item.url!, 'article', {
      name: cutText(item.title, 60),
      ownerUrl: about.ownerUrl,
      level: about.level,
      priority: about.priority,
    });
    if (asked.length === 0) continue;
    const key = pageKey(item.url!);
    state.articles.set(key, { key, url: item.url!, title: item.title, ownerKey: about.ownerKey });
    requests.push(...asked);
  }
  return requests;
}

/** Two or three articles of the home page, for what every article must carry (底部要素、页面标签). */
export function askSampleArticles(
  state: SiteState,
  { lists }: PageSummary,
): readonly CrawlRequest[] {
  const requests: CrawlRequest[] = [];
  for (const { url, title } of inTurns(lists.map(({ items }) => items))) {
    if (requests.length >= state.limits.sampleArticles) break;
    if (url === null || state.scope(url) !== 'same' || !isArticleUrl(url) || FILE.test(url))
      continue;
    const about = { name: cutText(title, 60), ownerUrl: null, level: 1 };
    requests.push(...state.ask(url, 'article', { ...about, priority: PRIORITY.sampleArticle }));
  }
  return requests;
}

const FILE = /\.(pdf|docx?|xlsx?|zip|rar|wps|jpe?g|png|gif|mp4)$/iu;

const isAskable = (state: SiteState, item: ItemSummary): boolean =>
  item.url !== null &&
  lacksDate(item, state.today) &&
  state.scope(item.url) === 'same' &&
  !FILE.test(item.url);

/** First of every list, then second of every list …: the newest-looking items of a page. */
function* inTurns<T>(groups: readonly (readonly T[])[]): Generator<T> {
  const longest = Math.max(0, ...groups.map((group) => group.length));
  for (let at = 0; at < longest; at += 1) {
    for (const group of groups) {
      const item = group[at];
      if (item !== undefined) yield item;
    }
  }
}

/** Words that links without words carry in their address. */
const CHANNEL_ADDRESS =
  /(^|[/._-])(zixun|zxzx|liuyan|xinxiang|xjxx|jzxx|szxx|wenzheng|hudong|hdjl|message|consult|mailbox|guestbook|wyxx|lyb)([/._-]|\d|$)/iu;

/** Links that promise a way to consult, wherever they stand on the page; asks for their pages. */
export function askChannels(
  state: SiteState,
  { links, summary }: Read,
  hop: number,
): readonly CrawlRequest[] {
  const requests: CrawlRequest[] = [];
  const titles = new Set([...summary.board.map(({ url }) => url), ...longItems(summary)]);
  for (const link of links) {
    if (titles.has(link.url)) continue;
    const name = link.name || link.title;
    const byAddress =
      name === '' && link.url !== null && CHANNEL_ADDRESS.test(new URL(link.url).pathname);
    const special = isSpecialChannelName(name) && name.length <= 12;
    const longer =
      hop > 0 &&
      /^(我要)?(写信|提交|留言|发信|提问|投诉|建议|在线(提交|填写|留言|咨询|提问))/u.test(name) &&
      name.length <= 10;
    if (link.url === null || state.isHome(link.url)) continue;
    if (!byAddress && !special && !isConsultName(name) && !longer) continue;
    if (isArticleUrl(link.url) && name.length > 8) continue;
    requests.push(...askChannel(state, { name, url: link.url, special, hop }));
  }
  return requests;
}

/** Items of content lists are articles and letters, whatever words their titles have; short ones may be entries. */
function longItems(summary: PageSummary): readonly (string | null)[] {
  const items = summary.lists.flatMap((list) => list.items);
  return items
    .filter((item) => item.date !== null || item.title.length > 8)
    .map((item) => item.url);
}

function askChannel(
  state: SiteState,
  link: { name: string; url: string; special: boolean; hop: number },
): readonly CrawlRequest[] {
  const key = pageKey(link.url);
  if (state.channels.has(key)) return [];
  if (state.channels.size >= state.limits.channelPages * 2) {
    state.channelsLeftOut += 1;
    return [];
  }
  const scope = state.scope(link.url);
  state.channels.set(key, { key, ...link, scope });
  if (scope !== 'same' || link.special) return [];
  const opened = [...state.channels.values()].filter(
    (other) => state.asked.get(other.key) === 'channel',
  ).length;
  if (opened >= state.limits.channelPages) return [];
  return state.ask(link.url, 'channel', {
    name: link.name,
    ownerUrl: link.url,
    level: 1,
    priority: PRIORITY.channel,
  });
}

/** Guides listed on a service page: items of its lists, and links of its own area that look like items. */
export function askGuides(
  state: SiteState,
  node: SectionNode,
  page: PageSummary,
  links: readonly PageLink[],
): readonly CrawlRequest[] {
  const items = page.lists.flatMap((list) =>
    list.items.flatMap((item) => (item.url === null ? [] : [{ title: item.title, url: item.url }])),
  );
  const loose = links.flatMap(({ name, url }) =>
    url !== null && name.length >= 4 && isItemUrl(node, url) ? [{ title: name, url }] : [],
  );
  // A form to fill in (申请表.doc) belongs to the guide that offers it.
  const forms = new Set(
    page.structure.forms.flatMap(({ url }) => (url === null ? [] : pageKey(url))),
  );
  const requests: CrawlRequest[] = [];
  for (const { title, url } of [...items, ...loose]) {
    const key = pageKey(url);
    if (forms.has(key)) continue;
    if (state.guides.has(key) || state.sections.has(key) || !mayBeGuide(title) || state.isHome(url))
      continue;
    if (state.scope(url) === 'external' && !isServicePlatform(url)) continue;
    if (state.guides.size >= state.limits.guidePages) {
      state.guidesLeftOut += 1;
      continue;
    }
    state.guides.set(key, { key, url, title, ownerKey: node.key });
    if (state.scope(url) !== 'same') continue;
    requests.push(
      ...state.ask(url, 'guide', {
        name: cutText(title, 60),
        ownerUrl: node.url,
        level: node.level + 1,
        priority: PRIORITY.guide,
      }),
    );
  }
  return requests;
}

/** An address below the service section, of one article, or on a service platform. */
function isItemUrl(node: SectionNode, url: string): boolean {
  const folder = folderOf(node.url);
  const below =
    folder !== '/' &&
    folderOf(url).startsWith(folder) &&
    pageKey(url) !== node.key &&
    !/[?&](page|p)=|index_\d/iu.test(url);
  return below || isArticleUrl(url) || isServicePlatform(url);
}

/** Message pages for rows that do not say whether they were answered; the oldest that still count go first. */
export function askMessages(
  state: SiteState,
  owner: { key: string; url: string; name: string },
  page: PageSummary,
): readonly CrawlRequest[] {
  if (isExcludedBoardName(owner.name)) return [];
  const since = addMonths(state.today, -LOOKBACK_MONTHS);
  const rows = page.board.filter(
    (row) =>
      row.url !== null &&
      (row.answered === null || row.askedOn === null) &&
      (row.askedOn ?? since) >= since,
  );
  const listed = page.board.length > 0 ? [] : listedLetters(owner.name, page, since);
  const wanted = [
    ...rows.map((row) => ({ url: row.url!, title: row.title, date: row.askedOn })),
    ...listed,
  ];
  wanted.sort((one, other) => ((one.date ?? '') < (other.date ?? '') ? -1 : 1));
  return wanted.flatMap(({ url, title, date }) => {
    const key = pageKey(url);
    if (
      state.messages.has(key) ||
      state.messages.size >= state.limits.messagePages ||
      state.scope(url) === 'external'
    )
      return [];
    state.messages.set(key, { key, url, title, ownerKey: owner.key, date });
    return state.ask(url, 'message', {
      name: cutText(title, 60),
      ownerUrl: owner.url,
      level: 2,
      priority: PRIORITY.message,
    });
  });
}

/** The page of a group (互动交流) shows other lists too: there a title must sound like a letter's. */
function listedLetters(
  owner: string,
  page: PageSummary,
  since: CalendarDate,
): ReturnType<typeof datedLinks> {
  const links = datedLinks(page, since);
  return isChannelHub(owner) ? links.filter(({ title }) => soundsLikeLetter(title)) : links;
}

function datedLinks(
  page: PageSummary,
  since: CalendarDate,
): readonly { url: string; title: string; date: CalendarDate }[] {
  return page.lists
    .flatMap((list) => list.items)
    .flatMap(({ url, title, date }) =>
      url !== null && date !== null && date.yearUnknown !== true && date.value >= since
        ? [{ url, title, date: date.value }]
        : [],
    );
}

/** Articles whose titles announce maintenance. */
export function askMaintenance(state: SiteState, page: PageSummary): readonly CrawlRequest[] {
  const items = page.lists
    .flatMap((list) => list.items)
    .filter((item) => item.url !== null && announcesMaintenance(item.title));
  return items.flatMap(({ url, title }) => {
    const key = pageKey(url!);
    if (
      state.maintenance.has(key) ||
      state.maintenance.size >= state.limits.maintenancePages ||
      state.scope(url!) !== 'same'
    )
      return [];
    state.maintenance.set(key, { key, url: url!, title, ownerKey: state.homeKey });
    return state.ask(url!, 'article', {
      name: cutText(title, 60),
      ownerUrl: page.url,
      level: 2,
      priority: PRIORITY.maintenance,
    });
  });
}
