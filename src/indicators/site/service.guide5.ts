import { defineIndicator } from '../../domain/indicator.ts';
import { judgeCount } from '../shared/judge-count.ts';
import { guideEvidence, SERVICE_FACTS, withServices } from '../shared/judge-services.ts';
import { SITE_PARAMETERS } from '../shared/unreachable-site.ts';

export const serviceGuide5 = defineIndicator({
  id: 'site.veto.service.guide5',
  clause: '国办秘函〔2019〕19号 检查指标 第一部分 服务不实用（待核）',
  title: {
    met: '办事指南要素基本齐全',
    breached: '办事指南重点要素类别缺失4类及以上的事项数量超过（含）5个',
  },
  kind: 'veto',
  appliesTo: 'site',
  needs: SERVICE_FACTS,
  parameters: {
    ...SITE_PARAMETERS,
    missing: { unit: '类', default: 4, why: '缺失4类及以上' },
    items: { unit: '个', default: 5, why: '超过（含）5个事项' },
  },
  judge: (facts, parameters) =>
    withServices(facts, parameters, (services) => {
      const { missing, items } = parameters;
      const view = services.value;
      const poor = view.guides.filter((guide) => guide.missing.length >= missing);
      // Guides that were not read are like those that were: only when some were found poor can the unread ones matter.
      const unknown = poor.length > 0 ? view.unreadGuides : 0;
      return judgeCount({
        certain: poor.map((guide) => guideEvidence(services, guide)),
        unknown,
        threshold: items,
        unknownReason: `已有 ${poor.length} 个事项缺失 ${missing} 类以上要素，另有 ${unknown} 个办事指南没能看到`,
        missing: ['site.services'],
      });
    }),
});
