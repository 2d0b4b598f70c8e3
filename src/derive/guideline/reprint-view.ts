import type { DesignatedItem, ReprintView } from '../../domain/facts/guideline-facts.ts';
import type { FoundDate } from '../../domain/site-facts.ts';
import { addDays, type CalendarDate, shanghaiDate } from '../../lib/pure/dates.ts';

/** A list in which a reprint could stand. */
export interface ReprintList {
  readonly name: string;
  readonly items: readonly {
    readonly title: string;
    readonly url: string | null;
    readonly date: FoundDate | null;
  }[];
}

type Reprint = ReprintView['items'][number];

const DAY_MS = 86_400_000;
/** Sections that carry what the State Council publishes, by their names. */
const CARRIES = /国务院|国办|中国政府网|中央|时政|要闻/;
/** Shorter titles are too common to be told apart. */
const TITLE_MIN = 8;

/**
 * Whether designated items (国务院重要政策信息) were reprinted within 24 hours, matched by title. Lists print days, not hours:
 * the doubt is the site's (a reprint counts from the beginning of its day). Not finding an item proves something only where a
 * section for such items was read back beyond the item's day.
 */
export function reprintView(
  designated: readonly DesignatedItem[],
  lists: readonly ReprintList[],
): ReprintView {
  const items = designated.map((item) => reprintOf(item, lists));
  return { items, complete: items.every(({ state }) => state !== 'unsure') };
}

function reprintOf(item: DesignatedItem, lists: readonly ReprintList[]): Reprint {
  const wanted = plain(item.title);
  const found = lists
    .flatMap(({ items }) => items)
    .find(({ title }) => isSameTitle(wanted, plain(title)));
  if (found) return reprinted(item, found);
  const since = shanghaiDate(item.publishedAt);
  const readBack = lists.some((list) => CARRIES.test(list.name) && reachesBefore(list, since));
  if (readBack) return { item, state: 'missing', found: null };
  const reason = '没有读到刊登此类信息的栏目，或者读到的列表没有那么早';
  return { item, state: 'unsure', found: null, reason };
}

function reprinted(item: DesignatedItem, found: ReprintList['items'][number]): Reprint {
  const known = found.date !== null && found.date.yearUnknown !== true ? found.date.value : null;
  const place = { url: found.url ?? item.url, title: found.title, on: known };
  if (known === null) return { item, state: 'unsure', found: place, reason: '转载的条目没有日期' };
  const lastDay = shanghaiDate(new Date(Date.parse(item.publishedAt) + DAY_MS).toISOString());
  return { item, state: known <= lastDay ? 'in-time' : 'late', found: place };
}

/** Titles are cut short in lists and get marks of their own. */
function isSameTitle(wanted: string, title: string): boolean {
  if (title === wanted) return true;
  if (Math.min(wanted.length, title.length) < TITLE_MIN) return false;
  return wanted.startsWith(title) || title.includes(wanted);
}

const plain = (title: string): string =>
  title
    .normalize('NFKC')
    .replace(/(?:\.{3}|…)+\s*$/u, '')
    .replace(/[\s\p{P}\p{S}]/gu, '');

function reachesBefore({ items }: ReprintList, day: CalendarDate): boolean {
  const before = addDays(day, -1);
  return items.some(({ date }) => date !== null && !date.yearUnknown && date.value <= before);
}
