/**
 * How a page leads to something: `page` by a link a reader follows (also `<link rel=next>`, an image map, a meta refresh),
 * `frame` by a frame, `image`, `asset` (style, script, media, object), `form` by a form's action.
 */
export type LinkKind = 'page' | 'frame' | 'image' | 'asset' | 'form';

export interface ScannedLink {
  readonly kind: LinkKind;
  /** As written, references resolved and blanks around it removed; not yet an absolute address. */
  readonly href: string;
  /** What a reader sees of an `<a>`: its words, else the alt of its picture, else its title; '' for everything else. */
  readonly text: string;
  /** Read from a script (`onclick`, `javascript:`): likely, not certain. Never a ground for a finding by itself. */
  readonly guessed?: true;
}

/** What one pass over a page's markup yields. */
export interface ScannedPage {
  /** Of the first `<title>`, white space folded. */
  readonly title: string;
  /** href of the first `<base>` that has one. */
  readonly baseHref: string | null;
  readonly links: readonly ScannedLink[];
  /** Lower-cased name or property → content, the first of each. */
  readonly metas: ReadonlyMap<string, string>;
  /** The words of the page without scripts, styles and templates: blocks on lines of their own, blanks folded. */
  readonly text: string;
  /** Contents of the scripts that stand in the page itself, in order. */
  readonly scripts: readonly string[];
  /** Names of the limits that were hit (`SCAN_LIMITS`): behind them nothing was read. */
  readonly hitLimits: readonly ScanLimit[];
}

export const SCAN_LIMITS = {
  /** Characters of markup; the longest real page seen has 2 million. */
  characters: 8_000_000,
  /** Links of a page; a large portal's home page has about 800, an archive of many years in one page some ten thousand. */
  links: 200_000,
  /** Characters of visible text. */
  text: 2_000_000,
  /** Meta tags. */
  metas: 200,
  /** Scripts in the page itself. */
  scripts: 200,
  /** Attributes of one tag (markup-reader.ts). */
  attributes: 256,
} as const;
export type ScanLimit = keyof typeof SCAN_LIMITS;

/** A link's words are a name: the rest of a block that somebody forgot to close is not. */
export const LINK_TEXT_MAX = 200;
/** Browsers and servers refuse longer addresses; data: addresses of pictures run to megabytes. */
export const HREF_MAX = 4_096;
