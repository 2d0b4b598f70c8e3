import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met } from '../shared/evidence.ts';
import { oneInDoubt, PART_THREE, PORTAL_FACTS, withPortalFact } from '../shared/judge-portal.ts';
import { SITE_PARAMETERS } from '../shared/unreachable-site.ts';

const KEY = 'site.surveys';

/** `breached` says that the bonus is earned. */
export const bonusSurveys = defineIndicator({
  id: 'portal.bonus.surveys',
  clause: `${PART_THREE} 互动交流 征集调查`,
  title: {
    met: '征集调查没有达到加分的次数',
    breached: '在线征集调查（电子邮件不算）一年内达到加分的次数，可加分',
  },
  kind: 'bonus',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, KEY],
  parameters: {
    ...SITE_PARAMETERS,
    times: { unit: '次', default: 6, why: '监测时间点前1年内开展活动超过（含）6次' },
  },
  judge: (facts, parameters) =>
    withPortalFact(
      { facts, parameters },
      { key: KEY, what: '征集调查' },
      (fact) => {
        const { sections, surveysLastYear, undated, way, complete, incompleteReason } = fact.value;
        const { times } = parameters;
        if (way === 'email' || way === 'none') return met;
        if (surveysLastYear >= times && way === 'online')
          return breached(1, [
            evidenceOf(
              fact,
              sections[0]?.url ?? KEY,
              `监测时间点前1年内在线开展征集调查 ${surveysLastYear} 次`,
              fact.snapshots[0] ?? null,
            ),
          ]);
        if (surveysLastYear >= times) return oneInDoubt('没能看到征集调查能否在线参加', KEY);
        if (!complete)
          return oneInDoubt(`征集调查没有看全：${incompleteReason ?? '原因不明'}`, KEY);
        if (surveysLastYear + undated >= times)
          return oneInDoubt(`一年内 ${surveysLastYear} 次，另有 ${undated} 次没有日期`, KEY);
        return met;
      },
      () => met,
    ),
});
