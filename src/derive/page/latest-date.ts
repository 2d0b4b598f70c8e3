import type { FoundDate } from '../../domain/site-facts.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { standsInFrame } from './list-role.ts';
import { isOtherDate } from './page-dates.ts';
import { asElement } from './page-dom.ts';
import type { PageKind } from './page-kind.ts';
import type { PageItem, PageList } from './page-list.ts';
import { firstAtOrAfter } from './page-text.ts';
import type { DatedPage } from './row-date.ts';

const SINGLE = new Set<PageKind>(['article', 'guide', 'service-guide']);

/**
 * Items of the lists that are the page's own: on a home page all, elsewhere not what stands beside them. An article has none: its
 * links are attachments and further reading.
 */
export function contentItems(lists: readonly PageList[], kind: PageKind): PageItem[] {
  if (SINGLE.has(kind)) return [];
  const own = lists.filter((list) => !list.aside);
  return (kind === 'home' || own.length === 0 ? lists : own).flatMap((list) => list.items);
}

/** The page's latest date (page-patterns §1): articles have one, lists the greatest of theirs, single pages none but a printed one. */
export function chooseDate(about: {
  readonly kind: PageKind;
  readonly published: FoundDate | null;
  readonly dates: readonly (FoundDate | null)[];
  readonly today: CalendarDate;
}): FoundDate | null {
  const { kind, published, dates, today } = about;
  if (kind === 'article') return published;
  // A single page whose only date stands in its address was not dated by anybody.
  if (kind === 'guide' || kind === 'service-guide')
    return published?.source === 'page-url' ? null : published;
  return latestOf(dates, today);
}

/** The greatest known date not after `today`; month-day ones only when nothing better is there. */
export function latestOf(
  dates: readonly (FoundDate | null)[],
  today: CalendarDate,
): FoundDate | null {
  let best: FoundDate | null = null;
  for (const date of dates) {
    if (!date || (!date.yearUnknown && date.value > today)) continue;
    const isBetter =
      best === null ||
      (best.yearUnknown && !date.yearUnknown) ||
      (Boolean(best.yearUnknown) === Boolean(date.yearUnknown) && date.value > best.value);
    if (isBetter) best = date;
  }
  return best;
}

const LABEL =
  /(?:发布|转办|来信|提交|回复|答复|写信|留言|受理|办结)(?:时间|日期)\s{0,2}[:：]\s{0,2}$/;

/** Dates that a home page prints behind a label outside its lists (转办时间 : 2019-01-04 in a box of letters). */
export function labelledDates({ page, dates, today }: DatedPage): FoundDate[] {
  return dates.flatMap((date) => {
    if (date.yearUnknown || date.value > today || isOtherDate(page.text, date)) return [];
    if (!LABEL.test(page.text.slice(Math.max(0, date.index - 14), date.index))) return [];
    const chunk =
      page.chunks[firstAtOrAfter(page.chunks, date.index + 1, (each) => each.start) - 1];
    const holder = asElement(chunk?.parent);
    const isSeen =
      holder !== null && !page.places.get(holder)?.hidden && !standsInFrame(page, holder);
    return isSeen ? [{ value: date.value, source: 'item' as const }] : [];
  });
}
