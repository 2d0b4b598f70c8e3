import { defineIndicator } from '../../domain/indicator.ts';
import { addDays } from '../../lib/pure/dates.ts';
import { judgeSilence, SHARED_PROOFS, SILENCE_NEEDS } from '../shared/judge-silence.ts';

/** A local limit that only warns; an office that wants it to count changes `days` of media.veto.stale.two-weeks. */
export const localUpdate = defineIndicator({
  id: 'media.notice.update',
  clause: '国办发〔2018〕123号 保持更新；每10天更新为地方加严的做法（闽侯）',
  title: { met: '按本地要求更新', breached: '超过本地规定的期限没有更新' },
  kind: 'notice',
  appliesTo: 'account',
  needs: SILENCE_NEEDS,
  parameters: {
    days: { unit: '天', default: 10, why: '地方加严的期限；国家的期限是2周' },
    ...SHARED_PROOFS,
  },
  judge: (facts, { days, ...proofs }) => judgeSilence(facts, (day) => addDays(day, -days), proofs),
});
