import { defineIndicator } from '../../domain/indicator.ts';
import { PART_TWO, PORTAL_FACTS, withPortalFact } from '../shared/judge-portal.ts';
import { monthsBefore } from '../shared/section-state.ts';
import { chargeStale, withSectionsOfKind } from '../shared/sections-of-kind.ts';
import { KIND_PARAMETERS } from '../shared/single-pages.ts';

/** Only first-level sections have a known deduction; those below are left to 其他栏目. */
export const portalPolicyFiles = defineIndicator({
  id: 'portal.deduct.policy-files',
  clause: `${PART_TWO} 政策文件`,
  title: {
    met: '政策文件类一级栏目六个月内有更新',
    breached: '政策文件类一级栏目未开设、空白或六个月内未更新（一个栏目记一处）',
  },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'site.sections'],
  parameters: {
    ...KIND_PARAMETERS,
    months: { unit: '月', default: 6, why: '监测时间点前6个月内一级栏目未更新' },
  },
  judge: (facts, parameters) => {
    const key = 'site.sections';
    const given = { facts, parameters };
    const { confidenceMin, months } = parameters;
    return withPortalFact(given, { key, what: '栏目' }, (fact, day) =>
      withSectionsOfKind(
        given,
        fact,
        fact.value,
        { key, kind: 'policy', name: '政策文件', confidenceMin },
        (own) =>
          chargeStale(
            own.filter(({ level }) => level <= 1),
            { ...{ fact, key, day, confidenceMin }, oldestOf: () => monthsBefore(day, months) },
          ),
      ),
    );
  },
});
