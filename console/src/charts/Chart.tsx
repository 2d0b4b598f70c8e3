import type { ECharts } from 'echarts/core';
import { useEffect, useRef, useState } from 'react';
import type { ChartOption } from './engine.ts';

interface ChartProps {
  readonly option: ChartOption;
  /** What it shows, for those who do not see it; exact numbers stand beside it as a table. */
  readonly words: string;
  readonly height: number;
}

/** A chart. Its engine is fetched only when the chart comes into sight. */
export function Chart({ option, words, height }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const isSeen = useIsSeen(box);
  const [chart, setChart] = useState<ECharts | null>(null);
  useEffect(() => {
    const element = box.current;
    if (!isSeen || element === null) return;
    let made: ECharts | null = null;
    let isGone = false;
    void import('./engine.ts').then(({ init }) => {
      if (isGone) return;
      made = init(element, null, { renderer: 'canvas' });
      setChart(made);
    });
    const observer = new ResizeObserver(() => made?.resize());
    observer.observe(element);
    return () => {
      isGone = true;
      observer.disconnect();
      made?.dispose();
      setChart(null);
    };
  }, [isSeen]);
  useEffect(() => {
    if (chart !== null && !chart.isDisposed()) chart.setOption(option, { notMerge: true });
  }, [chart, option]);
  return <div ref={box} role="img" aria-label={words} style={{ height }} />;
}

/** A chart whose upper edge only just shows is not being looked at: its engine is two fifths of a first load. */
const SEEN_SHARE = 0.6;

function useIsSeen(box: React.RefObject<HTMLElement | null>): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (isSeen || box.current === null) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setSeen(true);
      },
      { threshold: SEEN_SHARE },
    );
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [isSeen, box]);
  return isSeen;
}
