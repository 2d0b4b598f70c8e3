import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met } from '../shared/evidence.ts';
import { oneInDoubt, PART_TWO, PORTAL_FACTS, withPortalFact } from '../shared/judge-portal.ts';
import { SITE_PARAMETERS } from '../shared/unreachable-site.ts';

const KEY = 'site.ipv6';

export const portalIpv6 = defineIndicator({
  id: 'portal.deduct.ipv6',
  clause: `${PART_TWO} IPv6改造`,
  title: { met: '首页支持 IPv6 访问', breached: '首页不支持 IPv6 访问' },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, KEY],
  parameters: SITE_PARAMETERS,
  judge: (facts, parameters) =>
    withPortalFact(
      { facts, parameters },
      { key: KEY, what: ' IPv6 的情况' },
      (fact) => {
        const { host, reach, reason, samePage, likenessPercent } = fact.value;
        if (reach === 'failed')
          return breached(1, [
            evidenceOf(fact, host, `有 AAAA 记录，但 IPv6 打不开：${reason ?? '原因不明'}`),
          ]);
        if (samePage === 'same') return met;
        return oneInDoubt(
          samePage === 'unknown'
            ? 'IPv6 能连上，但两边的页面没能比较'
            : `IPv6 打开的页面与 IPv4 的相似度只有 ${likenessPercent ?? 0}%，要人核实`,
          KEY,
        );
      },
      (fact) => breached(1, [evidenceOf(fact, KEY, '域名没有 AAAA 记录')]),
    ),
});
