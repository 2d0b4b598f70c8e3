import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met, undetermined } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';

export const loadTime = defineIndicator({
  id: 'site.notice.load',
  clause: '国办发〔2017〕47号 政府网站发展指引 页面设计规范（建议，不是15秒的否决线）',
  title: {
    met: '首页加载不超过建议的时长',
    breached: '首页加载超过建议的时长（从本机所在线路看）',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['site.transport'],
  parameters: {
    seconds: { unit: '秒', default: 3, why: '页面加载时长不宜超过3秒' },
  },
  judge(facts, { seconds }) {
    const seen = observedOr(facts, 'site.transport', '加载时长');
    if ('instead' in seen) return seen.instead;
    const { load, host } = seen.fact.value;
    if (load.documentMs === null) return undetermined('首页没有打开，没有时长', ['site.transport']);
    const limit = seconds * 1000;
    if (load.documentMs <= limit) return met;
    return breached(1, [
      evidenceOf(seen.fact, host, `首页用了 ${load.documentMs} 毫秒（建议不超过 ${seconds} 秒）`),
    ]);
  },
});
