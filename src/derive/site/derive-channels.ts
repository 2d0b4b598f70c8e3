import type { Fact } from '../../domain/fact.ts';
import { observed, unobserved } from '../../domain/fact.ts';
import type { BoardMessage, Channel, ChannelView, SectionView } from '../../domain/site-facts.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import {
  isChannelHub,
  isConsultName,
  isExcludedBoardName,
  isSpecialChannelName,
} from './classify-name.ts';
import { homeTooPoor, homeUnread } from './derive-home.ts';
import { listsWithParts, partsMissing } from './newest-items.ts';
import { pageKey } from './page-links.ts';
import type { PageSummary } from './page-summary.ts';
import type { MessageReading } from './read-board.ts';
import type { ChannelLink, SiteState } from './site-state.ts';

/** Forms under these names are no way to consult. */
const OTHER_FORM =
  /申请|登录|注册|搜索|检索|查询|调查|征集|投票|评价|评议|订阅|问卷|访谈|下载|纠错|找错/u;

/** Ways to consult and the published messages with their answers. */
export function deriveChannels(
  state: SiteState,
  sections: readonly SectionView[],
): Fact<ChannelView> {
  const reason = homeUnread(state);
  if (reason !== null) return unobserved(reason);
  const named = [...state.channels.values()].map((link) => viewChannel(state, link));
  // The page of a group (互动交流) is a way to its channels, none itself.
  const channels = [
    ...formsElsewhere(state),
    ...named.filter(({ name, state: found }) => found !== 'page' || !isChannelHub(name)),
  ];
  const { messages, unread } = collectMessages(state);
  const incompleteReason = whyIncomplete(state, sections, channels);
  return observed({
    channels,
    messages,
    unreadMessages: unread,
    complete: incompleteReason === null,
    ...(incompleteReason === null ? {} : { incompleteReason }),
  });
}

function viewChannel(state: SiteState, link: ChannelLink): Channel {
  const page = state.page(link.key);
  const about = {
    name: link.name || cutText(page?.title ?? '', 30) || '（无名称）',
    url: link.url,
    special: link.special,
    snapshot: page?.snapshot ?? null,
  };
  if (link.scope !== 'same' && !page) return { ...about, state: 'external' };
  if (!page && link.special) return { ...about, state: 'page' };
  if (!page) return { ...about, state: 'unobserved', reason: '未读取（超出读取预算或上限）' };
  if (page.outcome !== 'ok')
    return { ...about, state: 'unobserved', reason: page.reason || '未能打开' };
  if (state.scope(page.url) === 'external') return { ...about, state: 'external' };
  return { ...about, ...pageState(state, link, page) };
}

function pageState(
  state: SiteState,
  link: ChannelLink,
  page: PageSummary,
): Pick<Channel, 'state' | 'reason'> {
  const pages = withParts(state, page);
  if (pages.some(({ forms }) => forms.canWrite)) return { state: 'form' };
  if (pages.some(({ board }) => board.length > 0)) return { state: 'board' };
  const lists = listsWithParts(state, page);
  if (
    isConsultName(link.name) &&
    link.name.length <= 8 &&
    !/互动|参与/u.test(link.name) &&
    lists.some((list) => list.items.length >= 3)
  )
    return { state: 'board' };
  if (page.needsRender) return { state: 'unobserved', reason: '需渲染后才能查看' };
  const missing = partsMissing(state, page);
  if (missing !== null) return { state: 'unobserved', reason: missing };
  if (pages.some(({ forms }) => forms.asksLogin))
    return { state: 'unobserved', reason: '登录后才能查看' };
  const empty = page.emptyNotice ?? (page.emptyList ? '页面没有内容' : null);
  return empty === null ? { state: 'page' } : { state: 'dead', reason: cutText(empty, 60) };
}

const withParts = (state: SiteState, page: PageSummary): readonly PageSummary[] => [
  page,
  ...page.parts.flatMap((key) => state.page(key) ?? []),
];

/** Forms that stand on the home page or on a section's page without a channel's name. */
function formsElsewhere(state: SiteState): readonly Channel[] {
  const channels: Channel[] = [];
  for (const key of [state.homeKey, ...state.homeParts]) {
    const page = state.page(key);
    if (page?.forms.canWrite)
      channels.push({
        name: '首页留言',
        url: page.url,
        special: false,
        state: 'form',
        snapshot: page.snapshot,
      });
  }
  for (const node of state.sections.values()) {
    const page = state.page(node.key);
    if (page?.outcome !== 'ok' || state.channels.has(node.key) || OTHER_FORM.test(node.name))
      continue;
    const readable = withParts(state, page);
    if (
      !readable.some(
        ({ forms, board }) => forms.canWrite || (board.length > 0 && node.kind === 'interaction'),
      )
    )
      continue;
    const special = isSpecialChannelName(node.name);
    const isForm = readable.some(({ forms }) => forms.canWrite);
    channels.push({
      name: node.name,
      url: node.url,
      special,
      state: isForm ? 'form' : 'board',
      snapshot: page.snapshot,
    });
  }
  return channels;
}

