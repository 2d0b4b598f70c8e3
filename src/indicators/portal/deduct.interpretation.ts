import type { PolicyLinksView } from '../../domain/facts/structure-facts.ts';
import type { Judgement } from '../../domain/finding.ts';
import { defineIndicator } from '../../domain/indicator.ts';
import { evidenceOf } from '../shared/evidence.ts';
import { joinJudgements } from '../shared/join-judgements.ts';
import { charge, PART_TWO, PORTAL_FACTS, withPortalFact } from '../shared/judge-portal.ts';
import type { Observed } from '../shared/notice.ts';
import { monthsBefore } from '../shared/section-state.ts';
import { chargeStale, withSectionsOfKind } from '../shared/sections-of-kind.ts';
import { KIND_PARAMETERS } from '../shared/single-pages.ts';

/** Which files must be interpreted at all is a person's to say (解读比例); here only what stands on the site is compared. */
export const portalInterpretation = defineIndicator({
  id: 'portal.deduct.interpretation',
  clause: `${PART_TWO} 政策解读`,
  title: {
    met: '政策解读类栏目按期更新，解读与文件相互关联',
    breached: '政策解读类栏目未开设、空白、不更新，或解读与文件没有相互关联（一处记一处）',
  },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'site.sections', 'site.policyLinks'],
  parameters: {
    ...KIND_PARAMETERS,
    months: { unit: '月', default: 12, why: '未见原文期限，按12个月（待核）' },
  },
  judge: (facts, parameters) => {
    const key = 'site.sections';
    const given = { facts, parameters };
    const { confidenceMin, months } = parameters;
    const sections = withPortalFact(given, { key, what: '栏目' }, (fact, day) =>
      withSectionsOfKind(
        given,
        fact,
        fact.value,
        { key, kind: 'interpretation', name: '政策解读', confidenceMin },
        (own) =>
          chargeStale(own, {
            ...{ fact, key, day, confidenceMin },
            oldestOf: () => monthsBefore(day, months),
          }),
      ),
    );
    const links = withPortalFact(
      given,
      { key: 'site.policyLinks', what: '政策文件与解读的关联' },
      chargeLinks,
      // Without files or interpretations there is nothing that could be linked.
      () => ({ status: 'met' }),
    );
    return joinJudgements([sections, links]);
  },
});

/** Pairs of which either side does not lead to the other. */
function chargeLinks(fact: Observed<PolicyLinksView>): Judgement {
  const { pairs } = fact.value;
  const broken = pairs.filter(
    ({ policyLinks, interpretationLinks }) =>
      policyLinks === false || interpretationLinks === false,
  );
  const unknown = pairs.filter(
    (pair) =>
      !broken.includes(pair) && (pair.policyLinks === null || pair.interpretationLinks === null),
  );
  return charge({
    evidence: broken.map(({ policy, interpretation, policyLinks }) =>
      evidenceOf(
        fact,
        policyLinks === false ? policy.url : interpretation.url,
        policyLinks === false
          ? `文件“${policy.title}”没有链接到解读“${interpretation.title}”`
          : `解读“${interpretation.title}”没有链接到文件“${policy.title}”`,
        policyLinks === false ? policy.snapshot : interpretation.snapshot,
      ),
    ),
    unseen: unknown.length,
    unseenReason: unknown.length === 0 ? '' : `有 ${unknown.length} 对文件和解读没能看全`,
    missing: ['site.policyLinks'],
  });
}
