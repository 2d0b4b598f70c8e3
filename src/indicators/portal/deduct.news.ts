import { defineIndicator } from '../../domain/indicator.ts';
import { PART_TWO, PORTAL_FACTS, withPortalFact } from '../shared/judge-portal.ts';
import { daysBefore } from '../shared/section-state.ts';
import { chargeStale, withSectionsOfKind } from '../shared/sections-of-kind.ts';
import { KIND_PARAMETERS } from '../shared/single-pages.ts';

export const portalNews = defineIndicator({
  id: 'portal.deduct.news',
  clause: `${PART_TWO} 动态要闻`,
  title: {
    met: '动态要闻类栏目两周内有更新',
    breached: '动态要闻类栏目未开设、空白或两周内未更新（一个栏目记一处）',
  },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'site.sections'],
  parameters: {
    ...KIND_PARAMETERS,
    days: { unit: '天', default: 14, why: '监测时间点前2周，沿用否决项' },
  },
  judge: (facts, parameters) => {
    const key = 'site.sections';
    const given = { facts, parameters };
    const { confidenceMin, days } = parameters;
    return withPortalFact(given, { key, what: '栏目' }, (fact, day) =>
      withSectionsOfKind(
        given,
        fact,
        fact.value,
        { key, kind: 'news', name: '动态要闻', confidenceMin },
        (own) =>
          chargeStale(own, {
            ...{ fact, key, day, confidenceMin },
            oldestOf: () => daysBefore(day, days),
          }),
      ),
    );
  },
});
