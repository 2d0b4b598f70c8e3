import { MARK_NAMES } from '../../domain/facts/guideline-facts.ts';
import { defineIndicator } from '../../domain/indicator.ts';
import { evidenceOf, notApplicable, undetermined } from '../shared/evidence.ts';
import { noticed, observedOr } from '../shared/notice.ts';

export const footMarksInner = defineIndicator({
  id: 'site.notice.marks-inner',
  clause: '国办发〔2017〕47号 政府网站发展指引 底部功能区',
  title: {
    met: '抽查的栏目页、内容页底部与首页一致',
    breached: '抽查的栏目页、内容页底部缺少首页已有的要素（一页记一处）',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['site.marks'],
  parameters: {},
  judge(facts) {
    const seen = observedOr(facts, 'site.marks', '底部功能区');
    if ('instead' in seen) return seen.instead;
    const { pages } = seen.fact.value;
    const home = pages.find(({ role }) => role === 'home');
    const inner = pages.filter(({ role }) => role !== 'home');
    if (!home) return undetermined('没能看到首页的底部功能区', ['site.marks']);
    if (inner.length === 0) return notApplicable('没有看到栏目页和内容页');
    const onHome = MARK_NAMES.filter((name) => home.marks[name].state === 'shown');
    return noticed(
      inner.flatMap((page) => {
        const lacks = onHome.filter((name) => page.marks[name].state === 'missing');
        if (lacks.length === 0) return [];
        return [evidenceOf(seen.fact, page.url, `缺少：${lacks.join('、')}`, page.snapshot)];
      }),
    );
  },
});
