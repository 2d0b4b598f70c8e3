import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met, undetermined } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';

const PLACES = {
  register: '台账',
  footer: '页脚',
  tag: 'SiteIDCode 标签',
  findErrorLink: '找错入口的参数',
} as const;

export const siteCodePlaces = defineIndicator({
  id: 'site.notice.site-code',
  clause: '国办发〔2017〕47号 政府网站发展指引 网站标识码',
  title: {
    met: '网站标识码处处一致',
    breached: '网站标识码疑似不一致（页脚、标签、找错入口、台账）',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['site.marks'],
  parameters: {},
  judge(facts) {
    const seen = observedOr(facts, 'site.marks', '网站标识码');
    if ('instead' in seen) return seen.instead;
    const { codes, codesAgree, pages } = seen.fact.value;
    if (codesAgree === null)
      return undetermined('写明网站标识码的地方不到两处，无从比对', ['site.marks']);
    if (codesAgree) return met;
    const said = Object.entries(PLACES).flatMap(([place, words]) => {
      const code = codes[place as keyof typeof PLACES];
      return code === null ? [] : [`${words} ${code}`];
    });
    const { url, snapshot } = pages[0]!;
    return breached(1, [evidenceOf(seen.fact, url, said.join('；'), snapshot)]);
  },
});
