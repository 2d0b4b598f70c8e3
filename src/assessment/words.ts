import type { UnitState } from './assessment-db.ts';
import type { Part } from './scheme.ts';
import type { Outcome } from './score.ts';

export const PART_WORDS: Readonly<Record<Part, string>> = {
  veto: '单项否决',
  deduct: '扣分',
  bonus: '加分',
};
export const UNIT_STATE_WORDS: Readonly<Record<UnitState, string>> = {
  reporting: '等单位自评',
  reported: '等主管单位核定',
  reviewed: '已核定',
};

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
