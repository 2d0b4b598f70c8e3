import { unitsOfTitle } from '../../derive/links/unit-name.ts';
import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met, notApplicable, undetermined } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';

export const domainBelowPortal = defineIndicator({
  id: 'site.notice.domain-below-portal',
  clause: '国办发〔2017〕47号 政府网站发展指引 网站域名；国办函〔2018〕55号',
  title: {
    met: '部门网站使用本级政府门户的下级域名',
    breached: '部门网站疑似没有使用本级政府（或上级部门）门户的下级域名',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['subject.register', 'site.domain', 'site.home'],
  parameters: {},
  judge(facts) {
    const seen = observedOr(facts, 'site.domain', '域名');
    if ('instead' in seen) return seen.instead;
    const register = facts['subject.register'];
    if (register?.state !== 'observed')
      return undetermined('不知道是不是门户网站', ['subject.register']);
    if (register.value.isPortal) return notApplicable('门户网站另有规定');
    const { form, host, suffix, underPortal, portalDomain } = seen.fact.value;
    if (underPortal === true) return met;
    if (suffix !== 'gov.cn') return notApplicable('域名后缀另有提示');
    // A department run by its ministry takes the ministry's domain: any name below another one may be right.
    if (form === 'below')
      return underPortal === null
        ? met
        : undetermined(
            `域名 ${host} 不在 ${portalDomain} 之下；垂直管理单位可以用上级部门的域名，要人核实`,
            ['site.domain'],
          );
    const home = facts['site.home'];
    if (home?.state === 'unobserved')
      return undetermined(`首页没能看到，不知道是不是门户网站：${home.reason}`, ['site.home']);
    const named = home?.state === 'observed' ? unitsOfTitle(home.value.title) : [];
    if (named.some(({ organ }) => organ === '人民政府'))
      return undetermined('首页的名称是一级政府，可能就是门户网站，要人核实', ['site.home']);
    return breached(1, [evidenceOf(seen.fact, 'site.domain', `部门网站用了一级域名：${host}`)]);
  },
});
