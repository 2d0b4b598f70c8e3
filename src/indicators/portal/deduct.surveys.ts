import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met } from '../shared/evidence.ts';
import { oneInDoubt, PART_TWO, PORTAL_FACTS, withPortalFact } from '../shared/judge-portal.ts';
import { SITE_PARAMETERS, undeterminedAbsence } from '../shared/unreachable-site.ts';

const KEY = 'site.surveys';

export const portalSurveys = defineIndicator({
  id: 'portal.deduct.surveys',
  clause: `${PART_TWO} 征集调查`,
  title: {
    met: '提供在线征集调查渠道并按次数开展',
    breached: '没有在线征集调查渠道（电子邮件不算），或监测时间点前1年内开展次数不足',
  },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, KEY],
  parameters: {
    ...SITE_PARAMETERS,
    times: { unit: '次', default: 6, why: '前1年内6次；归扣分还是加分未见原文（待核）' },
  },
  judge: (facts, parameters) => {
    const given = { facts, parameters };
    return withPortalFact(
      given,
      { key: KEY, what: '征集调查' },
      (fact) => {
        const { sections, surveysLastYear, undated, way, complete, incompleteReason } = fact.value;
        const where = sections[0]?.url ?? KEY;
        const snapshot = fact.snapshots[0] ?? null;
        const failing = (words: string) => breached(1, [evidenceOf(fact, where, words, snapshot)]);
        if (way === 'email') return failing('征集调查只能用电子邮件参加');
        const possible = surveysLastYear + undated;
        if (surveysLastYear >= parameters.times) {
          if (way === null) return oneInDoubt('没能看到征集调查能否在线参加', KEY);
          return way === 'none' ? failing('征集调查没有在线参加的方式') : met;
        }
        if (!complete)
          return oneInDoubt(`征集调查没有看全：${incompleteReason ?? '原因不明'}`, KEY);
        if (possible >= parameters.times)
          return oneInDoubt(`一年内 ${surveysLastYear} 次，另有 ${undated} 次没有日期`, KEY);
        return failing(`监测时间点前1年内开展征集调查 ${possible} 次，不足 ${parameters.times} 次`);
      },
      (fact) => {
        const words = '没有找到征集调查栏目';
        return (
          undeterminedAbsence(given, fact, words, KEY) ??
          breached(1, [evidenceOf(fact, KEY, words, fact.snapshots[0] ?? null)])
        );
      },
    );
  },
});
