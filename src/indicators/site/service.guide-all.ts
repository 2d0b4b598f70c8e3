import { defineIndicator } from '../../domain/indicator.ts';
import { breached, met, undetermined } from '../shared/evidence.ts';
import { guideEvidence, SERVICE_FACTS, withServices } from '../shared/judge-services.ts';
import { SITE_PARAMETERS } from '../shared/unreachable-site.ts';

export const serviceGuideAll = defineIndicator({
  id: 'site.veto.service.guide-all',
  clause: '国办秘函〔2019〕19号 检查指标 第一部分 服务不实用（待核）',
  title: { met: '办事指南要素基本齐全', breached: '事项总数不足5个的，每个事项均缺失4类及以上' },
  kind: 'veto',
  appliesTo: 'site',
  needs: SERVICE_FACTS,
  parameters: {
    ...SITE_PARAMETERS,
    missing: { unit: '类', default: 4, why: '缺失4类及以上' },
    itemsBelow: { unit: '个', default: 5, why: '事项总数不足5个' },
  },
  judge: (facts, parameters) =>
    withServices(facts, parameters, (services) => {
      const { missing, itemsBelow } = parameters;
      const { guides, unreadGuides, platformGuides = 0, complete } = services.value;
      const unread = unreadGuides + platformGuides;
      const [first, ...rest] = guides.filter((guide) => guide.missing.length >= missing);
      if (!first || rest.length + 1 < guides.length || guides.length + unread >= itemsBelow)
        return met;
      if (unread > 0 || !complete)
        return undetermined('看到的事项都缺失多类要素，但事项没有看全', ['site.services']);
      return breached(guides.length, [
        guideEvidence(services, first),
        ...rest.map((guide) => guideEvidence(services, guide)),
      ]);
    }),
});
