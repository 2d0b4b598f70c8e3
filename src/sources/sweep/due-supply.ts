import type { SourcesDb } from '../sources-db.ts';
import { type DueFilter, type DueSource, dueSources } from './due-sources.ts';
import type { SweepLane } from './sweep-lanes.ts';

/** Sources of a lane in memory at a time. */
const PAGE = 200;

/** How many sources a sweep may still ask, over all lanes. */
export interface Allowance {
  left: number;
}

/** The sources of one lane that are due, one after another, read a page at a time. */
export class DueSupply {
  readonly #db: SourcesDb;
  readonly #lane: SweepLane;
  readonly #filter: () => DueFilter;
  readonly #allowance: Allowance;
  #page: DueSource[] = [];
  #after = -1;
  #isOver = false;
  #reading: Promise<void> | null = null;

  /** `filter` is asked for every page: its present goes on. */
  constructor(db: SourcesDb, lane: SweepLane, filter: () => DueFilter, allowance: Allowance) {
    this.#db = db;
    this.#lane = lane;
    this.#filter = filter;
    this.#allowance = allowance;
  }

  /** Null = there is no more. Whoever waits for the same page gets one of its sources. */
  async next(): Promise<DueSource | null> {
    for (;;) {
      const due = this.#page.shift();
      if (due !== undefined) return due;
      if (this.#isOver) return null;
      this.#reading ??= this.#read().finally(() => {
        this.#reading = null;
      });
      await this.#reading;
    }
  }

  async #read(): Promise<void> {
    const page = { after: this.#after, count: PAGE };
    const found = await dueSources(this.#db, this.#filter(), this.#lane, page);
    const taken = found.slice(0, this.#allowance.left);
    this.#allowance.left -= taken.length;
    this.#isOver = found.length < PAGE || this.#allowance.left <= 0;
    this.#after = found.at(-1)?.place ?? this.#after;
    this.#page = taken;
  }
}
