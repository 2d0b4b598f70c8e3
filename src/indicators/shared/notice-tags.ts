import type { PageTagsView, TagCell } from '../../domain/facts/guideline-facts.ts';
import type { Judgement } from '../../domain/finding.ts';
import { evidenceOf } from './evidence.ts';
import { noticed, type Observed } from './notice.ts';

const WRONG = { missing: '没有', empty: '是空的', invalid: '不对' } as const;

/** One occurrence for each page on which one of the tags that are asked for is wrong. */
export function noticeTags(
  fact: Observed<PageTagsView>,
  isAsked: (name: string) => boolean,
): Judgement {
  return noticed(
    fact.value.pages.flatMap((page) => {
      const wrong = page.cells.filter(({ name, state }) => isAsked(name) && state !== 'filled');
      if (wrong.length === 0) return [];
      return [evidenceOf(fact, page.url, wrong.map(wordsOf).join('；'), page.snapshot)];
    }),
  );
}

function wordsOf({ name, state, value, reason }: TagCell): string {
  if (state === 'filled') return name;
  const said = value === null || value === '' ? '' : `“${value}”`;
  return `${name}${said}${reason ?? WRONG[state]}`;
}
