import { type Acting, scopeOf } from '../../domain/acting.ts';
import { isInScope } from '../../domain/actor.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { loadUnitTree } from '../../registry/index.ts';
import type { LifecycleDb } from '../lifecycle-db.ts';
import type { Month } from './duty.ts';
import { countDuties, type DutyCount } from './list-duties.ts';

export interface UnitCount extends Omit<DutyCount, 'unitId'> {
  readonly unitId: number;
  readonly name: string;
}

/**
 * How a month stands for the units right below the topmost one that somebody sees, each with everything below it; the topmost itself
 * for its own duty.
 */
export async function countByUnit(
  db: LifecycleDb,
  acting: Acting,
  month: Month,
  today: CalendarDate,
): Promise<UnitCount[]> {
  const tree = await loadUnitTree(db);
  const scope = scopeOf(acting);
  const counts = new Map<number, UnitCount>();
  for (const { unitId, ...own } of await countDuties(db, acting, month, today)) {
    const seen = tree.chain(unitId).filter(({ id }) => isInScope(scope, id));
    const unit = seen.at(-2) ?? seen.at(-1);
    if (unit === undefined) continue;
    const known = counts.get(unit.id);
    counts.set(unit.id, {
      ...{ unitId: unit.id, name: unit.name },
      confirmed: own.confirmed + (known?.confirmed ?? 0),
      open: own.open + (known?.open ?? 0),
      overdue: own.overdue + (known?.overdue ?? 0),
      isVoid: own.isVoid + (known?.isVoid ?? 0),
    });
  }
  return [...counts.values()].sort(
    (one, other) =>
      (tree.get(one.unitId)?.printOrder ?? 0) - (tree.get(other.unitId)?.printOrder ?? 0),
  );
}
