import { defineIndicator } from '../../domain/indicator.ts';
import { PART_TWO, PORTAL_FACTS } from '../shared/judge-portal.ts';
import { judgeSinglePages, KIND_PARAMETERS } from '../shared/single-pages.ts';

/** Whether the content is right (是否及时、准确) is a person's to say: he enters it as a finding of this rule. */
export const overview = defineIndicator({
  id: 'portal.deduct.overview',
  clause: `${PART_TWO} 概况信息`,
  title: { met: '开设概况信息类栏目', breached: '概况信息类栏目未开设或没有内容' },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'site.tree'],
  parameters: KIND_PARAMETERS,
  judge: (facts, parameters) =>
    judgeSinglePages({ facts, parameters }, { kind: 'overview', name: '概况信息' }),
});
