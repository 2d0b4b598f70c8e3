import { defineIndicator } from '../../domain/indicator.ts';
import { addDays } from '../../lib/pure/dates.ts';
import { judgeSilence, SILENCE_NEEDS, SILENCE_PROOFS } from '../shared/judge-silence.ts';

export const staleTwoWeeks = defineIndicator({
  id: 'media.veto.stale.two-weeks',
  clause: '国办秘函〔2019〕19号 检查指标 第一部分 内容不更新',
  title: { met: '按要求更新', breached: '监测时间点前2周内无更新' },
  kind: 'veto',
  appliesTo: 'account',
  needs: SILENCE_NEEDS,
  parameters: {
    days: {
      unit: '天',
      default: 14,
      why: '监测时间点前2周；第14天当天有更新不算。地方加严的（如10天）在规则集里改',
    },
    ...SILENCE_PROOFS,
  },
  judge: (facts, { days, ...proofs }) => judgeSilence(facts, (day) => addDays(day, -days), proofs),
});
