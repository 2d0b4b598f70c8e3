import type { PublishedItem } from '../../domain/account-facts.ts';
import {
  addDays,
  type CalendarDate,
  daysBetween,
  isCalendarDate,
  shanghaiDate,
} from '../../lib/pure/dates.ts';
import type { WechatAnswer, WechatClient } from './wechat-client.ts';

/** 61501: the span is longer than the interface allows (new-media-apis §2.4). */
const SPAN_TOO_LONG = 61501;
/** First day of the platform's statistics. */
const FIRST_DAY = '2014-12-01';
const PAGE_COUNT = 20;
/** Pages of the quiet-publish list read at the most: 1,000 items. */
const PAGES_MAX = 50;

export interface Refusal {
  readonly api: string;
  readonly errcode: number;
  readonly message: string;
}

export interface PublishedRow extends PublishedItem {
  /** `msg_data_id`, when the row's msgid carries one: what comments are asked by. */
  readonly msgDataId: string | null;
}

/** Rows of a span; `complete` = every day of it was answered. */
export interface SpanAnswer {
  readonly rows: readonly PublishedRow[];
  readonly complete: boolean;
  readonly refusal: Refusal | null;
}

/**
 * getarticletotaldetail over [from, to]; a span that is too long is halved, newest half first. A search
 * stops at the newest span that has a row, and where only `keepCalls` of the client's budget are left for others.
 */
export async function readTotalDetail(
  client: WechatClient,
  from: CalendarDate,
  to: CalendarDate,
  search: { readonly keepCalls: number } | null = null,
): Promise<SpanAnswer> {
  const rows: PublishedRow[] = [];
  let complete = true;
  const waiting: { from: CalendarDate; to: CalendarDate }[] = [{ from, to }];
  for (let span = waiting.pop(); span !== undefined; span = waiting.pop()) {
    if (search && client.budgetLeft <= search.keepCalls)
      return { rows, complete: false, refusal: null };
    const answer = await client.call('/datacube/getarticletotaldetail', 'POST', {
      begin_date: span.from,
      end_date: span.to,
    });
    if (!answer.ok && answer.errcode === SPAN_TOO_LONG && span.from < span.to) {
      const middle = addDays(span.from, Math.floor(daysBetween(span.from, span.to) / 2));
      waiting.push({ from: span.from, to: middle }, { from: addDays(middle, 1), to: span.to });
      continue;
    }
    if (!answer.ok)
      return { rows, complete: false, refusal: refusalOf('getarticletotaldetail', answer) };
    if (answer.data.is_delay === true || answer.data.is_delay === 1) complete = false;
    const read = readRows(answer.data.list);
    // What cannot be read may be a publication: such an answer proves no silence.
    if (!read.readable) complete = false;
    rows.push(...read.rows);
    if (search && rows.length > 0) return { rows, complete: false, refusal: null };
  }
  return { rows, complete, refusal: null };
}

/** `readable` = there is a list and every row of it has a date. */
function readRows(list: unknown): { rows: PublishedRow[]; readable: boolean } {
  if (!Array.isArray(list)) return { rows: [], readable: false };
  const rows = list.flatMap((row: unknown) => {
    const { ref_date: refDate, msgid, title, url } = (row ?? {}) as Record<string, unknown>;
    const publishedOn = readDay(refDate);
    if (publishedOn === null) return [];
    const id = String(msgid ?? '');
    return [
      {
        publishedOn,
        title: typeof title === 'string' ? title : `群发或发布 ${id}`,
        url: typeof url === 'string' ? url : '',
        msgDataId: /^(.+)_\d+$/.exec(id)?.[1] ?? (id || null),
      },
    ];
  });
  return { rows, readable: rows.length === list.length };
}

/** `2020-09-17` as documented, also without hyphens or with a time behind it; null when it is no day. */
function readDay(value: unknown): CalendarDate | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?!\d)/.exec(String(value ?? ''));
  const day = match ? `${match[1]}-${match[2]}-${match[3]}` : '';
  return isCalendarDate(day) ? day : null;
}

/** Looks back for the newest publication before `before`, newest first. */
export function lookBack(
  client: WechatClient,
  before: CalendarDate,
  keepCalls: number,
): Promise<SpanAnswer> {
  return readTotalDetail(client, FIRST_DAY, addDays(before, -1), { keepCalls });
}

/** freepublish/batchget: items published without notifying followers. Order is not promised, so all pages are read. */
export async function readQuietList(
  client: WechatClient,
): Promise<{ rows: readonly PublishedItem[]; refusal: Refusal | null }> {
  const rows: PublishedItem[] = [];
  let total = Number.POSITIVE_INFINITY;
  for (let page = 0; page < PAGES_MAX && page * PAGE_COUNT < total; page += 1) {
    const answer = await client.call('/cgi-bin/freepublish/batchget', 'POST', {
      offset: page * PAGE_COUNT,
      count: PAGE_COUNT,
      no_content: 1,
    });
    if (!answer.ok) return { rows, refusal: refusalOf('freepublish/batchget', answer) };
    total = Number(answer.data.total_count ?? 0);
    const items = Array.isArray(answer.data.item) ? answer.data.item : [];
    if (items.length === 0) break;
    rows.push(...items.flatMap((item: unknown) => readQuietItem(item)));
  }
  return { rows, refusal: null };
}

function readQuietItem(item: unknown): PublishedItem[] {
  const { update_time: updated, content } = (item ?? {}) as {
    update_time?: unknown;
    content?: Record<string, unknown>;
  };
  const news = Array.isArray(content?.news_item)
    ? (content.news_item as Record<string, unknown>[])
    : [];
  const living = news.filter((each) => each.is_deleted !== true && each.is_delete !== true);
  // An item whose articles are all deleted does not count; one whose content was not sent cannot be told and counts.
  if (news.length > 0 && living.length === 0) return [];
  const seconds = Number(content?.create_time ?? updated);
  if (!(seconds > 0)) return [];
  const first = living[0] ?? {};
  return [
    {
      publishedOn: shanghaiDate(seconds * 1000),
      title: String(first.title ?? ''),
      url: String(first.url ?? ''),
    },
  ];
}

export function refusalOf(api: string, answer: Extract<WechatAnswer, { ok: false }>): Refusal {
  return { api, errcode: answer.errcode, message: answer.message };
}
