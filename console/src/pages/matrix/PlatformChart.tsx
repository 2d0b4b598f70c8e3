import { useMemo } from 'react';
import type { AnswerOf } from '../../api/types.ts';
import { Chart } from '../../charts/Chart.tsx';
import type { ChartOption } from '../../charts/engine.ts';
import { COLOURS } from '../../theme.ts';
import { STANDING_WORDS } from '../../util/matrix-words.ts';

type Platforms = AnswerOf<'/api/v1/account-matrix'>['platforms'];

/** The most numerous platforms; the table below has all. */
const SHOWN_MAX = 8;
const PARTS = [
  ['fresh', COLOURS.good],
  ['silent', '#d99a2b'],
  ['unknown', '#b9c2cc'],
] as const;

/** Platforms as bars: known updates, suspected silence, and what nobody knows. Exact numbers stand below. */
export function PlatformChart({ platforms }: { readonly platforms: Platforms }) {
  const shown = platforms.slice(0, SHOWN_MAX);
  const option = useMemo(() => chartOf(platforms.slice(0, SHOWN_MAX)), [platforms]);
  const words = shown.map(
    ({ platform, fresh, silent, unknown }) =>
      `${platform}：已知更新 ${fresh}，疑似停更 ${silent}，不明 ${unknown}`,
  );
  return <Chart option={option} words={words.join('；')} height={36 * shown.length + 40} />;
}

function chartOf(platforms: Platforms): ChartOption {
  return {
    animation: false,
    grid: { left: 96, right: 24, top: 8, bottom: 28 },
    // Not as HTML: its style attributes would be refused by our content security policy.
    tooltip: { trigger: 'axis', renderMode: 'richText' },
    xAxis: { type: 'value', minInterval: 1, axisLabel: { color: COLOURS.quiet } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: platforms.map(({ platform }) => platform),
      axisLabel: { color: COLOURS.quiet },
    },
    series: PARTS.map(([part, color]) => ({
      type: 'bar' as const,
      stack: 'all',
      name: STANDING_WORDS[part],
      itemStyle: { color },
      data: platforms.map((each) => each[part]),
    })),
  };
}
