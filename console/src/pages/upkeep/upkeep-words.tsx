import type { AnswerOf, ItemOf } from '../../api/types.ts';
import { StateTag } from '../../ui/StateTag.tsx';

export type DutyItem = ItemOf<'/api/v1/upkeep/duties'>;
export type Duty = AnswerOf<'/api/v1/upkeep/duties/{id}'>;
export type Subject = Duty['items'][number];

export function DutyStateTag({ duty }: { readonly duty: Pick<DutyItem, 'state' | 'isOverdue'> }) {
  if (duty.state === 'confirmed') return <StateTag tone="good">已确认</StateTag>;
  if (duty.state === 'void') return <StateTag tone="plain">不用确认</StateTag>;
  return duty.isOverdue ? (
    <StateTag tone="bad">逾期未确认</StateTag>
  ) : (
    <StateTag tone="waiting">待确认</StateTag>
  );
}

export const ANSWER_WORDS: Readonly<Record<NonNullable<Subject['answer']>, string>> = {
  unchanged: '没有变化',
  corrected: '已提交更正',
  reported: '报告了问题',
  gone: '不用核对',
};

/** 2026-11 → 2026年11月. */
export const monthWords = (month: string): string =>
  `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`;
