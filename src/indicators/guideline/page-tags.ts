import { defineIndicator } from '../../domain/indicator.ts';
import { observedOr } from '../shared/notice.ts';
import { noticeTags } from '../shared/notice-tags.ts';

/** The tags whose names two sources have; the others stand in their own, unverified check. */
export const VERIFIED_TAGS: ReadonlySet<string> = new Set(['SiteName', 'SiteIDCode', 'ColumnName']);

export const pageTags = defineIndicator({
  id: 'site.notice.page-tags',
  clause: '国办发〔2017〕47号 政府网站发展指引 页面标签',
  title: {
    met: '抽查页面的主要标签齐全',
    breached: '抽查页面的标签缺失、为空或不对（SiteName、SiteIDCode、ColumnName，一页记一处）',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['site.pageTags'],
  parameters: {},
  judge(facts) {
    const seen = observedOr(facts, 'site.pageTags', '页面标签');
    if ('instead' in seen) return seen.instead;
    return noticeTags(seen.fact, (name) => VERIFIED_TAGS.has(name));
  },
});
