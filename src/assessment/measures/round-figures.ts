import { closedRounds, type FrozenRound, readFrozenRound } from '../../inspection/index.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { Store } from '../../store/store.ts';
import type { MeasureId } from '../scheme.ts';
import {
  type Evidence,
  evidenceOf,
  type Figure,
  type MeasuredUnit,
  type Measurement,
} from './measure.ts';

const QUARTERS = [1, 2, 3, 4] as const;
const NUMERALS = ['一', '二', '三', '四'] as const;
/** Rules of 严重表述错误 (indicators-2019.md). */
const EXPRESSION = new Set(['site.veto.security.expression', 'media.veto.security.expression']);

/** A frozen round of the year, and the quarter in which it was monitored. */
export interface QuarterRound {
  readonly quarter: number;
  readonly label: string;
  readonly content: FrozenRound;
}

/** What the year's frozen rounds say: quarters without a whole inspection, subjects that failed by their wording, sites that failed otherwise. */
export const roundFigures: Measurement = async (store, units, { year, from, to, today }) => {
  const rounds = await readRounds(store, from, to);
  const over = QUARTERS.filter((quarter) => lastDayOf(year, quarter) < today);
  const figures = new Map<MeasureId, Map<number, Figure>>();
  const keep = (id: MeasureId, unitId: number, found: readonly Evidence[]): void => {
    const ofUnit = figures.get(id) ?? new Map<number, Figure>();
    ofUnit.set(unitId, { count: found.length, evidence: evidenceOf(found) });
    figures.set(id, ofUnit);
  };
  for (const unit of units) {
    const missed = over.flatMap((quarter) =>
      uninspected(
        unit,
        quarter,
        rounds.filter((round) => round.quarter === quarter),
      ),
    );
    keep('quartersNotInspected', unit.unitId, missed);
    keep('failedForExpression', unit.unitId, failedOf(unit, rounds, 'expression'));
    keep('failedSites', unit.unitId, failedOf(unit, rounds, 'other'));
  }
  return figures;
};

export async function readRounds(
  store: Store,
  from: CalendarDate,
  to: CalendarDate,
): Promise<QuarterRound[]> {
  const rounds: QuarterRound[] = [];
  for (const { period, label, monitoredOn } of await closedRounds(store.db, { from, to }))
    rounds.push({
      ...{ quarter: Math.ceil(Number(monitoredOn.slice(5, 7)) / 3), label },
      content: await readFrozenRound(store, period),
    });
  return rounds;
}

const lastDayOf = (year: number, quarter: number): CalendarDate =>
  `${year}-${['03-31', '06-30', '09-30', '12-31'][quarter - 1]}`;

/** One piece of evidence when something of the unit that ran was looked at in no round of the quarter. */
function uninspected(
  { below }: MeasuredUnit,
  quarter: number,
  rounds: readonly QuarterRound[],
): Evidence[] {
  const words = `第${NUMERALS[quarter - 1]}季度`;
  if (rounds.length === 0) return [{ words: `${words}没有冻结的批次`, link: '/rounds' }];
  const seen = new Map<string, boolean>();
  for (const { content } of rounds)
    for (const { subject, checked } of content.subjects) {
      if (!below.has(subject.sponsorId) || subject.status !== 'running') continue;
      const key = `${subject.kind}:${subject.id}`;
      seen.set(key, checked || seen.get(key) === true);
    }
  const left = [...seen.values()].filter((wasSeen) => !wasSeen).length;
  if (left === 0) return [];
  return [
    { words: `${words}：${seen.size} 个在运行的网站、账号，${left} 个没有查`, link: '/rounds' },
  ];
}

/** Each subject once, however many rounds found it failing. */
function failedOf(
  { below }: MeasuredUnit,
  rounds: readonly QuarterRound[],
  why: 'expression' | 'other',
): Evidence[] {
  const found = new Map<string, Evidence>();
  for (const { label, content } of rounds)
    for (const { subject, rules } of content.failing) {
      const wording = rules.some((rule) => EXPRESSION.has(rule));
      if (!below.has(subject.sponsorId) || wording !== (why === 'expression')) continue;
      if (why === 'other' && subject.kind !== 'site') continue;
      const key = `${subject.kind}:${subject.id}`;
      if (!found.has(key)) found.set(key, { words: `${label}：${subject.name}`, link: null });
    }
  return [...found.values()];
}
