import type { FindingItem } from './finding-types.ts';
import type { Decision } from './review-queue.ts';

export const DECISION_WORDS: Readonly<Record<Decision | 'reopen', string>> = {
  confirm: '确认成立',
  reject: '驳回',
  cannotJudge: '不能判定',
  annotate: '批注',
  withdraw: '撤回决定',
  reopen: '重新采集后待审',
};

export const CONTEST_WORDS = {
  open: '申辩待答复',
  upheld: '申辩采纳',
  dismissed: '申辩不采纳',
} as const;

/** One finding as a screen reader should hear it after a step. */
export function spokenFinding(item: FindingItem | undefined): string {
  return item
    ? `${item.subject.printRow}，${item.subject.name}，${item.rule.label}`
    : '没有下一条了';
}

/** The review state that a decision leads to, shown until the server has answered. */
export function expectedReview(
  item: FindingItem,
  decision: 'confirm' | 'reject' | 'cannotJudge',
): FindingItem['review'] {
  if (decision !== 'confirm') return decision === 'reject' ? 'rejected' : 'cannotJudge';
  return item.rule.class === 'veto' && item.confirmations.length === 0 ? 'once' : 'confirmed';
}
