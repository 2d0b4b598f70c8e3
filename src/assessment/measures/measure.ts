import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { Store } from '../../store/store.ts';
import type { MeasureId } from '../scheme.ts';

/** One thing that a figure was counted from. */
export interface Evidence {
  /** Chinese. */
  readonly words: string;
  /** A path of the console. */
  readonly link: string | null;
}

/** Pieces of evidence that are kept of one figure; the last one says how many there were more. */
export const EVIDENCE_MAX = 30;

export interface Figure {
  readonly count: number;
  readonly evidence: readonly Evidence[];
}

/** The year that is assessed, up to a day; dates in Asia/Shanghai, both included. */
export interface MeasuredYear {
  readonly year: number;
  readonly from: CalendarDate;
  /** The last day of the year, or the day of the count where the year is not over. */
  readonly to: CalendarDate;
  /** The day of the count: what is due later is not late. */
  readonly today: CalendarDate;
}

/** A unit that is assessed, with all units below it: what they do is its own. */
export interface MeasuredUnit {
  readonly unitId: number;
  readonly below: ReadonlySet<number>;
}

/** Counts some figures of all units at once. A unit of which nothing is known has no entry: that is not nought. */
export type Measurement = (
  store: Store,
  units: readonly MeasuredUnit[],
  year: MeasuredYear,
) => Promise<ReadonlyMap<MeasureId, ReadonlyMap<number, Figure>>>;

/** Evidence within its limit. */
export function evidenceOf(found: readonly Evidence[]): readonly Evidence[] {
  if (found.length <= EVIDENCE_MAX) return found;
  const kept = found.slice(0, EVIDENCE_MAX - 1);
  return [...kept, { words: `另有 ${found.length - kept.length} 条`, link: null }];
}

/** Sums by unit what was counted for units below. */
export function sumsOf(
  units: readonly MeasuredUnit[],
  counted: readonly { readonly unitId: number | null; readonly count: number }[],
  evidence: (unit: MeasuredUnit, count: number) => readonly Evidence[],
): ReadonlyMap<number, Figure> {
  return new Map(
    units.map((unit) => {
      const count = counted
        .filter(({ unitId }) => unitId !== null && unit.below.has(unitId))
        .reduce((sum, each) => sum + each.count, 0);
      return [unit.unitId, { count, evidence: count === 0 ? [] : evidence(unit, count) }];
    }),
  );
}
