import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met, undetermined } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';

export const httpsOffered = defineIndicator({
  id: 'site.notice.https',
  clause: '国办发〔2017〕47号 政府网站发展指引 安全防护（HTTPS 的要求待核）',
  title: {
    met: '首页可以用 HTTPS 访问',
    breached: '首页不能用 HTTPS 访问，或者没有跳转到 HTTPS',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['site.transport'],
  parameters: {},
  judge(facts) {
    const seen = observedOr(facts, 'site.transport', '传输的情况');
    if ('instead' in seen) return seen.instead;
    const { https, httpGoesToHttps, host } = seen.fact.value;
    if (https.state === 'unobserved')
      return undetermined(`HTTPS 没能看到：${https.reason ?? '原因不明'}`, ['site.transport']);
    if (https.state === 'failed')
      return breached(1, [
        evidenceOf(seen.fact, `https://${host}/`, `HTTPS 打不开：${https.reason ?? '原因不明'}`),
      ]);
    if (httpGoesToHttps === false)
      return breached(1, [
        evidenceOf(seen.fact, `http://${host}/`, 'HTTP 能打开，没有跳转到 HTTPS'),
      ]);
    return met;
  },
});
