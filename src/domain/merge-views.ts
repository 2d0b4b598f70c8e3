import { SOURCE_POSTS_MAX, type SourcePost, type SourceView } from './account-sources.ts';
import { type Fact, observed, unobserved } from './fact.ts';

/** No errcode of a platform: the source as a whole could not be read. */
const UNREAD = 0;

/**
 * What several sources of one kind show together. One of them that shows everything is enough to prove silence, as whatever the
 * others show counts as well; one that could not be read is named beside what the others show. Null where there is none.
 */
export function mergeViews(facts: readonly Fact<SourceView>[]): Fact<SourceView> | null {
  const views = facts.flatMap((fact) => (fact.state === 'observed' ? [fact.value] : []));
  const reasons = facts.flatMap((fact) => (fact.state === 'unobserved' ? [fact.reason] : []));
  const [first, ...rest] = views;
  if (first === undefined) return reasons.length > 0 ? unobserved(reasons.join('；')) : null;
  if (rest.length === 0 && reasons.length === 0) return observed(first);
  const sum = (count: (view: SourceView) => number): number =>
    views.reduce((total, view) => total + count(view), 0);
  const complete = views.find(({ completeTo }) => completeTo !== null) ?? first;
  return observed({
    kind: first.kind,
    level: complete.level,
    newest: views
      .map(({ newest }) => newest)
      .reduce((best, each) =>
        best === null || (each !== null && each.publishedOn > best.publishedOn) ? each : best,
      ),
    posts: views
      .flatMap(({ posts }) => posts)
      .sort(newestFirst)
      .slice(0, SOURCE_POSTS_MAX),
    itemCount: sum(({ itemCount }) => itemCount),
    completeFrom: complete.completeFrom,
    completeTo: complete.completeTo,
    futureItems: sum(({ futureItems }) => futureItems),
    undatedItems: sum(({ undatedItems }) => undatedItems),
    refused: [
      ...views.flatMap(({ refused }) => refused),
      ...reasons.map((message) => ({ api: '', errcode: UNREAD, message })),
    ],
  });
}

const newestFirst = (a: SourcePost, b: SourcePost): number =>
  a.publishedOn === b.publishedOn ? 0 : a.publishedOn < b.publishedOn ? 1 : -1;
