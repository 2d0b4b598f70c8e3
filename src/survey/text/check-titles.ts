import { checkerOf } from '../../derive/text/checker-of.ts';
import { checkPage, SiteTextBuilder } from '../../derive/text/page-findings.ts';
import type { PublishedItem } from '../../domain/account-facts.ts';
import type { SiteText } from '../../domain/facts/text-facts.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { readCheckerParts, readIgnoreFilter, type WordingDeps } from '../../wording/index.ts';

/** Checks titles for wordings, with the lexicons and the ignores of the time when it was opened. */
export type TitleChecker = (items: readonly PublishedItem[], checkedAt: Instant) => SiteText;

/** Titles of one account; more are not published in a quarter. */
const TITLES_MAX = 300;

/** Opens it; takes about a second, so it is opened once for a round. */
export async function openTitleChecker(deps: WordingDeps, at: Instant): Promise<TitleChecker> {
  const checker = checkerOf(await readCheckerParts(deps));
  const isIgnored = await readIgnoreFilter(deps, at);
  return (items, checkedAt) => {
    const builder = new SiteTextBuilder(isIgnored);
    for (const { title, url, publishedOn } of items.slice(0, TITLES_MAX)) {
      const html = `<p>${escaped(title)}</p>`;
      builder.add(checkPage(checker, { url, html, publishedOn, home: false, snapshot: null }));
    }
    const left = items.length - TITLES_MAX;
    return builder.build(
      checker,
      checkedAt,
      `只查了标题，没有查正文${left > 0 ? `；另有 ${left} 个标题没有查` : ''}`,
    );
  };
}

/** A title is text, whatever signs it holds. */
const escaped = (title: string): string =>
  title.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
