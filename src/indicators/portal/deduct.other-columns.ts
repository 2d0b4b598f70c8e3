import { defineIndicator } from '../../domain/indicator.ts';
import type { SectionView } from '../../domain/site-facts.ts';
import { dueMonthsOf, SHARED_DUE_MONTHS } from '../shared/due-months.ts';
import { PART_TWO, PORTAL_FACTS, withPortalFact } from '../shared/judge-portal.ts';
import { dutyOf, monthsBefore } from '../shared/section-state.ts';
import { chargeStale } from '../shared/sections-of-kind.ts';
import { KIND_PARAMETERS } from '../shared/single-pages.ts';

/**
 * Lists that no indicator of their own asks for. What another one counted all the same is not charged again: the score leaves out
 * places that it finds there (the ruleset marks this rule as residual).
 */
export const portalOtherColumns = defineIndicator({
  id: 'portal.deduct.other-columns',
  clause: `${PART_TWO} 其他栏目`,
  title: {
    met: '其他栏目没有空白或应更新未更新的',
    breached: '其他栏目空白或应更新未更新（一个栏目记一处，已在其他指标扣过的不重复扣）',
  },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'site.sections'],
  parameters: { ...KIND_PARAMETERS, ...SHARED_DUE_MONTHS },
  judge: (facts, parameters) => {
    const key = 'site.sections';
    const { confidenceMin } = parameters;
    return withPortalFact({ facts, parameters }, { key, what: '栏目' }, (fact, day) =>
      chargeStale(fact.value.filter(isOther), {
        ...{ fact, key, day, confidenceMin },
        oldestOf: (section) =>
          monthsBefore(day, dueMonthsOf((section as SectionView).kind, parameters)),
      }),
    );
  },
});

function isOther(section: SectionView): boolean {
  const { kind, level } = section;
  if (dutyOf(section) === 'none' || kind === 'news' || kind === 'interpretation') return false;
  return kind !== 'policy' || level > 1;
}
