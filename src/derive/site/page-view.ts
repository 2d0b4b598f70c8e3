import type { Document } from 'domhandler';
import type { FooterView, FoundDate } from '../../domain/site-facts.ts';
import type { TextRun } from './linear-text.ts';
import type { ListSummary } from './page-summary.ts';

/** What the reader of a site needs of one page while its DOM is at hand. */
export interface PageView {
  /** After redirects. */
  readonly url: string;
  /** As the bytes really are, not as they are declared. */
  readonly charset: string;
  readonly document: Document;
  readonly title: string;
  /** Content lists in document order. */
  readonly lists: readonly ListSummary[];
  readonly isArticle: boolean;
  readonly publishedOn: FoundDate | null;
  readonly needsRender: boolean;
  readonly isQuery: boolean;
  readonly emptyNotice: string | null;
  readonly emptyList: boolean;
  /** Frames that show content, absolute. */
  readonly frames: readonly string[];
  /** Data files and interfaces from which the list is filled, absolute. */
  readonly dataUrls: readonly string[];
  /** Where the page sends the visitor by itself (meta refresh, script). */
  readonly redirect: string | null;
  readonly footer: FooterView;
  /** Scripts of the same site that may write the footer, absolute. */
  readonly scripts: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** The page's own text, without its frame, as runs and as lines. */
  readonly runs: readonly TextRun[];
  readonly text: string;
}
