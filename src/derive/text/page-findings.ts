import type {
  PageTextFinding,
  SiteText,
  TextPlace,
  TextSeverity,
} from '../../domain/facts/text-facts.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { TextChecker } from './check-text.ts';
import { maskPersonalData } from './find-personal-data.ts';
import type { IgnoreFilter } from './ignored-wording.ts';

export interface PageToCheck {
  readonly url: string;
  /** The decoded page. */
  readonly html: string;
  /** When it was published, Asia/Shanghai; null = unknown: then dated entries and the table of posts are silent. */
  readonly publishedOn: CalendarDate | null;
  readonly home: boolean;
  readonly snapshot: string | null;
}

export interface CheckedPage {
  readonly findings: readonly PageTextFinding[];
  readonly characters: number;
  /** The page was longer than is read. */
  readonly cut: boolean;
}

/** Words around a finding that are kept, on either side. */
const AROUND = 60;
/** Findings kept of one page: a page that is wrong throughout is seen by these. */
const PAGE_FINDINGS_MAX = 50;
/** Findings kept of a site. */
export const SITE_FINDINGS_MAX = 500;

/** Checks the words of one page, and says of each finding what a person needs to look at it again. */
export function checkPage(checker: TextChecker, page: PageToCheck): CheckedPage {
  const { text, findings, places, cut } = checker.check({
    raw: page.html,
    html: true,
    at: page.publishedOn,
    home: page.home,
  });
  const kept = findings.map((finding, index): PageTextFinding => {
    const { start: _start, end: _end, ...rest } = finding;
    const { start, end, inTitle } = places[index]!;
    const place: TextPlace = inTitle ? 'title' : page.home ? 'home' : 'body';
    const isPersonal = finding.class === 'personalData';
    return {
      ...rest,
      text: isPersonal ? maskPersonalData(text.slice(start, end)) : finding.text,
      place,
      excerpt: excerptAround(text, start, end),
      url: page.url,
      pageDate: page.publishedOn,
      snapshot: page.snapshot,
    };
  });
  return { findings: worstFirst(kept).slice(0, PAGE_FINDINGS_MAX), characters: text.length, cut };
}

/** At most 200 characters on one line, personal data covered. */
function excerptAround(text: string, start: number, end: number): string {
  const from = Math.max(0, start - AROUND);
  const around = text.slice(from, Math.min(text.length, end + AROUND));
  return maskPersonalData(around).replaceAll('\n', ' ').slice(0, 200);
}

const RANK: Readonly<Record<TextSeverity, number>> = {
  veto: 0,
  serious: 1,
  ordinary: 2,
  notice: 3,
};

function worstFirst(findings: readonly PageTextFinding[]): PageTextFinding[] {
  return [...findings].sort(
    (a, b) => RANK[a.severity] - RANK[b.severity] || b.confidence - a.confidence,
  );
}

/** Puts the pages of a site together into its fact. */
export class SiteTextBuilder {
  private readonly isIgnored: IgnoreFilter;
  private readonly findings: PageTextFinding[] = [];
  private readonly foundByClass: Record<string, number> = {};
  private found = 0;
  private pages = 0;
  private characters = 0;
  private ignored = 0;
  private unread = 0;

  /** `isIgnored` = what people decided to be none: it is counted, and not found. */
  constructor(isIgnored: IgnoreFilter = () => false) {
    this.isIgnored = isIgnored;
  }

  add(page: CheckedPage): void {
    this.pages += 1;
    this.characters += page.characters;
    if (page.cut) this.unread += 1;
    for (const finding of page.findings) {
      if (this.isIgnored(finding)) {
        this.ignored += 1;
        continue;
      }
      this.found += 1;
      this.foundByClass[finding.class] = (this.foundByClass[finding.class] ?? 0) + 1;
      this.findings.push(finding);
    }
    // Twice as many are held as are kept, so that sorting is not done for every page.
    if (this.findings.length > 2 * SITE_FINDINGS_MAX)
      this.findings.splice(0, this.findings.length, ...this.worst());
  }

  /** Of equals by address: pages come in whatever order the network gives. */
  private worst(): PageTextFinding[] {
    const byAddress = this.findings.sort((a, b) => (a.url < b.url ? -1 : Number(a.url > b.url)));
    return worstFirst(byAddress).slice(0, SITE_FINDINGS_MAX);
  }

  /** `incompleteReason` = why not every page was read, in Chinese; null = all were. */
  build(
    checker: Pick<TextChecker, 'lexicons'>,
    checkedAt: Instant,
    incompleteReason: string | null,
  ): SiteText {
    const reason =
      incompleteReason ?? (this.unread > 0 ? `${this.unread} 个页面太长，只读了前面` : null);
    return {
      findings: this.worst(),
      cut: this.found > SITE_FINDINGS_MAX,
      foundByClass: this.foundByClass,
      pagesRead: this.pages,
      charactersRead: this.characters,
      ignored: this.ignored,
      lexicons: checker.lexicons,
      checkedAt,
      complete: reason === null,
      ...(reason === null ? {} : { incompleteReason: reason }),
    };
  }
}
