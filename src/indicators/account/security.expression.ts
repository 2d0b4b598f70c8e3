import { defineIndicator } from '../../domain/indicator.ts';
import { judgeWordings } from '../shared/judge-wordings.ts';

/** Only titles are checked, so the machine never says that there is nothing: it shows what it suspects. */
export const accountExpression = defineIndicator({
  id: 'media.veto.security.expression',
  clause: '国办秘函〔2019〕19号 检查指标 第一部分 安全、泄密事故等严重问题',
  title: { met: '没有发现疑似严重表述错误', breached: '出现严重表述错误' },
  kind: 'veto',
  advises: true,
  appliesTo: 'account',
  needs: ['account.text'],
  parameters: {},
  judge: (facts) => judgeWordings(facts['account.text'], 'account.text', '没有检查发布内容的标题'),
});
