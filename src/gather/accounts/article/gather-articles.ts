import { NO_COUNTS, type SourceRefusal } from '../../../domain/account-sources.ts';
import { observed, unobserved } from '../../../domain/fact.ts';
import { type SourceItem, viewSource } from '../../../domain/view-source.ts';
import type { Fetcher } from '../../../lib/node/http/create-fetcher.ts';
import { cutText } from '../../../lib/pure/cut-text.ts';
import { type Instant, shanghaiDate } from '../../../lib/pure/dates.ts';
import type { ReceivedResponse } from '../../../lib/pure/received-response.ts';
import { NO_ANSWER } from '../platform-errors.ts';
import { type SourceGathered, type SourceStanding, WORKING } from '../source-gathered.ts';
import { type ArticleReading, readArticle, type WechatArticle } from './read-article.ts';

/** Who an article has to be of; what is not known is null. */
export interface ArticleAccount {
  readonly biz: string | null;
  readonly ghId: string | null;
  readonly name: string;
}

export interface GatherArticlesInput {
  /** Links to articles, newest found first. */
  readonly links: readonly string[];
  readonly account: ArticleAccount;
  readonly monitoredAt: Instant;
  readonly fetcher: Fetcher;
}

/** The platform's host, and names below .test, which nobody can own (RFC 6761): a simulated platform has one. */
const ARTICLE_HOST = /^mp\.weixin\.(?:qq\.com|[a-z0-9.-]{1,60}\.test)$/;
const LINK_MAX = 300;
const NAME_MAX = 100;
/** Links of one account that are opened in one visit. */
const LINKS_MAX = 20;
const PAGE_BYTES_MAX = 8 * 1024 * 1024;
const PAGE_LIMIT_MS = 20_000;
/** After a verification wall the platform is left alone for six hours: asking on makes it last. */
const BARRED_MS = 6 * 3_600_000;

interface Gathering {
  readonly items: SourceItem[];
  readonly refused: SourceRefusal[];
  readonly received: ReceivedResponse[];
  calls: number;
  barredAt: Instant | null;
  shownName: string | null;
}

/**
 * Opens the articles that links found elsewhere lead to (level C). What they show counts; that no newer link was found proves
 * nothing. At a verification wall it stops.
 */
export async function gatherArticles(input: GatherArticlesInput): Promise<SourceGathered> {
  const state: Gathering = {
    items: [],
    refused: [],
    received: [],
    calls: 0,
    barredAt: null,
    shownName: null,
  };
  const links = [...new Set(input.links)];
  for (const link of links.slice(0, LINKS_MAX)) {
    await openLink(input, link, state);
    if (state.barredAt !== null) break;
  }
  const left = links.length - LINKS_MAX;
  if (left > 0)
    state.refused.push(
      refusalOf('', `还有 ${left} 个文章链接没有打开：已达 ${LINKS_MAX} 个的上限`),
    );
  const { items, refused, received, calls } = state;
  const standing = standingOf(state);
  const rest = { received, calls, standing, shownName: state.shownName };
  if (items.length === 0) {
    const said = refused[0]?.message ?? '没有文章链接';
    return { ...rest, fact: unobserved(`文章链接没有给出数据：${said}。请由人工观察这个账号。`) };
  }
  const { monitoredAt } = input;
  const view = viewSource({
    kind: 'article',
    level: 'C',
    items,
    monitoredAt,
    complete: null,
    refused,
  });
  return { ...rest, fact: observed(view) };
}

async function openLink(input: GatherArticlesInput, link: string, state: Gathering): Promise<void> {
  const { account } = input;
  if (!isArticleLink(link)) {
    state.refused.push(refusalOf(link, '不是公众号文章的链接'));
    return;
  }
  const result = await input.fetcher.fetch(link, {
    timeoutMs: PAGE_LIMIT_MS,
    maxBytes: PAGE_BYTES_MAX,
  });
  state.calls += 1;
  state.received.push(...result.received);
  if (result.kind === 'error' || result.truncated || result.status >= 400) {
    const why = result.kind === 'error' ? result.message : `返回 ${result.status} 或没有读全`;
    state.refused.push(refusalOf(link, `文章打不开：${why}`));
    return;
  }
  // A redirect may lead to the verification page, or out of the platform.
  const reading = isOwnHost(result.url)
    ? readArticle(Buffer.from(result.body).toString('utf8'))
    : ({ kind: 'unreadable', reason: '链接跳转到了别的网站', isBarred: false } as const);
  take(link, reading, account, state);
  if (reading.kind === 'unreadable' && reading.isBarred) state.barredAt = result.happenedAt;
}

function take(
  link: string,
  reading: ArticleReading,
  account: ArticleAccount,
  state: Gathering,
): void {
  if (reading.kind !== 'article') {
    state.refused.push(refusalOf(link, reading.reason));
    return;
  }
  const { article } = reading;
  if (isOf(article, account)) {
    state.items.push(itemOf(link, article));
    if (article.nickname) state.shownName = cutText(article.nickname.trim(), NAME_MAX);
  } else {
    const whose = article.nickname ?? article.ghId ?? article.biz ?? '';
    state.refused.push(refusalOf(link, `文章是别的公众号（${whose}）发布的`));
  }
}

/** By id where both are known; by the exact name where neither is. */
function isOf(article: WechatArticle, account: ArticleAccount): boolean {
  if (account.biz !== null && article.biz !== null) return account.biz === article.biz;
  if (account.ghId !== null && article.ghId !== null)
    return account.ghId.toLowerCase() === article.ghId.toLowerCase();
  return article.nickname !== null && article.nickname.trim() === account.name.trim();
}

function itemOf(link: string, article: WechatArticle): SourceItem {
  return {
    ...NO_COUNTS,
    itemId: link,
    title: article.title,
    url: link,
    publishedOn: shanghaiDate(article.publishedAt),
    publishedAt: article.publishedAt,
    quiet: null,
    original: null,
    pinned: false,
    deleted: false,
  };
}

function isOwnHost(url: string): boolean {
  return ARTICLE_HOST.test(URL.parse(url)?.hostname ?? '');
}

/** `/s/{22}` and `/s?__biz=…`; anything else on the host is a profile, a list or a picture. */
function isArticleLink(link: string): boolean {
  const url = URL.parse(link);
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    isOwnHost(link) &&
    (url.pathname === '/s' || url.pathname.startsWith('/s/'))
  );
}

function refusalOf(link: string, message: string): SourceRefusal {
  return { api: cutText(link, LINK_MAX), errcode: NO_ANSWER, message };
}

function standingOf({ barredAt }: Gathering): SourceStanding {
  if (barredAt === null) return WORKING;
  const parkUntil = new Date(Date.parse(barredAt) + BARRED_MS).toISOString();
  return { state: 'waiting', parkUntil, alarm: null };
}
