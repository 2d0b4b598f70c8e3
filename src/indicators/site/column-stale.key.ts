import { defineIndicator } from '../../domain/indicator.ts';
import { judgeSections, lastUpdateWords } from '../shared/judge-sections.ts';
import { daysBefore, dutyOf, freshnessOf, monthsBefore } from '../shared/section-state.ts';
import { SITE_PARAMETERS, VISIT_FACTS } from '../shared/unreachable-site.ts';

export const columnStaleKey = defineIndicator({
  id: 'site.veto.column-stale.key',
  clause: '国办秘函〔2019〕19号 检查指标 第一部分 栏目不更新',
  title: {
    met: '重点栏目按要求更新',
    breached: '动态要闻/通知公告/政策文件类栏目累计5个及以上未更新',
  },
  kind: 'veto',
  appliesTo: 'site',
  needs: [...VISIT_FACTS, 'site.sections'],
  parameters: {
    ...SITE_PARAMETERS,
    newsDays: { unit: '天', default: 14, why: '动态、要闻类栏目看前2周' },
    noticePolicyMonths: { unit: '月', default: 6, why: '通知公告、政策文件类一级栏目看前6个月' },
    count: { unit: '个', default: 5, why: '超过（含）5个' },
    confidenceMin: { unit: '分', default: 50, why: '栏目类别没有把握时不算成立，交人核实' },
  },
  judge: (facts, parameters) =>
    judgeSections(facts, {
      parameters,
      threshold: parameters.count,
      unknownReason: '重点栏目没能看全，不能判定',
      stateOf: (section, day) => {
        if (dutyOf(section) !== 'key') return 'irrelevant';
        const oldest =
          section.kind === 'news'
            ? daysBefore(day, parameters.newsDays)
            : monthsBefore(day, parameters.noticePolicyMonths);
        return freshnessOf(section, { oldest, day }, parameters.confidenceMin);
      },
      wordsOf: lastUpdateWords,
    }),
});
