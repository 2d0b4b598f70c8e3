import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met, notApplicable, undetermined } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';

export const domainPortal = defineIndicator({
  id: 'site.notice.domain-portal',
  clause: '国办发〔2017〕47号 政府网站发展指引 网站域名；国办函〔2018〕55号',
  title: {
    met: '门户网站域名为“www.×××.gov.cn”',
    breached: '门户网站域名不是“www.×××.gov.cn”的形式',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['subject.register', 'site.domain'],
  parameters: {},
  judge(facts) {
    const seen = observedOr(facts, 'site.domain', '域名');
    if ('instead' in seen) return seen.instead;
    const register = facts['subject.register'];
    if (register?.state !== 'observed')
      return undetermined('不知道是不是门户网站', ['subject.register']);
    if (!register.value.isPortal) return notApplicable('不是政府门户网站');
    const { form, host, suffix } = seen.fact.value;
    if (form === 'portal') return met;
    if (suffix !== 'gov.cn') return notApplicable('域名后缀另有提示');
    return breached(1, [evidenceOf(seen.fact, 'site.domain', `门户网站的域名是 ${host}`)]);
  },
});
