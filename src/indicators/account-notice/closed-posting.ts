import { defineIndicator } from '../../domain/indicator.ts';
import { ENDED_WORDS } from '../../domain/subject.ts';
import { addDays } from '../../lib/pure/dates.ts';
import { breached, evidenceOf, met, notApplicable, undetermined } from '../shared/evidence.ts';
import { lastUpdateOf } from '../shared/last-update.ts';
import { observedOr } from '../shared/notice.ts';
import { SOURCE_FACTS } from '../shared/source-sights.ts';

export const closedPosting = defineIndicator({
  id: 'media.notice.closed-posting',
  clause: '国办发〔2018〕123号 关停、注销要备案，停用以后不再发布',
  title: { met: '关停以后没有发布', breached: '已关停、注销的账号仍在发布' },
  kind: 'notice',
  appliesTo: 'account',
  needs: ['round.monitoredAt', 'account.register', ...SOURCE_FACTS, 'account.observations'],
  parameters: {
    graceDays: { unit: '天', default: 7, why: '关停公告和最后的说明不算' },
  },
  judge(facts, { graceDays }) {
    const seen = observedOr(facts, 'account.register', '账号的登记');
    if ('instead' in seen) return seen.instead;
    const { status, since } = seen.fact.value;
    const words = ENDED_WORDS[status as keyof typeof ENDED_WORDS];
    if (words === undefined) return notApplicable('名录里没有关停、注销');
    if (since === null)
      return undetermined(`名录里${words}，但没有从哪天起的记录`, ['account.register']);
    const last = lastUpdateOf(facts);
    if (last.date === null)
      return last.none
        ? met
        : undetermined('没有看到任何发布，也没有人看过', ['account.observations']);
    if (last.date <= addDays(since, graceDays)) return met;
    const found = `名录里 ${since} 起${words}，${last.date} 还有发布`;
    return breached(1, [evidenceOf(seen.fact, 'registry', found)], found);
  },
});
