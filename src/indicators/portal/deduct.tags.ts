import { defineIndicator } from '../../domain/indicator.ts';
import { oneInDoubt, PART_TWO, PORTAL_FACTS, withPortalFact } from '../shared/judge-portal.ts';
import { noticeTags } from '../shared/notice-tags.ts';
import { SITE_PARAMETERS } from '../shared/unreachable-site.ts';

/** The tags whose names two sources have; what else the guideline may ask for is 待核 and takes no points. */
const ASKED: ReadonlySet<string> = new Set(['SiteName', 'SiteIDCode', 'ColumnName']);

export const portalTags = defineIndicator({
  id: 'portal.deduct.tags',
  clause: `${PART_TWO} 页面标签`,
  title: {
    met: '抽查页面的主要标签齐全',
    breached: '抽查页面的标签（SiteName、SiteIDCode、ColumnName）缺失、为空或不对（一页记一处）',
  },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, 'site.pageTags'],
  parameters: SITE_PARAMETERS,
  judge: (facts, parameters) =>
    withPortalFact({ facts, parameters }, { key: 'site.pageTags', what: '页面标签' }, (fact) =>
      fact.value.pages.length === 0
        ? oneInDoubt('没有抽查到页面', 'site.pageTags')
        : noticeTags(fact, (name) => ASKED.has(name)),
    ),
});
