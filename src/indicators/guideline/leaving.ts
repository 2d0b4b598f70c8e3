import { defineIndicator } from '../../domain/indicator.ts';
import { evidenceOf, undetermined } from '../shared/evidence.ts';
import { noticed, observedOr } from '../shared/notice.ts';

export const leavingNotice = defineIndicator({
  id: 'site.notice.leaving',
  clause: '国办发〔2017〕47号 政府网站发展指引 外部链接（离站提示待核）',
  title: {
    met: '链接到非政府网站前有离站提示',
    breached: '链接到非政府网站前没有离站提示（一个网站记一处）',
  },
  kind: 'notice',
  appliesTo: 'site',
  needs: ['site.leavingNotice'],
  parameters: {},
  judge(facts) {
    const seen = observedOr(facts, 'site.leavingNotice', '外部链接');
    if ('instead' in seen) return seen.instead;
    const { links } = seen.fact.value;
    const without = links.filter(({ notice }) => notice === 'none');
    if (without.length === 0 && links.some(({ notice }) => notice === 'unsure'))
      return undetermined('页面上有处理链接的脚本，离站提示要人点开核实', ['site.leavingNotice']);
    return noticed(
      without.map(({ page, url, text, snapshot }) =>
        evidenceOf(seen.fact, page, `“${text}”直接链接到 ${url}`, snapshot),
      ),
    );
  },
});
