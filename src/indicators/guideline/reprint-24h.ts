import { defineIndicator } from '../../domain/indicator.ts';
import { evidenceOf, undetermined } from '../shared/evidence.ts';
import { noticed, observedOr } from '../shared/notice.ts';

export const reprint24h = defineIndicator({
  id: 'site.notice.reprint-24h',
  clause: '国办发〔2017〕47号 政府网站发展指引 转载国务院重要政策信息；国办2017年第一季度抽查通报',
  title: {
    met: '指定的重要信息都在24小时内转载',
    breached: '指定的重要信息没有转载，或者超过24小时（一条记一处）',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['site.reprint'],
  parameters: {},
  judge(facts) {
    const seen = observedOr(facts, 'site.reprint', '转载的情况');
    if ('instead' in seen) return seen.instead;
    const { items } = seen.fact.value;
    const wrong = items.filter(({ state }) => state === 'late' || state === 'missing');
    const unsure = items.filter(({ state }) => state === 'unsure');
    if (wrong.length === 0 && unsure.length > 0)
      return undetermined(
        `${unsure.length} 条没能看清是否转载：${unsure[0]!.reason ?? unsure[0]!.item.title}`,
        ['site.reprint'],
      );
    return noticed(
      wrong.map(({ item, state, found }) =>
        evidenceOf(
          seen.fact,
          found?.url ?? item.url,
          state === 'late'
            ? `“${item.title}”${found?.on ?? ''}才转载`
            : `看到的列表里没有“${item.title}”`,
        ),
      ),
    );
  },
});
