import { defineIndicator } from '../../domain/indicator.ts';
import { addMonths } from '../../lib/pure/dates.ts';
import { judgeSilence, SHARED_PROOFS, SILENCE_NEEDS } from '../shared/judge-silence.ts';

export const zombie = defineIndicator({
  id: 'media.notice.zombie',
  clause: '国办发〔2018〕123号 清理整合长期不更新的账号；超过三个月见贵州省清理僵尸账号的做法',
  title: { met: '三个月内有更新', breached: '三个月没有更新，属于“僵尸”账号' },
  kind: 'notice',
  appliesTo: 'account',
  needs: SILENCE_NEEDS,
  parameters: {
    months: { unit: '月', default: 3, why: '各地清理“僵尸”账号多以三个月为限' },
    ...SHARED_PROOFS,
  },
  judge: (facts, { months, ...proofs }) =>
    judgeSilence(facts, (day) => addMonths(day, -months), proofs),
});
