import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';

/** How bad a wrong expression is. `veto` = 严重表述错误 (国办秘函〔2019〕19号 part 1): only people decide that it is one. */
export type TextSeverity = 'veto' | 'serious' | 'ordinary' | 'notice';

/** Where in a page it stands: a title and a home page weigh more than the body of an article. */
export type TextPlace = 'title' | 'home' | 'body';

/** One suspected expression. Offsets count code points of the text that was given. */
export interface TextFinding {
  /** First code point, counted from 0. */
  readonly start: number;
  /** One past the last code point. */
  readonly end: number;
  /** What stands there, as written. */
  readonly text: string;
  /** What should stand there; '' when nothing can be proposed (personal data, internal marks). */
  readonly suggestion: string;
  /** `protectedName`, `expression`, `role`, `order`, `typo`, `repeated`, `date`, `documentNumber`, `punctuation`, `amount`, `personalData`, `internalMark`, or a class named by the office's lexicon. */
  readonly class: string;
  readonly severity: TextSeverity;
  /** 0–1: how sure the machine is that this is wrong. Never a reason to skip the person. */
  readonly confidence: number;
  /** Which rule found it, e.g. `lexicon:共合国`, `protected:中华人民共和国/sound`, `date`. */
  readonly rule: string;
  /** Why it is suspected, in Chinese. */
  readonly reason: string;
}

/** A finding of one page, with what a person needs to look at it again. */
export interface PageTextFinding extends Omit<TextFinding, 'start' | 'end'> {
  readonly place: TextPlace;
  /** The words around it, at most 200 characters; personal data are masked. */
  readonly excerpt: string;
  readonly url: string;
  /** Date of the page against which posts and validity were checked; null = unknown, then dated rules are silent. */
  readonly pageDate: CalendarDate | null;
  readonly snapshot: string | null;
}

/** What the text check of a site found. Every finding is suspected, until a person says so (DESIGN law 6). */
export interface SiteText {
  /** Suspected expressions, worst first, at most 500 (`cut` says whether more were found). */
  readonly findings: readonly PageTextFinding[];
  readonly cut: boolean;
  /** How many were found by class, also those that were cut. */
  readonly foundByClass: Readonly<Record<string, number>>;
  readonly pagesRead: number;
  readonly charactersRead: number;
  /** Findings left out because people decided that they are none; facts of the first version do not say. */
  readonly ignored?: number;
  /** Which lexicon versions were used, e.g. `seed@1`. */
  readonly lexicons: readonly string[];
  readonly checkedAt: Instant;
  /** Whether every page of the site was read; if false, "none found" proves nothing. */
  readonly complete: boolean;
  readonly incompleteReason?: string;
}

export interface TextFactMap {
  'site.text': SiteText;
}
