import type { AccountComment, CommentsView } from '../../../domain/account-facts.ts';
import { absent, type Fact, observed, unobserved } from '../../../domain/fact.ts';
import { cutText } from '../../../lib/pure/cut-text.ts';
import type { Instant } from '../../../lib/pure/dates.ts';
import type { WechatAnswer } from './wechat-answer.ts';
import type { WechatClient } from './wechat-client.ts';
import { actionOf, wordRefusal } from './wechat-errors.ts';
import type { PublishedRow } from './wechat-published.ts';

/** Newest articles whose comments are read; more would tell no more about whether anybody answers. */
const ARTICLES_MAX = 5;
/** 50 and more are refused (§2.3). */
const PAGE_COUNT = 49;
const PAGES_MAX = 2;
const EXCERPT_LENGTH = 100;
const COMMENTS_KEPT = 50;
/** With any number the platform tells first whether the account has comments at all. */
const NO_ARTICLE = { msgDataId: '0', index: 0 };

/** Comments under recent articles, and whether the account has comments: null = that could not be told. */
export interface ReadComments {
  readonly right: boolean | null;
  readonly fact: Fact<CommentsView>;
}

/** comment/list for the newest articles that can be named: who wrote when, and whether and when the account answered. */
export async function readComments(
  client: WechatClient,
  rows: readonly PublishedRow[],
): Promise<ReadComments> {
  const articles = rows
    .filter((row) => row.comments !== null)
    .sort((a, b) => (a.publishedOn < b.publishedOn ? 1 : -1))
    .slice(0, ARTICLES_MAX);
  if (articles.length === 0) return { ...(await askRight(client)) };
  const reader = new CommentReader(client);
  for (const article of articles) {
    const refused = await reader.read(article);
    if (refused) return refused;
  }
  return { right: true, fact: observed(reader.view(articles)) };
}

async function askRight(client: WechatClient): Promise<ReadComments> {
  const answer = await askPage(client, NO_ARTICLE, 0);
  return (
    readRefusal(answer) ?? {
      right: null,
      fact: unobserved('没有可以查看评论的文章，评论是否得到答复要由检查人员查看'),
    }
  );
}

/** What a refusal means; null when the platform went on to look for the article. */
function readRefusal(answer: WechatAnswer): ReadComments | null {
  if (answer.ok) return null;
  const action = actionOf(answer.errcode);
  if (action === 'none-there') return null;
  if (action === 'drop-capability' && answer.errcode === NO_COMMENT_RIGHT)
    return { right: false, fact: absent };
  return { right: null, fact: unobserved(`评论接口没有答复：${wordRefusal(answer)}`) };
}

/** The account has no comments (§2.6): looked at, and not there. */
const NO_COMMENT_RIGHT = 88000;

const askPage = (
  client: WechatClient,
  { msgDataId, index }: { readonly msgDataId: string; readonly index: number },
  begin: number,
): Promise<WechatAnswer> =>
  client.call('comment/list', {
    msg_data_id: Number.isSafeInteger(Number(msgDataId)) ? Number(msgDataId) : msgDataId,
    index,
    begin,
    count: PAGE_COUNT,
    type: 0,
  });

class CommentReader {
  readonly #client: WechatClient;
  readonly #comments: AccountComment[] = [];
  #total = 0;

  constructor(client: WechatClient) {
    this.#client = client;
  }

  /** Null = read, as far as there were comments and pages allow. */
  async read(article: PublishedRow): Promise<ReadComments | null> {
    let total = 0;
    for (let page = 0; page < PAGES_MAX && page * PAGE_COUNT <= total; page += 1) {
      const answer = await askPage(this.#client, article.comments!, page * PAGE_COUNT);
      if (!answer.ok) return readRefusal(answer);
      const list: readonly unknown[] = Array.isArray(answer.data.comment)
        ? answer.data.comment
        : [];
      total = Math.max(list.length, Number(answer.data.total) || 0);
      if (page === 0) this.#total += total;
      this.#comments.push(...list.flatMap(readComment));
      if (list.length < PAGE_COUNT) break;
    }
    return null;
  }

  view(articles: readonly PublishedRow[]): CommentsView {
    const newestFirst = this.#comments.sort((a, b) => (a.writtenAt < b.writtenAt ? 1 : -1));
    return {
      articles: articles.length,
      from: articles.at(-1)!.publishedOn,
      to: articles[0]!.publishedOn,
      total: this.#total,
      read: newestFirst.length,
      answered: newestFirst.filter(({ answeredAt }) => answeredAt !== null).length,
      comments: newestFirst.slice(0, COMMENTS_KEPT),
    };
  }
}

/** A comment without a time is none that can be judged by. */
function readComment(value: unknown): AccountComment[] {
  const { create_time, content, reply } = (value ?? {}) as Record<string, unknown>;
  const writtenAt = instantOf(create_time);
  if (writtenAt === null) return [];
  const answer = (reply ?? {}) as Record<string, unknown>;
  const isAnswered = typeof answer.content === 'string' && answer.content !== '';
  return [
    {
      writtenAt,
      // An answer whose time is not told is an answer all the same.
      answeredAt: isAnswered ? (instantOf(answer.create_time) ?? writtenAt) : null,
      excerpt: cutText(String(content ?? ''), EXCERPT_LENGTH),
    },
  ];
}

const SECONDS_MAX = 253_402_300_799;

function instantOf(value: unknown): Instant | null {
  const seconds = Number(value ?? Number.NaN);
  return seconds > 0 && seconds <= SECONDS_MAX ? new Date(seconds * 1000).toISOString() : null;
}
