import { Counter, Gauge } from 'prom-client';
import type { FetchOutcome } from '../domain/crawl.ts';
import type { VisitOutcome } from '../domain/site-facts.ts';
import type { RoundProgress } from './progress.ts';

const PAGES = new Counter({
  name: 'xunjian_pages_total',
  help: '抓取的页面，按结果',
  labelNames: ['outcome'] as const,
});
const VISITS = new Counter({
  name: 'xunjian_visits_total',
  help: '首页访问，按结果',
  labelNames: ['outcome'] as const,
});
const FEEDS = new Counter({
  name: 'xunjian_feeds_total',
  help: '新媒体信源，按事实的状态',
  labelNames: ['outcome'] as const,
});
const ROUNDS = new Counter({
  name: 'xunjian_round_runs_total',
  help: '批次运行，按结局',
  labelNames: ['outcome'] as const,
});
const DONE = new Gauge({
  name: 'xunjian_round_work_done',
  help: '正在运行的批次已做的工作量',
  labelNames: ['period'] as const,
});
const TOTAL = new Gauge({
  name: 'xunjian_round_work_total',
  help: '正在运行的批次的全部工作量',
  labelNames: ['period'] as const,
});
const ADVANCED = new Gauge({
  name: 'xunjian_round_advanced_at_seconds',
  help: '正在运行的批次上一次有进展的时刻（Unix 秒）；很久不动说明卡住了',
  labelNames: ['period'] as const,
});

export const countPage = (outcome: FetchOutcome): void => PAGES.inc({ outcome });
export const countVisit = (outcome: VisitOutcome): void => VISITS.inc({ outcome });
export const countFeed = (outcome: 'observed' | 'absent' | 'unobserved'): void =>
  FEEDS.inc({ outcome });

/** Shows how far a running round is. */
export function showProgress({ period, done, total, at }: RoundProgress): void {
  DONE.set({ period }, done);
  TOTAL.set({ period }, total);
  ADVANCED.set({ period }, Date.parse(at) / 1000);
}

/** Counts the end of a run and takes its gauges away: only rounds under way have a period label. */
export function endProgress(period: string, outcome: 'done' | 'stopped' | 'failed'): void {
  ROUNDS.inc({ outcome });
  for (const gauge of [DONE, TOTAL, ADVANCED]) gauge.remove({ period });
}
