import type { FoundDate, NewestItem } from '../../domain/site-facts.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { isArticleUrl, pageKey } from './page-links.ts';
import type { ItemSummary, ListSummary, PageSummary } from './page-summary.ts';
import type { SiteState } from './site-state.ts';

/** An item with the date that counts for it: its own, else the one on its page. */
export interface DatedItem {
  readonly item: ItemSummary;
  readonly date: FoundDate | null;
  /** Its own page was read (and gave the date, or none). */
  readonly pageRead: boolean;
}

const isFull = (date: FoundDate | null): date is FoundDate =>
  date !== null && date.yearUnknown !== true;

/** Dates of items, by the order of page-patterns §1 rule 2. Dates after the monitoring date are no updates. */
export function dateItems(state: SiteState, items: readonly ItemSummary[]): readonly DatedItem[] {
  return items.map((item) => {
    if (isFull(item.date) && item.date.value <= state.today)
      return { item, date: item.date, pageRead: false };
    const page = item.url === null ? undefined : state.page(pageKey(item.url));
    const pageRead = page?.outcome === 'ok' && !page.needsRender;
    const date = pageRead ? page.publishedOn : null;
    return { item, date: isFull(date) && date.value <= state.today ? date : null, pageRead };
  });
}

/** Dated items, newest first, as evidence. */
export function newestFirst(
  items: readonly DatedItem[],
  snapshot: string | null,
  pageUrl: string,
): readonly NewestItem[] {
  return items
    .flatMap(({ item, date }) =>
      date ? [{ date, title: cutText(item.title, 200), url: item.url ?? pageUrl, snapshot }] : [],
    )
    .sort((one, other) =>
      one.date.value < other.date.value ? 1 : one.date.value > other.date.value ? -1 : 0,
    );
}

/** The later of two newest items. */
export function laterOf(one: NewestItem | null, other: NewestItem | null): NewestItem | null {
  if (!one || !other) return one ?? other;
  return other.date.value > one.date.value ? other : one;
}

/** Whether the item's date has still to be found on its own page. */
export function lacksDate(item: ItemSummary, today: CalendarDate): boolean {
  return !isFull(item.date) || item.date.value > today;
}

/** Items of lists, each address once. */
export function itemsOf(lists: readonly ListSummary[]): readonly ItemSummary[] {
  const seen = new Set<string>();
  return lists
    .flatMap((list) => list.items)
    .filter((item) => {
      const key = `${item.url ?? ''} ${item.url === null ? item.title : ''}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/** Items that are information, not entries: an undated link to a known section is a menu in the shape of a list. */
export function informationOf(
  state: SiteState,
  lists: readonly ListSummary[],
): readonly ItemSummary[] {
  return itemsOf(lists).filter(
    (item) =>
      item.date !== null ||
      item.url === null ||
      (!state.sections.has(pageKey(item.url)) && !state.isHome(item.url)),
  );
}

/** Longest name that an undated item may have and still be taken for a section in the shape of a list item. */
const MAX_ENTRY_NAME = 10;

/** Pages that a page lists as information or letters: no sections, whatever words their titles have. */
export function articleKeys(page: PageSummary): ReadonlySet<string> {
  const items = page.lists
    .flatMap((list) => list.items)
    .filter(
      ({ url, date, title }) =>
        url !== null && (date !== null || isArticleUrl(url) || title.length > MAX_ENTRY_NAME),
    );
  return new Set(
    [...items, ...page.board].flatMap(({ url }) => (url === null ? [] : [pageKey(url)])),
  );
}

/** Lists of a page and of the frames and data files that belong to it. */
export function listsWithParts(state: SiteState, page: PageSummary): readonly ListSummary[] {
  const parts = page.parts.map((key) => state.page(key)).filter((part) => part?.outcome === 'ok');
  return [...page.lists, ...parts.flatMap((part) => part!.lists)];
}

/** Why the parts of a page do not tell everything, or null when all were read. */
export function partsMissing(state: SiteState, page: PageSummary): string | null {
  if (page.partsLeftOut) return '内容在站外框架中，或子框架、数据文件过多未全部读取';
  const unread = page.parts
    .map((key) => state.page(key))
    .find((part) => part === undefined || part.outcome !== 'ok');
  if (unread === undefined && page.parts.every((key) => state.page(key) !== undefined)) return null;
  return unread?.reason || '内容所在的子框架或数据文件未能读取';
}
