import type { SourceItem } from '../../../domain/view-source.ts';
import { cutText } from '../../../lib/pure/cut-text.ts';
import { shanghaiDate } from '../../../lib/pure/dates.ts';
import { asCount, asId, asRecord, type JsonRecord } from '../json-exchange.ts';

const TITLE_MAX = 60;
const URL_MAX = 500;
/** Beyond it a number of seconds is no instant (year 9999). */
const SECONDS_MAX = 253_402_300_799;

/** The works of one page; `isReadable` = the list is one, and each of it has an id and a date. */
export function readWorks(list: unknown): {
  readonly items: readonly SourceItem[];
  readonly isReadable: boolean;
} {
  if (!Array.isArray(list)) return { items: [], isReadable: false };
  const items = list.flatMap((each: unknown) => readWork(asRecord(each)) ?? []);
  const dated = items.every(({ publishedOn }) => publishedOn !== null);
  return { items, isReadable: dated && items.length === list.length };
}

function readWork(work: JsonRecord | null): SourceItem | null {
  const itemId = asId(work?.item_id);
  if (work === null || itemId === '') return null;
  const seconds = asCount(work.create_time);
  const at = seconds === null || seconds === 0 || seconds > SECONDS_MAX ? null : seconds * 1000;
  const counts = asRecord(work.statistics) ?? {};
  return {
    itemId,
    title: typeof work.title === 'string' ? cutText(work.title.trim(), TITLE_MAX) : '',
    url: typeof work.share_url === 'string' ? cutText(work.share_url, URL_MAX) : '',
    publishedOn: at === null ? null : shanghaiDate(at),
    publishedAt: at === null ? null : new Date(at).toISOString(),
    quiet: null,
    original: null,
    pinned: work.is_top === true,
    // Until it passed the review only its author sees it; then it is as good as taken back.
    deleted: work.is_reviewed === false || isWithdrawn(work.video_status),
    reads: asCount(counts.play_count),
    likes: asCount(counts.digg_count),
    recommends: null,
    comments: asCount(counts.comment_count),
    shares: sum(asCount(counts.share_count), asCount(counts.forward_count)),
  };
}

/** 2: not fit for the public; 4: under review. Public ones are 5, and older answers do not tell. */
const isWithdrawn = (status: unknown): boolean => status === 2 || status === 4;

function sum(one: number | null, other: number | null): number | null {
  return one === null && other === null ? null : (one ?? 0) + (other ?? 0);
}
