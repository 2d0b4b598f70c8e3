import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met, undetermined } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';

export const ipv6 = defineIndicator({
  id: 'site.notice.ipv6',
  clause: '国办秘函〔2019〕19号 检查指标 第二部分 IPv6改造',
  title: {
    met: '首页支持 IPv6 访问',
    breached: '首页不支持 IPv6 访问',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['site.ipv6'],
  parameters: {},
  judge(facts) {
    const fact = facts['site.ipv6'];
    if (fact?.state === 'absent')
      return breached(1, [evidenceOf(fact, 'site.ipv6', '域名没有 AAAA 记录')]);
    const seen = observedOr(facts, 'site.ipv6', 'IPv6 的情况');
    if ('instead' in seen) return seen.instead;
    const { reach, reason, samePage, likenessPercent, host } = seen.fact.value;
    if (reach === 'failed')
      return breached(1, [
        evidenceOf(seen.fact, host, `有 AAAA 记录，但 IPv6 打不开：${reason ?? '原因不明'}`),
      ]);
    if (samePage === 'unknown')
      return undetermined('IPv6 能连上，但两边的页面没能比较', ['site.ipv6']);
    if (samePage === 'different')
      return undetermined(
        `IPv6 打开的页面与 IPv4 的相似度只有 ${likenessPercent ?? 0}%，是不是同一网站要人核实`,
        ['site.ipv6'],
      );
    return met;
  },
});
