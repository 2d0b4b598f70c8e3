import type { AnswerOf, ItemOf } from '../../api/types.ts';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';

export type YearlyItem = ItemOf<'/api/v1/yearly-forms'>;
export type YearlyDetail = AnswerOf<'/api/v1/yearly-forms/{id}'>;
export type YearlyField = YearlyDetail['sections'][number]['fields'][number];

export const KIND_WORDS: Readonly<Record<YearlyItem['kind'], string>> = {
  site: '网站工作年度报表',
  office: '监管年度报表',
};
export const FORM_STATE_WORDS: Readonly<Record<YearlyItem['state'], string>> = {
  filling: '填报中',
  submitted: '待签发',
  signed: '已签发，待公开',
  published: '已公开',
};
export const STAND_WORDS = { overdue: '逾期没有公开', ...FORM_STATE_WORDS } as const;

const TONES: Readonly<Record<YearlyItem['state'], Tone>> = {
  filling: 'waiting',
  submitted: 'busy',
  signed: 'busy',
  published: 'good',
};

export function FormStateTag({ of: { state, isOverdue } }: { readonly of: YearlyItem }) {
  return (
    <span className="tag-row">
      <StateTag tone={TONES[state]}>{FORM_STATE_WORDS[state]}</StateTag>
      {isOverdue && <StateTag tone="bad">逾期</StateTag>}
    </span>
  );
}

/** Endpoints that any step of a form makes stale. */
export const YEARLY_REFRESHES = ['/api/v1/yearly-forms', '/api/v1/yearly-forms/{id}'] as const;
