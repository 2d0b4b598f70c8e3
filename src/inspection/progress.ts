import { log } from '../lib/node/log.ts';
import type { Instant } from '../lib/pure/dates.ts';

/** Live progress of a round. Counters over all processes and starts of the round; `etaSeconds` null while unknown. */
export interface RoundProgress {
  readonly period: string;
  readonly stage:
    | '计划'
    | '访问首页'
    | '采集网站'
    | '全站普查'
    | '采集新媒体'
    | '判定'
    | '完成'
    | '等待';
  /** Units of work over all stages: home-page visits, sites and accounts weighted by what they cost. */
  readonly done: number;
  readonly total: number;
  readonly pages: number;
  readonly feeds: number;
  readonly probes: number;
  readonly apiCalls: number;
  readonly records: number;
  readonly pagesPerSecond: number;
  readonly etaSeconds: number | null;
  readonly at: Instant;
}

export type ProgressListener = (progress: RoundProgress) => void;

/**
 * Carries progress from a running round to whoever watches (terminal, event streams), and the wish to pause the other way, within
 * one process. Keeps the newest progress per period.
 */
export class ProgressHub {
  readonly #listeners = new Set<ProgressListener>();
  readonly #latest = new Map<string, RoundProgress>();
  readonly #pausing = new Map<string, () => void>();

  publish(progress: RoundProgress): void {
    this.#latest.set(progress.period, progress);
    for (const listener of this.#listeners) listener(progress);
  }

  latest(period: string): RoundProgress | null {
    return this.#latest.get(period) ?? null;
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: ProgressListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whoever runs a round hears here that it was paused. Returns the function that ends the listening. */
  onPaused(period: string, listener: () => void): () => void {
    this.#pausing.set(period, listener);
    return () => {
      if (this.#pausing.get(period) === listener) this.#pausing.delete(period);
    };
  }

  paused(period: string): void {
    this.#pausing.get(period)?.();
  }
}

/** Counters of one run: what the last line of `round run` prints. */
export interface RunCounters {
  pages: number;
  feeds: number;
  probes: number;
  apiCalls: number;
  records: number;
}

const PUBLISH_EVERY_MS = 250;

/** Counts work and publishes at most four times a second. `clock` gives monotonic milliseconds. */
export class ProgressMeter {
  readonly counters: RunCounters = { pages: 0, feeds: 0, probes: 0, apiCalls: 0, records: 0 };
  readonly #hub: ProgressHub;
  readonly #period: string;
  readonly #clock: () => number;
  readonly #startedAt: number;
  #stage: RoundProgress['stage'] = '计划';
  #done = 0;
  #total = 0;
  #carried = 0;
  #carriedPages = 0;
  #publishedAt = Number.NEGATIVE_INFINITY;

  constructor(hub: ProgressHub, period: string, clock: () => number = () => performance.now()) {
    this.#hub = hub;
    this.#period = period;
    this.#clock = clock;
    this.#startedAt = clock();
  }

  /** Sets the whole amount of work; `done` and `counters` = what an earlier run had finished already. */
  begin(total: number, done: number, counters: Partial<RunCounters>): void {
    this.#total = total;
    this.#done = done;
    this.#carried = done;
    Object.assign(this.counters, counters);
    this.#carriedPages = this.counters.pages;
    this.#publish(true);
  }

  stage(stage: RoundProgress['stage']): void {
    if (stage !== this.#stage)
      log.info('批次进入阶段', { stage, done: this.#done, total: this.#total });
    this.#stage = stage;
    this.#publish(true);
  }

  /** How far the round is, as the database knows it. */
  update(done: number, counters: Partial<RunCounters>): void {
    this.#done = done;
    Object.assign(this.counters, counters);
    this.#publish(false);
  }

  seconds(): number {
    return (this.#clock() - this.#startedAt) / 1000;
  }

  #publish(always: boolean): void {
    const now = this.#clock();
    if (!always && now - this.#publishedAt < PUBLISH_EVERY_MS) return;
    this.#publishedAt = now;
    const seconds = this.seconds();
    const speed = seconds > 0 ? (this.#done - this.#carried) / seconds : 0;
    this.#hub.publish({
      period: this.#period,
      stage: this.#stage,
      done: Math.min(this.#done, this.#total),
      total: this.#total,
      ...this.counters,
      pagesPerSecond:
        seconds > 0
          ? Math.round(((this.counters.pages - this.#carriedPages) / seconds) * 10) / 10
          : 0,
      etaSeconds: speed > 0 ? Math.max(0, Math.round((this.#total - this.#done) / speed)) : null,
      at: new Date().toISOString(),
    });
  }
}
