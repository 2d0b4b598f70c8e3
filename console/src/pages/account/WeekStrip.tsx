import { useMemo } from 'react';
import type { AnswerOf } from '../../api/types.ts';
import { Chart } from '../../charts/Chart.tsx';
import type { ChartOption } from '../../charts/engine.ts';
import { COLOURS } from '../../theme.ts';
import { ScrollBox } from '../../ui/ScrollBox.tsx';

type Weeks = AnswerOf<'/api/v1/accounts/{id}/publishing'>['weeks'];

const SEEN_WORDS: Readonly<Record<Weeks[number]['seen'], string>> = {
  whole: '看全',
  partly: '看了一部分，至少这些',
  unseen: '不明',
};

/** Posts per week over 53 weeks. A week of which nothing is known is a grey field, never an empty one. */
export function WeekStrip({ weeks }: { readonly weeks: Weeks }) {
  const option = useMemo(() => chartOf(weeks), [weeks]);
  const seen = weeks.filter((week) => week.seen !== 'unseen');
  const posts = seen.reduce((sum, week) => sum + week.posts, 0);
  return (
    <>
      <Chart
        option={option}
        words={`53 周里有 ${seen.length} 周看到情况，共 ${posts} 条；其余不明`}
        height={150}
      />
      <p className="quiet">深色：看全的一周；浅色：至少这些；灰底：不明，不等于没有发布。</p>
      <details className="more">
        <summary>每周的数值</summary>
        <ScrollBox name="每周发布表格">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">星期一</th>
                <th scope="col" className="number">
                  条数
                </th>
                <th scope="col">情况</th>
              </tr>
            </thead>
            <tbody>
              {weeks.toReversed().map((week) => (
                <tr key={week.from}>
                  <td>{week.from}</td>
                  <td className="number">{week.seen === 'unseen' ? '—' : week.posts}</td>
                  <td>{SEEN_WORDS[week.seen]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </details>
    </>
  );
}

function chartOf(weeks: Weeks): ChartOption {
  const most = Math.max(1, ...weeks.map(({ posts }) => posts));
  const bars = (name: string, color: string, of: (week: Weeks[number]) => number) => ({
    ...{ type: 'bar' as const, stack: 'week', name, itemStyle: { color } },
    data: weeks.map(of),
  });
  return {
    animation: false,
    grid: { left: 36, right: 8, top: 8, bottom: 24 },
    xAxis: {
      type: 'category',
      data: weeks.map(({ from }) => from),
      axisLabel: { color: COLOURS.quiet },
    },
    yAxis: { type: 'value', minInterval: 1, max: most, axisLabel: { color: COLOURS.quiet } },
    series: [
      bars('看全', COLOURS.accent, ({ seen, posts }) => (seen === 'whole' ? posts : 0)),
      bars('至少', '#8fb0de', ({ seen, posts }) => (seen === 'partly' ? posts : 0)),
      bars('不明', '#e3e7ec', ({ seen }) => (seen === 'unseen' ? most : 0)),
    ],
  };
}
