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
    readEnough: {
      unit: '个',
      default: 5,
      why: '读到这么多份且没有一份缺失过多的，没读到的不再影响判定（本平台口径）',
    },
  },
  judge: (facts, parameters) =>
    withServices(facts, parameters, (services) => {
      const { missing, items, readEnough } = parameters;
      const { guides, unreadGuides, platformGuides = 0 } = services.value;
      const poor = guides.filter((guide) => guide.missing.length >= missing);
      // Where enough guides were read and none is poor, those not read are taken for like ones: the reader opens a limited
      // number, and a site with many guides must not be left open for that. Guides on the shared platform are written there,
      // the same for every unit that links to it: alone they give no ground for doubt about this site, beside a poor one they do.
      const unknown =
        poor.length > 0
          ? unreadGuides + platformGuides
          : guides.length >= readEnough
            ? 0
            : unreadGuides;
      return judgeCount({
        certain: poor.map((guide) => guideEvidence(services, guide)),
        unknown,
        threshold: items,
        unknownReason: `读到的 ${guides.length} 个事项中有 ${poor.length} 个缺失 ${missing} 类以上要素，另有 ${unknown} 个办事指南没能看到`,
        missing: ['site.services'],
      });
    }),
});
