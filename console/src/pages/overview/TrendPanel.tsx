import type { Overview } from '../../api/types.ts';
import { Chart } from '../../charts/Chart.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { trendChart } from './trend-chart.ts';

type Trend = Overview['trend'];

/** Pass rates over the rounds: a line for the eye, a table for exact reading. */
export function TrendPanel({ trend }: { readonly trend: Trend }) {
  if (trend.length < 2)
    return (
      <Panel title="合格率趋势">
        <EmptyState title="批次还不够">有两个以上完成的批次后，这里显示合格率的变化。</EmptyState>
      </Panel>
    );
  return (
    <Panel title="合格率趋势">
      <ul className="trend-legend" aria-hidden>
        <li className="trend-sites">政府网站</li>
        <li className="trend-accounts">政务新媒体</li>
      </ul>
      <Chart option={trendChart(trend)} words={trendWords(trend)} height={210} />
      <details className="more">
        <summary>数值</summary>
        <TrendTable trend={trend} />
      </details>
    </Panel>
  );
}

const rate = (value: number | null): string => (value === null ? '—' : `${value}%`);

function trendWords(trend: Trend): string {
  const last = trend.at(-1);
  return `${trend.length} 个批次的合格率；最近一期网站 ${rate(last?.siteRate ?? null)}，新媒体 ${rate(last?.accountRate ?? null)}`;
}

function TrendTable({ trend }: { readonly trend: Trend }) {
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">批次</th>
          <th scope="col" className="number">
            政府网站
          </th>
          <th scope="col" className="number">
            政务新媒体
          </th>
        </tr>
      </thead>
      <tbody>
        {trend.map((round) => (
          <tr key={round.period}>
            <td>{round.label}</td>
            <td className="number">{rate(round.siteRate)}</td>
            <td className="number">{rate(round.accountRate)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
