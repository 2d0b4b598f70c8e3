import { useMemo } from 'react';
import { Chart } from '../../charts/Chart.tsx';
import type { ChartOption } from '../../charts/engine.ts';
import { COLOURS } from '../../theme.ts';
import { Panel } from '../../ui/Panel.tsx';
import { pointsText } from '../../util/points.ts';
import type { AssessmentUnit } from '../assessments/assessment-words.tsx';

/** More bars than this nobody reads; the table below has all. */
const SHOWN_MAX = 30;
const CENTI = 100;

interface Bar {
  readonly name: string;
  readonly deduct: number;
  readonly bonus: number;
  readonly passes: boolean;
}

/** Scores by unit as bars, the best first; whoever has no score yet, or was vetoed, stands in the table only. */
export function ScoreChart({
  units,
  passAt,
}: {
  readonly units: readonly AssessmentUnit[];
  readonly passAt: number;
}) {
  const bars = useMemo(() => barsOf(units), [units]);
  const option = useMemo(() => chartOf(bars), [bars]);
  if (bars.length < 2) return null;
  const words = bars.map(({ name, deduct, bonus }) => `${name} ${pointsText(deduct + bonus)} 分`);
  const left = units.length - bars.length;
  return (
    <Panel
      title="各单位得分"
      aside={
        <span className="quiet">
          低于 {passAt} 分不合格{left > 0 && `；另有 ${left} 个单位没有得分，见下表`}
        </span>
      }
    >
      <Chart option={option} words={words.join('；')} height={30 * bars.length + 40} />
    </Panel>
  );
}

function barsOf(units: readonly AssessmentUnit[]): readonly Bar[] {
  return units
    .flatMap(({ unitName, outcome }) =>
      outcome.kind === 'scored'
        ? [{ name: unitName, ...outcome, bonus: outcome.bonusCounts ? outcome.bonus : 0 }]
        : [],
    )
    .sort((one, other) => other.deduct + other.bonus - (one.deduct + one.bonus))
    .slice(0, SHOWN_MAX);
}

function chartOf(bars: readonly Bar[]): ChartOption {
  return {
    animation: false,
    grid: { left: 110, right: 40, top: 8, bottom: 28 },
    // Not as HTML: its style attributes would be refused by our content security policy.
    tooltip: { trigger: 'axis', renderMode: 'richText' },
    xAxis: { type: 'value', min: 0, axisLabel: { color: COLOURS.quiet } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLabel: { color: COLOURS.quiet, width: 96, overflow: 'truncate' },
    },
    series: [
      {
        ...{ type: 'bar', stack: 'all', name: '扣分项得分' },
        data: bars.map(({ deduct, passes }) => ({
          value: deduct / CENTI,
          itemStyle: { color: passes ? COLOURS.good : COLOURS.bad },
        })),
      },
      {
        ...{ type: 'bar', stack: 'all', name: '加分', itemStyle: { color: '#d99a2b' } },
        data: bars.map(({ bonus }) => bonus / CENTI),
      },
    ],
  };
}
