import type { Leader, LeadersView } from '../../domain/facts/structure-facts.ts';
import type { Judgement } from '../../domain/finding.ts';
import { defineIndicator } from '../../domain/indicator.ts';
import { evidenceOf } from '../shared/evidence.ts';
import {
  ANY_NUMBER,
  charge,
  oneInDoubt,
  PART_TWO,
  PORTAL_FACTS,
  withPortalFact,
} from '../shared/judge-portal.ts';
import type { Observed } from '../shared/notice.ts';
import { judgeSinglePages, KIND_PARAMETERS } from '../shared/single-pages.ts';

export const portalLeaders = defineIndicator({
  id: 'portal.deduct.leaders',
  clause: `${PART_TWO} 领导信息`,
  title: {
    met: '领导信息齐全（姓名、职务、简历、分工）',
    breached: '领导信息类栏目未开设，或领导的职务、简历、分工缺失（一人记一处）',
  },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'site.tree', 'site.leaders'],
  parameters: KIND_PARAMETERS,
  judge: (facts, parameters) => {
    const given = { facts, parameters };
    return withPortalFact(
      given,
      { key: 'site.leaders', what: '领导信息' },
      chargeLeaders,
      // No leaders were found: whether the section is missing, the tree tells.
      () => judgeSinglePages(given, { kind: 'leaders', name: '领导信息' }),
    );
  },
});

function chargeLeaders(fact: Observed<LeadersView>): Judgement {
  const { people, complete, incompleteReason } = fact.value;
  const key = 'site.leaders';
  if (people.length === 0) return oneInDoubt('领导信息栏目里没有认出任何一位领导，要人核实', key);
  const lacking = people.filter((person) => lacksOf(person).length > 0);
  const unknown = people.filter(
    (person) =>
      !lacking.includes(person) && (person.hasResume === null || person.hasDuties === null),
  );
  const reasons = [
    ...(unknown.length > 0 ? [`有 ${unknown.length} 位领导的页面没能看到`] : []),
    ...(complete ? [] : [`领导信息没有看全（${incompleteReason ?? '原因不明'}）`]),
  ];
  return charge({
    evidence: lacking.map((person) =>
      evidenceOf(
        fact,
        person.url,
        `${person.name}：缺${lacksOf(person).join('、')}`,
        person.snapshot,
      ),
    ),
    unseen: complete ? unknown.length : ANY_NUMBER,
    unseenReason: reasons.join('；'),
    missing: [key],
  });
}

/** What is published of a leader without something: only what was looked for and not found. */
function lacksOf({ post, hasResume, hasDuties }: Leader): string[] {
  return [
    ...(post === '' ? ['职务'] : []),
    ...(hasResume === false ? ['简历'] : []),
    ...(hasDuties === false ? ['分工'] : []),
  ];
}
