import type { Outcome } from './score.ts';

/** Hundredths of a point as people write points: 98.5, 100. */
export const pointsWords = (centipoints: number): string => String(centipoints / 100);

/** How an outcome reads. */
export function outcomeWords(outcome: Outcome): string {
  if (outcome.kind === 'undetermined') return `还有 ${outcome.missing.length} 项没有定`;
  if (outcome.kind === 'vetoed') return '不合格（单项否决）';
  const { total, deduct, bonus, bonusCounts, passes } = outcome;
  const parts = bonusCounts ? `${pointsWords(deduct)} + 加分 ${pointsWords(bonus)}` : '不计加分';
  return `${pointsWords(total)} 分（${parts}）${passes ? '' : '，不合格'}`;
}
