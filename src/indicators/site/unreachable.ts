import { defineIndicator } from '../../domain/indicator.ts';
import { percentText, percentUnits } from '../../lib/pure/percent.ts';
import { breached, evidenceOf, met, undetermined } from '../shared/evidence.ts';
import {
  REACHABILITY_PARAMETERS,
  reachabilityOf,
  VISIT_FACTS,
} from '../shared/unreachable-site.ts';

export const unreachable = defineIndicator({
  id: 'site.veto.unreachable',
  clause: '国办秘函〔2019〕19号 检查指标 第一部分 站点无法访问',
  title: { met: '站点可以访问', breached: '站点无法访问' },
  kind: 'veto',
  appliesTo: 'site',
  needs: VISIT_FACTS,
  parameters: REACHABILITY_PARAMETERS,
  judge(facts, parameters) {
    const reachability = reachabilityOf(facts, parameters);
    if (reachability.state === 'reachable') return met;
    if (reachability.state === 'unknown') return undetermined(reachability.reason, ['site.visits']);
    const visits = facts['site.visits'];
    if (visits?.state !== 'observed') return undetermined('没有访问记录', ['site.visits']);
    if (reachability.state === 'shared') {
      const outage = facts['site.sharedOutage'];
      const worst =
        outage?.state === 'observed'
          ? `，最严重时该地址 ${outage.value.worst.onAddress} 家中 ${outage.value.worst.failing} 家同时失败`
          : '';
      return undetermined(
        `${reachability.failed} 次失败中 ${reachability.shared} 次与同一地址的其他网站同时发生，疑似共同原因${worst}`,
        ['site.sharedOutage'],
      );
    }
    const share = `应访问 ${reachability.counted} 次，失败 ${reachability.failed} 次，占 ${percentText(percentUnits(reachability.failed, reachability.counted, 2), 2)}`;
    const first = evidenceOf(visits, visits.value.url, share);
    const rows = visits.value.failures.map((failure) =>
      evidenceOf(
        visits,
        `probe:${failure.scheduledAt}`,
        `${failure.errorClass}，实际访问于 ${failure.happenedAt}`,
      ),
    );
    return breached(reachability.failed, [first, ...rows], share);
  },
});
