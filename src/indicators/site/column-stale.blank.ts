import { defineIndicator } from '../../domain/indicator.ts';
import { judgeSections } from '../shared/judge-sections.ts';
import { dutyOf } from '../shared/section-state.ts';
import { SITE_PARAMETERS, VISIT_FACTS } from '../shared/unreachable-site.ts';

export const columnStaleBlank = defineIndicator({
  id: 'site.veto.column-stale.blank',
  clause: '国办秘函〔2019〕19号 检查指标 第一部分 栏目不更新',
  title: { met: '没有过多空白栏目', breached: '空白栏目数量超过（含）5个' },
  kind: 'veto',
  appliesTo: 'site',
  needs: [...VISIT_FACTS, 'site.sections'],
  parameters: { ...SITE_PARAMETERS, count: { unit: '个', default: 5, why: '超过（含）5个' } },
  judge: (facts, parameters) =>
    judgeSections(facts, {
      parameters,
      threshold: parameters.count,
      unknownReason: '有栏目没能看到，不能判定空白栏目数',
      // Only a list can be blank: a single page, a service entry or a channel without items is something else.
      stateOf: (section) => {
        if (dutyOf(section) === 'none') return 'irrelevant';
        if (section.gone) return 'fresh';
        if (section.content === 'blank') return 'stale';
        return section.content === 'unobserved' ? 'unknown' : 'fresh';
      },
      wordsOf: () => '栏目没有内容',
    }),
});