/** Chinese reason why "no channel found" would prove nothing; null when every place was seen. */
function whyIncomplete(
  state: SiteState,
  sections: readonly SectionView[],
  channels: readonly Channel[],
): string | null {
  const poor = homeTooPoor(state);
  if (poor !== null) return poor;
  if (state.channelsLeftOut > 0) return `咨询类链接过多，${state.channelsLeftOut} 个未读取`;
  const unseen = channels.find((channel) => channel.state === 'unobserved' && !channel.special);
  if (unseen) return `“${unseen.name}”${unseen.reason ?? '未能读取'}`;
  const hiding = sections.find((section) => mayHideChannel(state, section));
  if (hiding) return `栏目“${hiding.name}”${hiding.reason ?? '未能读取'}`;
  return state.sectionsLeftOut > 0 ? `栏目过多，${state.sectionsLeftOut} 个未读取` : null;
}

function mayHideChannel(state: SiteState, section: SectionView): boolean {
  if (section.content !== 'unobserved' && section.content !== 'script') return false;
  if (section.kind === 'external' || isSpecialChannelName(section.name)) return false;
  if (section.kind === 'interaction') return true;
  const gone = state.page(pageKey(section.url))?.outcome === 'http-error';
  return section.level === 1 && !gone && /^(list|channel|service|disclosure)$/u.test(section.kind);
}

/** Messages of all boards that count, at most the domain's number; `unread` = rows that told too little. */
function collectMessages(state: SiteState): { messages: readonly BoardMessage[]; unread: number } {
  const messages: BoardMessage[] = [];
  const seen = new Set<string>();
  let unread = 0;
  const rows = boardRows(state);
  const onBoards = new Set(rows.flatMap(({ row }) => (row.url === null ? [] : pageKey(row.url))));
  for (const { row, page } of [...rows, ...listedLetters(state, onBoards)]) {
    const id = `${row.url ?? ''} ${row.title} ${row.askedOn ?? ''}`;
    if (seen.has(id)) continue;
    seen.add(id);
    const message = completeMessage(state, row, page);
    if (message && messages.length < state.limits.messages) messages.push(message);
    else unread += 1;
  }
  return { messages, unread };
}

/** Letters that a plain list of titles and dates led to: only pages that say that they are letters. */
function listedLetters(state: SiteState, onBoards: ReadonlySet<string>): readonly BoardRow[] {
  return [...state.messages.values()].flatMap(({ key, url, title, date }) => {
    const page = state.page(key);
    if (onBoards.has(key) || page?.outcome !== 'ok' || page.message?.isLetter !== true) return [];
    return [{ row: { title, url, askedOn: date, repliedOn: null, answered: null }, page }];
  });
}

interface BoardRow {
  readonly row: MessageReading;
  readonly page: PageSummary;
}

function boardRows(state: SiteState): readonly BoardRow[] {
  const rows: BoardRow[] = [];
  for (const [ownerKey, name] of boardOwners(state)) {
    if (isExcludedBoardName(name)) continue;
    const keys = [ownerKey, ...(state.boardPages.get(ownerKey) ?? [])];
    for (const page of keys.flatMap((key) => state.page(key) ?? [])) {
      if (page.outcome !== 'ok') continue;
      for (const part of withParts(state, page))
        rows.push(...part.board.map((row) => ({ row, page: part })));
    }
  }
  return rows;
}

/** Pages that may carry a board, with the name that says what it is for; a section's name wins over a link's. */
export function boardOwners(state: SiteState): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const [key, link] of state.channels) owners.set(key, link.name);
  for (const node of state.sections.values()) {
    if (node.kind === 'interaction' && node.scope !== 'external') owners.set(node.key, node.name);
  }
  return owners;
}

function completeMessage(
  state: SiteState,
  row: MessageReading,
  page: PageSummary,
): BoardMessage | null {
  const own = row.url === null ? undefined : state.page(pageKey(row.url));
  const said = own?.outcome === 'ok' ? own.message : null;
  const askedOn = said?.askedOn ?? row.askedOn;
  const repliedOn = row.repliedOn ?? said?.repliedOn ?? null;
  const answered =
    repliedOn !== null
      ? true
      : (row.answered ?? said?.answered ?? (said && peersShowReplies(state) ? false : null));
  if (askedOn === null || answered === null || askedOn > state.today) return null;
  const snapshot = own?.snapshot ?? page.snapshot;
  return {
    title: row.title,
    url: row.url ?? page.url,
    askedOn,
    repliedOn: answered ? repliedOn : null,
    answered,
    snapshot,
  };
}

/** On a board whose message pages show replies, a page without any is a message without answer. */
function peersShowReplies(state: SiteState): boolean {
  return [...state.messages.keys()].some((key) => state.page(key)?.message?.replyShown === true);
}
