import { defineIndicator } from '../../domain/indicator.ts';
import { DUE_MONTHS, dueMonthsOf } from '../shared/due-months.ts';
import { judgeSections, lastUpdateWords } from '../shared/judge-sections.ts';
import { dutyOf, freshnessOf, monthsBefore } from '../shared/section-state.ts';
import { SITE_PARAMETERS, VISIT_FACTS } from '../shared/unreachable-site.ts';

export const columnStaleShould = defineIndicator({
  id: 'site.veto.column-stale.should',
  clause: '国办秘函〔2019〕19号 检查指标 第一部分 栏目不更新',
  title: {
    met: '应更新栏目没有长期不更新',
    breached: '应更新但长期未更新的栏目数量超过（含）10个',
  },
  kind: 'veto',
  appliesTo: 'site',
  needs: [...VISIT_FACTS, 'site.sections'],
  parameters: {
    ...SITE_PARAMETERS,
    count: { unit: '个', default: 10, why: '超过（含）10个' },
    ...DUE_MONTHS,
    confidenceMin: { unit: '分', default: 50, why: '栏目类别没有把握时不算成立，交人核实' },
  },
  judge: (facts, parameters) =>
    judgeSections(facts, {
      parameters,
      threshold: parameters.count,
      unknownReason: '应更新栏目没能看全，不能判定',
      stateOf: (section, day) => {
        if (dutyOf(section) !== 'should') return 'irrelevant';
        // A list of unknown kind is due all the same: its low confidence is about the kind, not about the list.
        const confidenceMin = section.kind === 'list' ? 0 : parameters.confidenceMin;
        return freshnessOf(
          section,
          { oldest: monthsBefore(day, dueMonthsOf(section.kind, parameters)), day },
          confidenceMin,
        );
      },
      wordsOf: lastUpdateWords,
    }),
});
