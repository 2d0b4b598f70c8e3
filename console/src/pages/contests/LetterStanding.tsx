import type { ItemOf } from '../../api/types.ts';
import { StateTag } from '../../ui/StateTag.tsx';

const OUTCOMES = {
  none: ['good', '期满，无异议'],
  lodged: ['plain', '期满，有申辩'],
  early: ['warn', '提前结束'],
} as const;

/** How a letter stands: its days, what waits for an answer, what came late. */
export function LetterStanding({ letter }: { readonly letter: ItemOf<'/api/v1/contest-letters'> }) {
  const { outcome, waiting, answerOverdue, late } = letter;
  const [tone, words] = outcome === null ? (['busy', '申辩期内'] as const) : OUTCOMES[outcome];
  return (
    <span className="tag-row">
      <StateTag tone={tone}>{words}</StateTag>
      {waiting > 0 && <StateTag tone="waiting">{`待答复 ${waiting}`}</StateTag>}
      {answerOverdue > 0 && <StateTag tone="bad">{`答复逾期 ${answerOverdue}`}</StateTag>}
      {late > 0 && <StateTag tone="warn">{`逾期提出 ${late}`}</StateTag>}
    </span>
  );
}
