import { MARK_NAMES, type MarkName } from '../../domain/facts/guideline-facts.ts';
import { defineIndicator } from '../../domain/indicator.ts';
import { evidenceOf } from '../shared/evidence.ts';
import {
  charge,
  oneInDoubt,
  PART_TWO,
  PORTAL_FACTS,
  withPortalFact,
} from '../shared/judge-portal.ts';
import { SITE_PARAMETERS } from '../shared/unreachable-site.ts';

/** The entry for reporting errors is another indicator's. */
const OTHERS: ReadonlySet<MarkName> = new Set(['我为政府网站找错']);

export const portalMarks = defineIndicator({
  id: 'portal.deduct.marks',
  clause: `${PART_TWO} 网站标识`,
  title: {
    met: '首页底部功能区六项要素齐全',
    breached: '首页底部功能区缺少要素，或要素不能用（一项记一处）',
  },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'site.marks'],
  parameters: SITE_PARAMETERS,
  judge: (facts, parameters) =>
    withPortalFact({ facts, parameters }, { key: 'site.marks', what: '底部功能区' }, (fact) => {
      const home = fact.value.pages.find(({ role }) => role === 'home');
      if (!home) return oneInDoubt('没能看到首页的底部功能区', 'site.marks');
      const names = MARK_NAMES.filter((name) => !OTHERS.has(name));
      const stateOf = (name: MarkName) => home.marks[name].state;
      const wrong = names.filter((name) => /^(?:missing|defective)$/.test(stateOf(name)));
      const unsure = names.filter((name) => stateOf(name) === 'unsure');
      return charge({
        evidence: wrong.map((name) =>
          evidenceOf(
            fact,
            home.url,
            `${name}：${home.marks[name].reason ?? '没有'}`,
            home.snapshot,
          ),
        ),
        unseen: unsure.length,
        unseenReason: unsure.length === 0 ? '' : `看不清${unsure.join('、')}`,
        missing: ['site.marks'],
      });
    }),
});
