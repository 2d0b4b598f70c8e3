import { defineIndicator } from '../../domain/indicator.ts';
import { evidenceOf } from '../shared/evidence.ts';
import { noticed, observedOr } from '../shared/notice.ts';

const KINDS = { script: '脚本', frame: '嵌入页', link: '链接', image: '图片' } as const;

export const commercialAds = defineIndicator({
  id: 'site.notice.ads',
  clause: '国办发〔2017〕47号 政府网站发展指引 严禁刊登、链接商业广告',
  title: {
    met: '没有发现商业广告',
    breached: '疑似刊登或链接商业广告',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['site.ads'],
  parameters: {},
  judge(facts) {
    const seen = observedOr(facts, 'site.ads', '广告的情况');
    if ('instead' in seen) return seen.instead;
    return noticed(
      seen.fact.value.signs.map((sign) =>
        evidenceOf(
          seen.fact,
          sign.page,
          `${sign.network}的${sign.floating ? '浮动' : ''}${KINDS[sign.kind]}（${sign.host}）：${sign.excerpt}`,
          sign.snapshot,
        ),
      ),
    );
  },
});
