import type { PublishedItem } from '../../domain/account-facts.ts';
import type { SourceView } from '../../domain/account-sources.ts';
import { observed } from '../../domain/fact.ts';
import { SOURCE_FACTS } from '../../indicators/shared/source-sights.ts';
import type { NewFact } from '../fact.repository.ts';
import { recordFact } from '../record-facts.ts';
import type { RoundContext } from './round-context.ts';

/** The titles that an account's sources showed, checked for wordings; nothing where none showed any. */
export async function checkTitles(
  { titles, now }: Pick<RoundContext, 'titles' | 'now'>,
  accountId: number,
  facts: readonly NewFact[],
): Promise<readonly NewFact[]> {
  const items = titledItems(facts);
  if (items.length === 0) return [];
  const check = await titles();
  const at = now();
  const origin = { subjectId: accountId, gatherer: 'accounts/titles', gatheredAt: at };
  return [recordFact('account.text', observed(check(items, at)), origin)];
}

/** Each title once, whichever source shows it. What was taken back was published: it is checked as well. */
function titledItems(facts: readonly NewFact[]): PublishedItem[] {
  const keys: readonly string[] = SOURCE_FACTS;
  const items = facts.flatMap((fact): readonly PublishedItem[] => {
    if (fact.state !== 'observed' || !keys.includes(fact.key)) return [];
    const { newest, posts = [] } = fact.value as Pick<SourceView, 'newest'> & Partial<SourceView>;
    return newest === null ? posts : [newest, ...posts];
  });
  const byTitle = new Map(items.map((item) => [`${item.publishedOn} ${item.title}`, item]));
  return [...byTitle.values()].filter(({ title }) => title.trim() !== '');
}
