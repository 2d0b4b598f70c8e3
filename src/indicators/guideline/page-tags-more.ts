import { defineIndicator } from '../../domain/indicator.ts';
import { observedOr } from '../shared/notice.ts';
import { noticeTags } from '../shared/notice-tags.ts';
import { VERIFIED_TAGS } from './page-tags.ts';

export const pageTagsMore = defineIndicator({
  id: 'site.notice.page-tags-more',
  clause: '国办发〔2017〕47号 政府网站发展指引 页面标签（标签名待核）',
  title: {
    met: '抽查页面的其余标签齐全、规范',
    breached: '抽查页面的其余标签缺失、为空或不规范（含 PubDate 的写法，一页记一处）',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['site.pageTags'],
  parameters: {},
  judge(facts) {
    const seen = observedOr(facts, 'site.pageTags', '页面标签');
    if ('instead' in seen) return seen.instead;
    return noticeTags(seen.fact, (name) => !VERIFIED_TAGS.has(name));
  },
});
