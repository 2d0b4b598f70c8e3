import type { Element } from 'domhandler';
import type { FoundDate } from '../../domain/site-facts.ts';

/** One entry of a list. */
export interface PageItem {
  /** Whole where the page tells it (a cut title with the whole one in its tooltip), without date and marks. */
  readonly title: string;
  /** Absolute; null when the entry leads nowhere that can be read. */
  readonly url: string | null;
  /** Null when the entry and its address say none: then the entry's own page may. */
  readonly date: FoundDate | null;
  /** What the page prints as the date; '' when the date was read elsewhere. */
  readonly dateText: string;
}

/** A list as the page shows it. */
export interface PageList {
  readonly items: readonly PageItem[];
  /** `navigation`: menus, pagers, friend links: no entries of information. */
  readonly role: 'content' | 'navigation';
  /** Hidden and no pane of a tab: nobody gets to see it. */
  readonly hidden: boolean;
  /** Beside the page's own content (side bar, 热点推荐, 相关阅读). */
  readonly aside: boolean;
  /** Null for lists out of scripts. */
  readonly element: Element | null;
}

export const ITEMS_MAX = 300;
export const LISTS_MAX = 200;
