import { defineIndicator } from '../../domain/indicator.ts';
import { notApplicable } from '../shared/evidence.ts';
import { PART_TWO, PORTAL_FACTS } from '../shared/judge-portal.ts';
import { judgeStatistics } from '../shared/judge-statistics.ts';
import { monthsBefore } from '../shared/section-state.ts';
import { SITE_PARAMETERS } from '../shared/unreachable-site.ts';

export const portalStats = defineIndicator({
  id: 'portal.deduct.stats',
  clause: `${PART_TWO} 办事统计`,
  title: { met: '办事统计数据三个月内有更新', breached: '办事统计数据未公开或三个月内未更新' },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'subject.register', 'site.statistics'],
  parameters: {
    ...SITE_PARAMETERS,
    months: { unit: '月', default: 3, why: '监测时间点前3个月内未更新' },
  },
  judge: (facts, parameters) => {
    const register = facts['subject.register'];
    if (register?.state === 'observed' && !register.value.hasService)
      return notApplicable('没有对外服务职能');
    return judgeStatistics(
      { facts, parameters },
      {
        about: 'service',
        name: '办事统计数据',
        oldestOf: (day) => monthsBefore(day, parameters.months),
      },
    );
  },
});
