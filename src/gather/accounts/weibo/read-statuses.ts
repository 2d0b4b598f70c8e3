import type { SourceItem } from '../../../domain/view-source.ts';
import { cutText } from '../../../lib/pure/cut-text.ts';
import { shanghaiDate } from '../../../lib/pure/dates.ts';
import { parseFeedDate } from '../../feeds/feed-date.ts';
import { asCount, asId, asRecord, type JsonRecord } from '../json-exchange.ts';

const TITLE_MAX = 60;

/** A post with what only Weibo tells of it. */
export interface WeiboStatus {
  readonly item: SourceItem;
  /** Whose it is; '' when the answer does not say. */
  readonly uid: string;
  /** The name that it stands under; '' when the answer does not say. */
  readonly name: string;
  /** How many follow its author now; null when the answer does not say. */
  readonly followers: number | null;
}

/**
 * The posts of one page. An element that is no post with an id is left out; `isReadable` says whether there were none of those, as
 * what cannot be read may be a publication.
 */
export function readStatuses(list: unknown): {
  readonly statuses: readonly WeiboStatus[];
  readonly isReadable: boolean;
} {
  if (!Array.isArray(list)) return { statuses: [], isReadable: false };
  const statuses = list.flatMap((each: unknown) => readStatus(asRecord(each)) ?? []);
  const dated = statuses.every(({ item }) => item.publishedOn !== null);
  return { statuses, isReadable: dated && statuses.length === list.length };
}

function readStatus(status: JsonRecord | null): WeiboStatus | null {
  // The number is beyond what JSON keeps exactly, or will be; the platform gives the same as text.
  const itemId = asId(status?.idstr) || asId(status?.mid) || asId(status?.id);
  if (status === null || itemId === '') return null;
  const at = typeof status.created_at === 'string' ? parseFeedDate(status.created_at) : null;
  return {
    uid: asId(asRecord(status.user)?.idstr) || asId(asRecord(status.user)?.id) || asId(status.uid),
    name: nameOf(asRecord(status.user)?.screen_name),
    followers: asCount(asRecord(status.user)?.followers_count),
    item: {
      itemId,
      title: titleOf(status.text),
      url: `https://m.weibo.cn/status/${encodeURIComponent(itemId)}`,
      publishedOn: at === null ? null : shanghaiDate(at),
      publishedAt: at,
      quiet: null,
      original: status.retweeted_status === undefined || status.retweeted_status === null,
      pinned: isTrue(status.isTop) || isTrue(status.is_top) || Number(status.mblogtype) === 2,
      deleted: isTrue(status.deleted) || isHidden(status.visible),
      reads: asCount(status.reads_count),
      likes: asCount(status.attitudes_count),
      recommends: null,
      comments: asCount(status.comments_count),
      shares: asCount(status.reposts_count),
    },
  };
}

/** Posts that only their author or some friends may see (visible.type 1, 3, 4) say nothing to the public. */
function isHidden(visible: unknown): boolean {
  const type = asRecord(visible)?.type;
  return type !== undefined && Number(type) !== 0;
}

const NAME_MAX = 100;
const nameOf = (name: unknown): string =>
  typeof name === 'string' ? cutText(name.trim(), NAME_MAX) : '';

const isTrue = (value: unknown): boolean => value === true || value === 1 || value === '1';

/** The first line of the text without its markup. */
function titleOf(text: unknown): string {
  if (typeof text !== 'string') return '';
  const plain = cutText(text, 2000)
    .replace(/<[^<>]{0,400}>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return cutText(plain, TITLE_MAX);
}
