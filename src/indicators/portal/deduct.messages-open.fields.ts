import { defineIndicator } from '../../domain/indicator.ts';
import { breached, evidenceOf, met, notApplicable } from '../shared/evidence.ts';
import { oneInDoubt, PART_TWO, PORTAL_FACTS, withPortalFact } from '../shared/judge-portal.ts';
import { SITE_PARAMETERS } from '../shared/unreachable-site.ts';

export const portalMessageFields = defineIndicator({
  id: 'portal.deduct.messages-open.fields',
  clause: `${PART_TWO} 留言公开`,
  title: { met: '公开留言时间和答复时间', breached: '未公开留言时间和答复时间' },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'site.boards'],
  parameters: SITE_PARAMETERS,
  judge: (facts, parameters) =>
    withPortalFact(
      { facts, parameters },
      { key: 'site.boards', what: '公开的留言' },
      (fact) => {
        const { showsAskedOn, showsRepliedOn, boards } = fact.value;
        const lacks = [
          ...(showsAskedOn === false ? ['留言时间'] : []),
          ...(showsRepliedOn === false ? ['答复时间'] : []),
        ];
        if (lacks.length > 0)
          return breached(1, [
            evidenceOf(
              fact,
              boards[0]?.url ?? 'site.boards',
              `公开的留言没有${lacks.join('、')}`,
              fact.snapshots[0] ?? null,
            ),
          ]);
        if (showsAskedOn === null || showsRepliedOn === null)
          return oneInDoubt('没有看到可以核对留言时间、答复时间的留言', 'site.boards');
        return met;
      },
      () => notApplicable('没有公开留言的栏目，另有指标'),
    ),
});
