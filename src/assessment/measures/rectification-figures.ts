import { closedRounds } from '../../inspection/index.ts';
import { countLapses, type Lapses } from '../../rectification/index.ts';
import { type Evidence, evidenceOf, type Figure, type Measurement } from './measure.ts';

interface RoundLapses {
  readonly period: string;
  readonly label: string;
  readonly lapses: readonly Lapses[];
}

/** What became of the cases of the year's rounds: not submitted in time, and repeated or relapsed. A year without a case was not rectified here. */
export const rectificationFigures: Measurement = async (store, units, { from, to, today }) => {
  const rounds: RoundLapses[] = [];
  for (const { period, label } of await closedRounds(store.db, { from, to }))
    rounds.push({ period, label, lapses: await countLapses(store, period, today) });
  if (rounds.every(({ lapses }) => lapses.length === 0)) return new Map();
  const figuresOf = (of: (lapses: Lapses) => number, words: string): Map<number, Figure> =>
    new Map(
      units.map(({ unitId, below }) => {
        const found = rounds.flatMap(({ period, label, lapses }) => {
          const count = lapses
            .filter((line) => below.has(line.unitId))
            .reduce((sum, line) => sum + of(line), 0);
          const link = `/rectification?round=${encodeURIComponent(period)}`;
          const why: Evidence = { words: `${label}：${count} 件${words}`, link };
          return count === 0 ? [] : [{ count, why }];
        });
        const evidence = evidenceOf(found.map(({ why }) => why));
        return [unitId, { count: found.reduce((sum, { count }) => sum + count, 0), evidence }];
      }),
    );
  return new Map([
    ['rectificationLate', figuresOf(({ late }) => late, '没有按期报送')],
    ['rectificationRepeated', figuresOf(({ repeated }) => repeated, '屡改屡犯')],
  ]);
};
