import type { CalendarDate } from '../../../lib/pure/dates.ts';
import type { ListForm } from './traits.ts';
import type { TitleSet } from './words.ts';

/** What the page of a section shows. */
export type SectionMode =
  | 'list'
  | 'empty' // a list without items
  | 'hub' // blocks of its children's lists
  | 'single' // one text, no list
  | 'query' // a search page that found nothing
  | 'mail' // a form with which one can ask or suggest
  | 'board' // published messages
  | 'petition' // the separate channels for petitions and discipline
  | 'meeting' // entry page of the interaction group
  | 'guides' // service guides
  | 'leaders' // people with posts, lives and duties
  | 'figures' // published numbers of services or letters
  | 'gone'; // answers 404

export const EMPTY_FORMS = [
  'bare',
  'none',
  'building',
  'updating',
  'island',
  'json',
  'paged',
] as const;
export type EmptyForm = (typeof EMPTY_FORMS)[number];

/** A section's name with the folder that it lives in. */
export type Named = readonly [name: string, slug: string];

/** Where a section stands in the plan of dates. */
export type Pace = 'news' | 'notice' | 'policy' | 'record' | 'report';

/** A list that only repeats another one's: by links to its articles, or by copies of them. */
export interface Repeats {
  readonly slug: string;
  readonly as: 'links' | 'articles';
}

/** One section (栏目) as planned. */
export interface Section {
  readonly index: number;
  readonly slug: string;
  readonly name: string;
  readonly mode: SectionMode;
  readonly pace: Pace;
  readonly titles: TitleSet;
  readonly parent: number | null;
  /** Path of its first page. */
  readonly path: string;
  /** Folder of its articles, with slashes at both ends. */
  readonly folder: string;
  readonly newest: CalendarDate;
  readonly count: number;
  readonly gapDays: number;
  readonly form: ListForm;
  readonly empty: EmptyForm;
  /** Whether the home page shows its items. */
  readonly onHome: boolean;
  readonly stale: boolean;
  readonly repeats?: Repeats;
}

/** A section before its dates and address are fixed. */
export interface SectionDraft {
  readonly slug: string;
  readonly name: string;
  readonly mode: SectionMode;
  readonly pace: Pace;
  readonly titles: TitleSet;
  /** Slug of the parent. */
  readonly under: string | null;
  /** The section must stay fresh: its group would look neglected without it. */
  readonly anchor: boolean;
  readonly repeats?: Repeats;
}
