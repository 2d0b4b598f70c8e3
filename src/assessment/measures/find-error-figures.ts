import { countFindError, keepsMessages } from '../../finderror/index.ts';
import { type Measurement, sumsOf } from './measure.ts';

/** Messages of the year that are not answered, and those that took longer than a month (assessment-2019.md §3). Where no message ever came, nothing is known. */
export const findErrorFigures: Measurement = async (store, units, { from, to, today }) => {
  if (!(await keepsMessages(store, today))) return new Map();
  const { byUnit } = await countFindError(store, { from, to, today });
  const link = '/find-errors';
  const of = (count: (line: (typeof byUnit)[number]) => number, words: string) =>
    sumsOf(
      units,
      byUnit.map((line) => ({ unitId: line.unitId, count: count(line) })),
      (_unit, sum) => [{ words: `${from} 至 ${to} 收到的留言：${sum} 条${words}`, link }],
    );
  return new Map([
    ['findErrorUnfinished', of(({ open }) => open, '没有办结')],
    ['findErrorOverMonth', of(({ overMonth }) => overMonth, '超过一个月才办结')],
  ]);
};
