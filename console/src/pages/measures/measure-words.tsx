import type { AnswerOf, ItemOf } from '../../api/types.ts';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';

export type MeasureItem = ItemOf<'/api/v1/duty/measures'>;
export type MeasureDetail = AnswerOf<'/api/v1/duty/measures/{id}'>;

export const MEASURE_KIND_WORDS: Readonly<Record<MeasureItem['kind'], string>> = {
  remind: '提醒',
  interview: '约谈',
  circulate: '通报批评',
  written: '书面检查',
};
export const MEASURE_STATE_WORDS: Readonly<Record<MeasureItem['state'], string>> = {
  proposed: '待决定',
  decided: '已决定，待落实',
  done: '已落实',
  refused: '不同意',
  withdrawn: '已撤回',
};
const TONES: Readonly<Record<MeasureItem['state'], Tone>> = {
  ...{ proposed: 'waiting', decided: 'busy', done: 'good', refused: 'plain', withdrawn: 'plain' },
};

/** What any step of a measure makes stale. */
export const MEASURE_REFRESHES = ['/api/v1/duty/measures', '/api/v1/duty/measures/{id}'] as const;

export function MeasureTags({ measure }: { readonly measure: MeasureItem }) {
  const { state, isLate } = measure;
  return (
    <span className="tag-row">
      <StateTag tone={TONES[state]}>{MEASURE_STATE_WORDS[state]}</StateTag>
      {isLate && <StateTag tone="bad">逾期没有落实</StateTag>}
    </span>
  );
}

export const measureTitle = ({ number, kind, unitName }: MeasureItem): string =>
  `${number ?? MEASURE_KIND_WORDS[kind]}：${unitName}`;
