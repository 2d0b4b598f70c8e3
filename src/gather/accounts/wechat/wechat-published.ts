import type { PublishedItem } from '../../../domain/account-facts.ts';
import {
  addDays,
  type CalendarDate,
  daysBetween,
  type Instant,
  isCalendarDate,
  shanghaiDate,
} from '../../../lib/pure/dates.ts';
import type { WechatRefusal } from './wechat-answer.ts';
import type { WechatApi, WechatClient } from './wechat-client.ts';
import { actionOf } from './wechat-errors.ts';

/** First day of the platform's statistics. */
const FIRST_DAY = '2014-12-01';
const PAGE_COUNT = 20;
/** A day allows 100 pages (§2.7); so a list is read four times a day, as §2.7 advises, with at most so many pages each time. */
const PAGES_MAX = 25;

export interface Refusal {
  readonly api: string;
  readonly errcode: number;
  readonly message: string;
}

/** One article as an interface shows it; what that interface does not tell is null. */
export interface PublishedRow extends PublishedItem {
  /** Unlike any other article's of the account, the same at every visit. */
  readonly itemId: string;
  readonly publishedAt: Instant | null;
  /** Published without notice to followers. */
  readonly quiet: boolean | null;
  readonly deleted: boolean;
  /** What comments are asked by: `msg_data_id` and the article's place in the publication, from 0. */
  readonly comments: { readonly msgDataId: string; readonly index: number } | null;
  /** Whether readers may comment. */
  readonly opensComments: boolean | null;
  /** Persons, from publication to the newest statistics. */
  readonly readers: number | null;
  readonly sharers: number | null;
  readonly likers: number | null;
  readonly commentCount: number | null;
}

/** Rows of a span; `complete` = every day of it was answered, and every row could be read. */
interface SpanAnswer {
  readonly rows: readonly PublishedRow[];
  readonly complete: boolean;
  readonly undated: number;
  readonly refusal: Refusal | null;
}

/**
 * getarticletotaldetail over [from, to], newest days first; a span that is too long is halved, and the client remembers how many
 * days are taken at once. A search stops at the newest span that has a row, and where only `keepCalls` of the budget are left for others.
 */
export async function readTotalDetail(
  client: WechatClient,
  { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
  search: { readonly keepCalls: number } | null = null,
): Promise<SpanAnswer> {
  const rows: PublishedRow[] = [];
  let [complete, undated] = [true, 0];
  let span = client.spanDays ?? Number.POSITIVE_INFINITY;
  for (let end = to; end >= from; ) {
    const isOver = search && (rows.length > 0 || client.exchange.budgetLeft <= search.keepCalls);
    if (isOver) return { rows, complete: false, undated, refusal: null };
    const asked = Math.min(span, daysBetween(from, end) + 1);
    const begin = addDays(end, 1 - asked);
    const answer = await client.call('getarticletotaldetail', { begin_date: begin, end_date: end });
    if (!answer.ok && actionOf(answer.errcode) === 'split-span' && asked > 1) {
      span = Math.ceil(asked / 2);
      client.learnSpan(span);
      continue;
    }
    if (!answer.ok)
      return {
        rows,
        complete: false,
        undated,
        refusal: refusalOf('getarticletotaldetail', answer),
      };
    const read = readRows(answer.data.list);
    // Statistics that are late, or that cannot be read, may miss a publication: they prove no silence.
    if (isTrue(answer.data.is_delay) || !read.readable) complete = false;
    undated += read.undated;
    rows.push(...read.rows);
    end = addDays(begin, -1);
  }
  return { rows, complete, undated, refusal: null };
}

/** Looks back for the newest publication before `before`, newest first. */
export async function lookBack(
  client: WechatClient,
  before: CalendarDate,
  keepCalls: number,
): Promise<readonly PublishedRow[]> {
  const span = { from: FIRST_DAY, to: addDays(before, -1) };
  return (await readTotalDetail(client, span, { keepCalls })).rows;
}

/** `readable` = there is a list and every row of it has a date. */
function readRows(list: unknown): { rows: PublishedRow[]; readable: boolean; undated: number } {
  if (!Array.isArray(list)) return { rows: [], readable: false, undated: 0 };
  const rows = list.flatMap((each: unknown) => readDetailRow(recordOf(each)));
  return { rows, readable: rows.length === list.length, undated: list.length - rows.length };
}

function readDetailRow(row: Readonly<Record<string, unknown>>): PublishedRow[] {
  const publishedOn = readDay(row.ref_date);
  if (publishedOn === null) return [];
  const id = String(row.msgid ?? '');
  const [, msgDataId, order] = /^(.+)_(\d{1,3})$/.exec(id) ?? [];
  const newest = newestDetail(row.detail_list);
  return [
    {
      itemId: id === '' ? `${publishedOn} ?` : id,
      publishedOn,
      publishedAt: null,
      title: typeof row.title === 'string' ? row.title : `群发或发布 ${id}`,
      url: typeof row.url === 'string' ? row.url : '',
      quiet: row.publish_type === undefined ? null : Number(row.publish_type) === 1,
      deleted: false,
      comments: readCommentKey(msgDataId ?? id, order),
      opensComments: null,
      readers: readCount(newest.read_user),
      sharers: readCount(newest.share_user),
      likers: readCount(newest.like_user),
      commentCount: readCount(newest.comment_count),
    },
  ];
}

/** `_1` behind `msg_data_id` is the first article (§2.3); comments count from 0. */
function readCommentKey(msgDataId: string, order: string | undefined): PublishedRow['comments'] {
  if (msgDataId === '') return null;
  return { msgDataId, index: Math.max(0, Number(order ?? 1) - 1) };
}

/** Statistics of the latest day; each day's are cumulative from publication. */
function newestDetail(list: unknown): Readonly<Record<string, unknown>> {
  const days = Array.isArray(list) ? list.map(recordOf) : [];
  return days.reduce<Readonly<Record<string, unknown>>>(
    (newest, day) => (String(day.stat_date) >= String(newest.stat_date ?? '') ? day : newest),
    {},
  );
}

/** `2020-09-17` as documented, also without hyphens or with a time behind it; null when it is no day. */
function readDay(value: unknown): CalendarDate | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?!\d)/.exec(String(value ?? ''));
  const day = match ? `${match[1]}-${match[2]}-${match[3]}` : '';
  return isCalendarDate(day) ? day : null;
}

