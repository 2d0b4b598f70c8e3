import { MARK_NAMES } from '../../domain/facts/guideline-facts.ts';
import { defineIndicator } from '../../domain/indicator.ts';
import { evidenceOf, undetermined } from '../shared/evidence.ts';
import { noticed, observedOr } from '../shared/notice.ts';

export const footMarks = defineIndicator({
  id: 'site.notice.marks',
  clause: '国办发〔2017〕47号 政府网站发展指引 底部功能区',
  title: {
    met: '首页底部功能区七项要素齐全',
    breached: '首页底部功能区要素缺失或不能用（缺一记一处）',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['site.marks'],
  parameters: {},
  judge(facts) {
    const seen = observedOr(facts, 'site.marks', '底部功能区');
    if ('instead' in seen) return seen.instead;
    const home = seen.fact.value.pages.find(({ role }) => role === 'home');
    if (!home) return undetermined('没能看到首页的底部功能区', ['site.marks']);
    const wrong = MARK_NAMES.filter((name) => /^(missing|defective)$/.test(home.marks[name].state));
    const unsure = MARK_NAMES.filter((name) => home.marks[name].state === 'unsure');
    if (wrong.length === 0 && unsure.length > 0)
      return undetermined(
        `看不清：${unsure.join('、')}（${home.marks[unsure[0]!].reason ?? '原因不明'}）`,
        ['site.marks'],
      );
    return noticed(
      wrong.map((name) =>
        evidenceOf(
          seen.fact,
          home.url,
          `${name}：${home.marks[name].reason ?? '没有'}`,
          home.snapshot,
        ),
      ),
    );
  },
});
