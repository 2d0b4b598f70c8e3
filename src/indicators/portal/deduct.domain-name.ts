import { defineIndicator } from '../../domain/indicator.ts';
import { evidenceOf } from '../shared/evidence.ts';
import { charge, PART_TWO, PORTAL_FACTS, withPortalFact } from '../shared/judge-portal.ts';
import { SITE_PARAMETERS } from '../shared/unreachable-site.ts';

/** Whether the name stands in the head of the page (头部标识区) is a person's to say. */
export const portalDomainName = defineIndicator({
  id: 'portal.deduct.domain-name',
  clause: `${PART_TWO} 域名名称`,
  title: { met: '域名符合规范', breached: '域名不符合规范（一项记一处）' },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'site.domain'],
  parameters: SITE_PARAMETERS,
  judge: (facts, parameters) =>
    withPortalFact({ facts, parameters }, { key: 'site.domain', what: '域名' }, (fact) => {
      const { host, suffix, form, hosts, leftOfficial } = fact.value;
      const isOfficial = suffix === 'gov.cn' || suffix === '政务';
      const wrong = [
        ...(isOfficial ? [] : [`域名不以 .gov.cn 或“.政务”结尾：${host}`]),
        ...(isOfficial && form === 'below' ? [`门户网站用的是下级域名：${host}`] : []),
        ...(isOfficial && leftOfficial === true
          ? [`打开首页后离开政府网站域名：${hosts.map((each) => each.host).join(' → ')}`]
          : []),
      ];
      return charge({
        evidence: wrong.map((words) => evidenceOf(fact, 'site.domain', words)),
        unseen: isOfficial && leftOfficial === null ? 1 : 0,
        unseenReason: isOfficial && leftOfficial === null ? '首页没有打开，不知道会跳转到哪里' : '',
        missing: ['site.domain'],
      });
    }),
});
