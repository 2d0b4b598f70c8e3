import { countMissedUpkeep } from '../../lifecycle/index.ts';
import { type Measurement, sumsOf } from './measure.ts';

/** Monthly confirmations that a unit did not give in time: each unit and month once. */
export const upkeepFigures: Measurement = async (store, units, { from, to, today }) => {
  const missed = await countMissedUpkeep(store.db, {
    ...{ from: from.slice(0, 7), to: to.slice(0, 7), today },
  });
  const figures = sumsOf(
    units,
    missed.map(({ unitId, missed: count }) => ({ unitId, count })),
    (_unit, sum) => [{ words: `${sum} 次没有按月确认登记信息`, link: '/upkeep' }],
  );
  return new Map([['upkeepMissed', figures]]);
};
