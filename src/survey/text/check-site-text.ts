import type { TextChecker } from '../../derive/text/check-text.ts';
import type { IgnoreFilter } from '../../derive/text/ignored-wording.ts';
import { checkPage, SiteTextBuilder } from '../../derive/text/page-findings.ts';
import type { SiteText } from '../../domain/facts/text-facts.ts';
import type { WalkedPageWithBody } from '../../domain/walk.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { WalkResult } from '../walk/walk-tally.ts';
import { isUnread, whyNotAllRead } from './unread-pages.ts';

/** Checks the words of a walk's pages as they come, each page once. */
export class SiteTextReader {
  readonly #checker: TextChecker;
  readonly #builder: SiteTextBuilder;
  #unread = 0;

  constructor(checker: TextChecker, isIgnored: IgnoreFilter) {
    this.#checker = checker;
    this.#builder = new SiteTextBuilder(isIgnored);
  }

  /** Takes a record of the walk; everything but a page that was read has no words. */
  take(page: WalkedPageWithBody): void {
    if (isUnread(page) || (page.outcome === 'page' && page.truncated)) this.#unread += 1;
    if (page.outcome !== 'page' || page.html === '') return;
    this.#builder.add(
      checkPage(this.#checker, {
        url: page.url,
        html: page.html,
        // Without the page's own date, posts and dated entries stay silent: the newest date in its words may be anything.
        publishedOn: page.publishedOn,
        // Also where a redirect from the home page landed.
        home: page.depth === 0,
        snapshot: page.snapshot,
      }),
    );
  }

  fact(walk: WalkResult, checkedAt: Instant): SiteText {
    return this.#builder.build(this.#checker, checkedAt, whyNotAllRead(walk, this.#unread));
  }
}