/** The list of what was published without notice, deleted articles among it and marked. */
interface QuietList {
  readonly rows: readonly PublishedRow[];
  /** Every page was read and every item has a date. */
  readonly whole: boolean;
  readonly undated: number;
  readonly refusal: Refusal | null;
}

/**
 * freepublish/batchget. Order is not promised, so all pages are read; of a list longer than {@link PAGES_MAX} pages those at both
 * ends, where the newest are in either order, and it is not whole then.
 */
export async function readQuietList(client: WechatClient): Promise<QuietList> {
  const rows = new Map<string, PublishedRow>();
  let [undated, read] = [0, 0];
  let pages: readonly number[] = [0];
  let whole = true;
  for (; read < pages.length; read += 1) {
    const answer = await client.call('freepublish/batchget', {
      offset: pages[read]! * PAGE_COUNT,
      count: PAGE_COUNT,
      no_content: 1,
    });
    if (!answer.ok) {
      const refused = refusalOf('freepublish/batchget', answer);
      return { rows: [...rows.values()], whole: false, undated, refusal: refused };
    }
    const items: readonly unknown[] = Array.isArray(answer.data.item) ? answer.data.item : [];
    if (read === 0) {
      const total = readCount(answer.data.total_count);
      whole = total !== null && total <= PAGES_MAX * PAGE_COUNT && Array.isArray(answer.data.item);
      pages = pagesOf(total ?? 0);
    } else if (items.length === 0) whole = false;
    for (const item of items) {
      const articles = readQuietItem(recordOf(item));
      if (articles === null) undated += 1;
      for (const row of articles ?? []) rows.set(row.itemId, row);
    }
  }
  return { rows: [...rows.values()], whole: whole && undated === 0, undated, refusal: null };
}

function pagesOf(total: number): readonly number[] {
  const count = Math.max(1, Math.ceil(total / PAGE_COUNT));
  const all = Math.min(count, PAGES_MAX);
  const first = Math.ceil(all / 2);
  return Array.from({ length: all }, (_, index) => (index < first ? index : count - all + index));
}

/** The articles of one publication; null when it has no date. */
function readQuietItem(item: Readonly<Record<string, unknown>>): PublishedRow[] | null {
  const content = recordOf(item.content);
  const seconds = Number(content.create_time ?? item.update_time);
  if (!(seconds > 0) || seconds > SECONDS_MAX) return null;
  const news = Array.isArray(content.news_item) ? content.news_item.map(recordOf) : [];
  // What was published without its articles being told is something published all the same.
  const articles = news.length > 0 ? news : [{}];
  const publishedAt = new Date(seconds * 1000).toISOString();
  return articles.map((article: Readonly<Record<string, unknown>>, index) => ({
    itemId: `${String(item.article_id ?? seconds)}_${index + 1}`,
    publishedOn: shanghaiDate(publishedAt),
    publishedAt,
    title: String(article.title ?? ''),
    url: String(article.url ?? ''),
    quiet: true,
    // Both spellings are met (§2.2), as booleans and as numbers.
    deleted: isTrue(article.is_deleted) || isTrue(article.is_delete),
    comments: null,
    opensComments:
      article.need_open_comment === undefined ? null : isTrue(article.need_open_comment),
    readers: null,
    sharers: null,
    likers: null,
    commentCount: null,
  }));
}

/** The end of the year 9999: what lies beyond is no date. */
const SECONDS_MAX = 253_402_300_799;

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const isTrue = (value: unknown): boolean =>
  value === true || value === 1 || value === '1' || value === 'true';

function readCount(value: unknown): number | null {
  const count = Number(value ?? Number.NaN);
  return Number.isSafeInteger(count) && count >= 0 ? count : null;
}

export function refusalOf(api: WechatApi, { errcode, message }: WechatRefusal): Refusal {
  return { api, errcode, message };
}
