import { addDays, type CalendarDate, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import {
  type EvidenceLevel,
  SOURCE_POSTS_MAX,
  type SourceKind,
  type SourcePost,
  type SourceRefusal,
  type SourceView,
} from './account-sources.ts';

/** An item as a source lists it, perhaps without a readable date. */
export type SourceItem = Omit<SourcePost, 'publishedOn'> & {
  readonly publishedOn: CalendarDate | null;
};

export interface SourceReading {
  readonly kind: SourceKind;
  readonly level: EvidenceLevel;
  readonly items: readonly SourceItem[];
  readonly monitoredAt: Instant;
  /** Days that were read without a gap; null when the source never shows everything. */
  readonly complete: { readonly from: CalendarDate; readonly to: CalendarDate } | null;
  readonly refused?: readonly SourceRefusal[];
}

/**
 * What a reading shows until the monitoring time. The newest item is the newest by date: a pinned old one stands first and
 * is not newer for it, and one that is both pinned and newest is an update like any other.
 */
export function viewSource(reading: SourceReading): SourceView {
  const { kind, level, complete, refused = [] } = reading;
  const lastDay = shanghaiDate(reading.monitoredAt);
  const items = withoutRepeats(reading.items);
  const dated = items.filter((item): item is SourcePost => item.publishedOn !== null);
  const past = dated.filter((item) => item.publishedOn <= lastDay).sort(newestFirst);
  const living = (all: readonly SourceItem[]): number => all.filter((each) => !each.deleted).length;
  const newest = past.find((item) => !item.deleted) ?? null;
  const known = complete && unbroken(complete, past);
  return {
    kind,
    level,
    newest: newest && { title: newest.title, url: newest.url, publishedOn: newest.publishedOn },
    posts: past.slice(0, SOURCE_POSTS_MAX),
    itemCount: living(items),
    completeFrom: known?.from ?? null,
    completeTo: known?.to ?? null,
    futureItems: living(dated) - living(past),
    undatedItems: living(items) - living(dated),
    refused,
  };
}

/**
 * The view beside what was seen of the same source before: an item that it showed then and does not show now, although it
 * still shows everything of that day, was taken back afterwards.
 */
export function rememberPosts(view: SourceView, seen: readonly SourcePost[]): SourceView {
  const { completeFrom: from, completeTo: to } = view;
  if (from === null || to === null) return view;
  const shown = new Set(view.posts.map((post) => post.itemId));
  // Of a view that holds no more posts, the last day shown may not be whole, and earlier ones were left out.
  const lastShown = view.posts.length < SOURCE_POSTS_MAX ? null : view.posts.at(-1)!.publishedOn;
  const isCovered = (on: CalendarDate): boolean =>
    on >= from && on <= to && (lastShown === null || on > lastShown);
  const gone = seen
    .filter((post) => !shown.has(post.itemId) && isCovered(post.publishedOn))
    .map((post) => ({ ...post, deleted: true }));
  if (gone.length === 0) return view;
  const posts = [...view.posts, ...gone].sort(newestFirst).slice(0, SOURCE_POSTS_MAX);
  const known = unbroken({ from, to }, gone);
  return { ...view, posts, completeFrom: known?.from ?? null, completeTo: known?.to ?? null };
}

/**
 * An item that was taken back was an update when it was published, so the days up to it were not silent: what a source
 * leaves of them is no longer everything. Only the days after it are.
 */
function unbroken(
  complete: { readonly from: CalendarDate; readonly to: CalendarDate },
  posts: readonly SourcePost[],
): { readonly from: CalendarDate; readonly to: CalendarDate } | null {
  const from = posts.reduce(
    (first, post) =>
      post.deleted && post.publishedOn >= first ? addDays(post.publishedOn, 1) : first,
    complete.from,
  );
  return from > complete.to ? null : { from, to: complete.to };
}

/** Pages of a list that grows while it is read overlap, and bridges repeat ids: of the same id the latest date counts. */
function withoutRepeats(items: readonly SourceItem[]): readonly SourceItem[] {
  const byId = new Map<string, SourceItem>();
  for (const item of items) {
    const known = byId.get(item.itemId);
    if (!known || (known.publishedOn ?? '') < (item.publishedOn ?? '')) byId.set(item.itemId, item);
  }
  return [...byId.values()];
}

function newestFirst(a: SourcePost, b: SourcePost): number {
  const [left, right] = [a.publishedAt ?? a.publishedOn, b.publishedAt ?? b.publishedOn];
  if (a.publishedOn !== b.publishedOn) return a.publishedOn < b.publishedOn ? 1 : -1;
  return left === right ? 0 : left < right ? 1 : -1;
}
