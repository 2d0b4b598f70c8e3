import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met, undetermined } from '../shared/evidence.ts';
import { SERVICE_FACTS, withServices } from '../shared/judge-services.ts';
import { SITE_PARAMETERS, undeterminedAbsence } from '../shared/unreachable-site.ts';

export const serviceNone = defineIndicator({
  id: 'site.veto.service.none',
  clause: '国办秘函〔2019〕19号 检查指标 第一部分 服务不实用',
  title: { met: '提供办事服务', breached: '未提供办事服务' },
  kind: 'veto',
  appliesTo: 'site',
  needs: SERVICE_FACTS,
  parameters: SITE_PARAMETERS,
  judge: (facts, parameters) =>
    withServices(facts, parameters, (services) => {
      const view = services.value;
      if (view.entries.length > 0 || view.guides.length > 0) return met;
      if (!view.complete)
        return undetermined(
          `没有找到办事服务，但网站没有看全：${view.incompleteReason ?? '原因不明'}`,
          ['site.services'],
        );
      const unseenSite = undeterminedAbsence(
        { facts, parameters },
        services,
        '没有找到办事服务',
        'site.services',
      );
      if (unseenSite) return unseenSite;
      const words = '首页、导航和栏目里都没有办事服务功能或入口';
      return breached(
        1,
        [evidenceOf(services, 'site.services', words, services.snapshots[0] ?? null)],
        words,
      );
    }),
});
