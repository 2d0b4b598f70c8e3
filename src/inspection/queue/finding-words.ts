import type { Judgement, ReviewState } from '../../domain/finding.ts';
import type { ContestState } from '../tables.ts';

/** States of a finding as people read them, in a terminal and in a table. */
export const STATUS_WORDS: Readonly<Record<Judgement['status'], string>> = {
  met: '不成立',
  breached: '成立',
  notApplicable: '不适用',
  undetermined: '无法判定',
};

/** What a breach is of: a bonus that is earned (成立) is no problem. */
export const CLASS_WORDS = {
  veto: '单项否决',
  deduction: '扣分',
  bonus: '加分',
  notice: '提示',
} as const;

export const REVIEW_WORDS: Readonly<Record<ReviewState, string>> = {
  open: '待审',
  once: '一人已确认',
  confirmed: '已确认',
  rejected: '已驳回',
  cannotJudge: '不能判定',
  waived: '免审',
};

export const CONTEST_WORDS: Readonly<Record<ContestState, string>> = {
  open: '申辩待答复',
  upheld: '申辩成立',
  dismissed: '申辩不成立',
};
