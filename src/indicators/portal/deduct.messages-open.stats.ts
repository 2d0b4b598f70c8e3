import { defineIndicator } from '../../domain/indicator.ts';
import { PART_TWO, PORTAL_FACTS } from '../shared/judge-portal.ts';
import { judgeStatistics } from '../shared/judge-statistics.ts';
import { SITE_PARAMETERS } from '../shared/unreachable-site.ts';

export const portalMessageStats = defineIndicator({
  id: 'portal.deduct.messages-open.stats',
  clause: `${PART_TWO} 留言公开`,
  title: { met: '公开留言受理反馈情况统计数据', breached: '未公开留言受理反馈情况统计数据' },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'site.statistics'],
  parameters: SITE_PARAMETERS,
  judge: (facts, parameters) =>
    judgeStatistics(
      { facts, parameters },
      { about: 'messages', name: '留言受理反馈统计数据', oldestOf: null },
    ),
});
