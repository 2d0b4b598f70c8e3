import type { Overview } from '../../api/types.ts';
import type { ChartOption } from '../../charts/engine.ts';
import { COLOURS } from '../../theme.ts';

/** Below the lowest rate, rounded to fives: rates live close to 100 and would be one flat line on a scale from 0. */
function floorOf(trend: Overview['trend']): number {
  const rates = trend
    .flatMap(({ siteRate, accountRate }) => [siteRate, accountRate])
    .filter((rate) => rate !== null);
  return Math.max(0, Math.floor((Math.min(...rates, 100) - 1) / 5) * 5);
}

export function trendChart(trend: Overview['trend']): ChartOption {
  const line = (name: string, data: (number | null)[], color: string, symbol: string) => ({
    type: 'line' as const,
    name,
    data,
    symbol,
    symbolSize: 8,
    connectNulls: false,
    itemStyle: { color },
    lineStyle: {
      color,
      width: 2,
      type: symbol === 'circle' ? ('solid' as const) : ('dashed' as const),
    },
  });
  return {
    animation: false,
    grid: { left: 46, right: 16, top: 12, bottom: 28 },
    // Not as HTML: its style attributes would be refused by our content security policy.
    tooltip: { trigger: 'axis', renderMode: 'richText' },
    xAxis: {
      type: 'category',
      data: trend.map(({ label }) => label),
      axisLabel: { color: COLOURS.quiet },
    },
    yAxis: {
      type: 'value',
      min: floorOf(trend),
      max: 100,
      axisLabel: { formatter: '{value}%', color: COLOURS.quiet },
    },
    series: [
      line(
        '政府网站',
        trend.map(({ siteRate }) => siteRate),
        COLOURS.accent,
        'circle',
      ),
      line(
        '政务新媒体',
        trend.map(({ accountRate }) => accountRate),
        COLOURS.warn,
        'diamond',
      ),
    ],
  };
}
