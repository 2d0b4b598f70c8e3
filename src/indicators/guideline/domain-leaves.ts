import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met, undetermined } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';

export const domainLeaves = defineIndicator({
  id: 'site.notice.domain-leaves',
  clause: '国办发〔2017〕47号 政府网站发展指引 网站域名；国办函〔2018〕55号',
  title: {
    met: '首页停留在政府网站域名上',
    breached: '打开首页后跳转到政府网站域名以外',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['site.domain'],
  parameters: {},
  judge(facts) {
    const seen = observedOr(facts, 'site.domain', '域名');
    if ('instead' in seen) return seen.instead;
    const { hosts, leftOfficial, suffix } = seen.fact.value;
    if (leftOfficial === null)
      return undetermined('首页没有打开，不知道会跳转到哪里', ['site.domain']);
    // Without an official name to begin with the other notice says it already.
    if (!leftOfficial || suffix === 'other' || suffix === 'address') return met;
    const way = hosts.map(({ host }) => host).join(' → ');
    return breached(1, [evidenceOf(seen.fact, 'site.domain', `跳转经过：${way}`)]);
  },
});
