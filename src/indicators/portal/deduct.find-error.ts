import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met } from '../shared/evidence.ts';
import { oneInDoubt, PART_TWO, PORTAL_FACTS, withPortalFact } from '../shared/judge-portal.ts';
import { SITE_PARAMETERS } from '../shared/unreachable-site.ts';

export const portalFindError = defineIndicator({
  id: 'portal.deduct.find-error',
  clause: `${PART_TWO} “我为政府网站找错”入口`,
  title: {
    met: '首页底部有可用的“我为政府网站找错”入口',
    breached: '首页底部没有“我为政府网站找错”入口，或入口不能用、指向别的网站',
  },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'site.marks'],
  parameters: SITE_PARAMETERS,
  judge: (facts, parameters) =>
    withPortalFact({ facts, parameters }, { key: 'site.marks', what: '底部功能区' }, (fact) => {
      const home = fact.value.pages.find(({ role }) => role === 'home');
      if (!home) return oneInDoubt('没能看到首页的底部功能区', 'site.marks');
      const { state, reason } = home.marks.我为政府网站找错;
      const failing = (words: string) =>
        breached(1, [evidenceOf(fact, home.url, words, home.snapshot)]);
      if (state === 'missing' || state === 'defective')
        return failing(`“我为政府网站找错”入口：${reason ?? '没有'}`);
      const { register, findErrorLink } = fact.value.codes;
      if (register !== null && findErrorLink !== null && register !== findErrorLink)
        return failing(`入口带的网站标识码是 ${findErrorLink}，名录里是 ${register}`);
      if (state === 'unsure')
        return oneInDoubt(`“我为政府网站找错”入口看不清：${reason ?? '原因不明'}`, 'site.marks');
      return met;
    }),
});
