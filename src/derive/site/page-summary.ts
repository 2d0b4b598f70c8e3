import type { FetchOutcome } from '../../domain/crawl.ts';
import type { FooterView, FoundDate } from '../../domain/site-facts.ts';
import type { GuidelineReading } from '../guideline/read-guideline.ts';
import type { PageStructure } from '../structure/page-structure.ts';
import type { MessagePage, MessageReading } from './read-board.ts';
import type { FormReading } from './read-form.ts';
import type { GuideReading } from './read-guide.ts';
import type { NoticeReading } from './read-maintenance.ts';

export interface ItemSummary {
  readonly title: string;
  /** Null for an item without link. */
  readonly url: string | null;
  readonly date: FoundDate | null;
}

export interface ListSummary {
  readonly items: readonly ItemSummary[];
  readonly hidden: boolean;
  /** Stands beside the page's own content (side bar, 热点推荐). */
  readonly aside: boolean;
  readonly itemCount: number;
}

/** What is kept of a page after its DOM was dropped. */
export interface PageSummary {
  /** After redirects. */
  readonly url: string;
  readonly outcome: FetchOutcome;
  readonly status: number | null;
  readonly reason: string;
  readonly snapshot: string | null;
  readonly title: string;
  readonly lists: readonly ListSummary[];
  /** One article or single page, not a list. */
  readonly isArticle: boolean;
  readonly publishedOn: FoundDate | null;
  readonly needsRender: boolean;
  /** Read after its scripts had run in a browser; null when as it was sent. */
  readonly rendered: 'whole' | 'partly' | null;
  readonly isQuery: boolean;
  /** The page says that it has no content (暂无内容 …). */
  readonly emptyNotice: string | null;
  /** A static list container without items and without any sign of items by script. */
  readonly emptyList: boolean;
  readonly textLength: number;
  /** Characters of its own text that stand in whole sentences: menus and notices have none. */
  readonly proseLength: number;
  readonly forms: FormReading;
  readonly board: readonly MessageReading[];
  readonly message: MessagePage | null;
  readonly guides: readonly GuideReading[];
  readonly footer: FooterView | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly notices: readonly NoticeReading[];
  /** Null for a page that did not come, and for what is no page (scripts, data). */
  readonly guideline: GuidelineReading | null;
  /** Keys of frames and data files whose content belongs to this page. */
  readonly parts: readonly string[];
  /** Frames or data were left out by a limit. */
  readonly partsLeftOut: boolean;
  readonly structure: PageStructure;
  /** Links to places where a message can be written, found on this page. */
  readonly writeLinks: readonly { readonly name: string; readonly url: string }[];
}
