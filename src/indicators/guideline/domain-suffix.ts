import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';

export const domainSuffix = defineIndicator({
  id: 'site.notice.domain-suffix',
  clause: '国办发〔2017〕47号 政府网站发展指引 网站域名；国办函〔2018〕55号',
  title: {
    met: '域名以 .gov.cn 或“.政务”结尾',
    breached: '域名不以 .gov.cn 或“.政务”结尾',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['site.domain'],
  parameters: {},
  judge(facts) {
    const seen = observedOr(facts, 'site.domain', '域名');
    if ('instead' in seen) return seen.instead;
    const { host, suffix } = seen.fact.value;
    if (suffix === 'gov.cn' || suffix === '政务') return met;
    const words = suffix === 'address' ? `首页用的是 IP 地址：${host}` : `登记的域名：${host}`;
    return breached(1, [evidenceOf(seen.fact, 'site.domain', words)]);
  },
});
