import type { Store } from '../../store/store.ts';
import type { MeasureId } from '../scheme.ts';
import { findErrorFigures } from './find-error-figures.ts';
import type { Figure, MeasuredUnit, MeasuredYear, Measurement } from './measure.ts';
import { rectificationFigures } from './rectification-figures.ts';
import { roundFigures } from './round-figures.ts';
import { upkeepFigures } from './upkeep-figures.ts';

/** Which file counts which figures: a new figure is a line here. */
const MEASUREMENTS: readonly { readonly gives: readonly MeasureId[]; readonly run: Measurement }[] =
  [
    {
      gives: ['quartersNotInspected', 'failedForExpression', 'failedSites'],
      run: roundFigures,
    },
    { gives: ['findErrorUnfinished', 'findErrorOverMonth'], run: findErrorFigures },
    { gives: ['rectificationLate', 'rectificationRepeated'], run: rectificationFigures },
    { gives: ['upkeepMissed'], run: upkeepFigures },
  ];

/** Counts the wanted figures of all units; reads nothing that none of them needs. */
export async function measureUnits(
  store: Store,
  {
    wanted,
    units,
    year,
  }: {
    readonly wanted: ReadonlySet<MeasureId>;
    readonly units: readonly MeasuredUnit[];
    readonly year: MeasuredYear;
  },
): Promise<ReadonlyMap<MeasureId, ReadonlyMap<number, Figure>>> {
  const figures = new Map<MeasureId, ReadonlyMap<number, Figure>>();
  for (const { gives, run } of MEASUREMENTS) {
    if (!gives.some((id) => wanted.has(id))) continue;
    for (const [id, byUnit] of await run(store, units, year)) figures.set(id, byUnit);
  }
  return figures;
}
