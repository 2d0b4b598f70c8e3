import { defineIndicator } from '../../domain/indicator.ts';
import { judgeWordings } from '../shared/judge-wordings.ts';

export const securityExpression = defineIndicator({
  id: 'site.veto.security.expression',
  clause: '国办秘函〔2019〕19号 检查指标 第一部分 安全、泄密事故等严重问题',
  title: { met: '没有发现疑似严重表述错误', breached: '出现严重表述错误' },
  kind: 'veto',
  advises: true,
  appliesTo: 'site',
  needs: ['site.text'],
  parameters: {},
  judge: (facts) => judgeWordings(facts['site.text'], 'site.text', '没有检查全站文字'),
});
