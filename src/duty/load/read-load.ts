import { type Acting, assertMay, scopeOf } from '../../domain/acting.ts';
import { isInScope } from '../../domain/actor.ts';
import { closedRounds, countStanding } from '../../inspection/index.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { countUnitCases } from '../../rectification/index.ts';
import { listUnits } from '../../registry/index.ts';
import type { Store, StoreDeps } from '../../store/store.ts';
import { countMeasures } from '../measures/count-measures.ts';
import { countReading } from '../regulations/count-reading.ts';
import { countTrainings } from '../trainings/count-trainings.ts';
import { countCharges } from './count-charges.ts';
import { FIGURES, type FigureName, type LoadFigures, subjectsPerPerson, sumLoad } from './load.ts';

export interface LoadRow extends LoadFigures {
  readonly unitId: number;
  readonly unitName: string;
  /** The unit itself, without those below it: 本级. */
  readonly isOwn: boolean;
  readonly hasBelow: boolean;
  readonly subjectsPerPerson: number | null;
}

export const LOAD_SORTS = ['unit', 'subjectsPerPerson', ...FIGURES] as const;

export interface LoadFilter {
  readonly year: number;
  /** Null: the whole year. */
  readonly quarter: number | null;
  /** Whose parts are listed; by default the topmost unit of one's sight. */
  readonly unitId?: number | undefined;
  readonly sort?: { readonly by: (typeof LOAD_SORTS)[number]; readonly isDescending: boolean };
  readonly at: Instant;
}

export interface Load {
  readonly unitId: number;
  readonly unitName: string;
  /** The unit above, if one sees it. */
  readonly parentId: number | null;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly items: readonly LoadRow[];
  readonly whole: LoadFigures & { readonly subjectsPerPerson: number | null };
}

/**
 * Load and outcome of the units directly below one, each with all below it, and of that unit by itself. What is unknown sorts last.
 * Throws {@link UserError} `identity.forbidden`, `load.unit`.
 */
export async function readLoad(
  { store }: StoreDeps,
  acting: Acting,
  filter: LoadFilter,
): Promise<Load> {
  assertMay(acting, 'duty.read');
  const units = (await listUnits(store.db)).filter(({ id }) => isInScope(scopeOf(acting), id));
  const own = typeof acting === 'string' ? null : acting.unitId;
  const seen = new Set(units.map(({ id }) => id));
  const topmost = units.find(({ parentId }) => parentId === null || !seen.has(parentId));
  const wanted = filter.unitId ?? (own !== null && seen.has(own) ? own : topmost?.id);
  const top = units.find(({ id }) => id === wanted);
  if (top === undefined)
    throw new UserError('load.unit', '没有这个单位，或不归您管。', { field: 'unitId' });
  const period = periodOf(filter);
  const { figures, known } = await countOwn(store, { ...period, on: shanghaiDate(filter.at) });
  const children = new Map<number, number[]>();
  for (const { id, parentId } of units)
    if (parentId !== null) children.set(parentId, [...(children.get(parentId) ?? []), id]);
  const rowOf = (id: number, name: string, isOwn: boolean): LoadRow => {
    const sums = sumLoad(isOwn ? new Set([id]) : below(id, children), figures, known);
    const hasBelow = !isOwn && children.has(id);
    return {
      ...{ unitId: id, unitName: name, isOwn, hasBelow, ...sums },
      subjectsPerPerson: subjectsPerPerson(sums),
    };
  };
  const parts = units
    .filter(({ parentId }) => parentId === top.id)
    .map(({ id, name }) => rowOf(id, name, false));
  const whole = sumLoad(below(top.id, children), figures, known);
  return {
    ...{ unitId: top.id, unitName: top.name, ...period },
    parentId: top.parentId !== null && seen.has(top.parentId) ? top.parentId : null,
    items: sorted([rowOf(top.id, top.name, true), ...parts], filter.sort),
    whole: { ...whole, subjectsPerPerson: subjectsPerPerson(whole) },
  };
}

const QUARTER_ENDS = ['03-31', '06-30', '09-30', '12-31'] as const;

function periodOf({ year, quarter }: LoadFilter): { from: CalendarDate; to: CalendarDate } {
  if (quarter === null) return { from: `${year}-01-01`, to: `${year}-12-31` };
  const month = String(3 * quarter - 2).padStart(2, '0');
  return { from: `${year}-${month}-01`, to: `${year}-${QUARTER_ENDS[quarter - 1]}` };
}

/** The unit and all below it. The registry refuses rings. */
function below(id: number, children: ReadonlyMap<number, readonly number[]>): Set<number> {
  const found = new Set([id]);
  for (const each of found) for (const child of children.get(each) ?? []) found.add(child);
  return found;
}

function sorted(rows: readonly LoadRow[], sort: LoadFilter['sort']): LoadRow[] {
  if (sort === undefined || sort.by === 'unit')
    return sort?.isDescending === true ? [...rows].reverse() : [...rows];
  const { by, isDescending } = sort;
  return [...rows].sort((one, other) => {
    const [a, b] = [one[by], other[by]];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return isDescending ? b - a : a - b;
  });
}

/** Every figure by unit, one query each, and those of which a unit without an entry has none. */
async function countOwn(
  store: Store,
  period: Readonly<Record<'from' | 'to' | 'on', CalendarDate>>,
): Promise<{
  figures: Map<number, Partial<Record<FigureName, number>>>;
  known: Set<FigureName>;
}> {
  const figures = new Map<number, Partial<Record<FigureName, number>>>();
  const known = new Set<FigureName>(['subjects', 'measures']);
  const add = (unitId: number, name: FigureName, count: number): void => {
    const of = figures.get(unitId) ?? {};
    of[name] = (of[name] ?? 0) + count;
    figures.set(unitId, of);
  };
  for (const { unitId, subjects, people } of await countCharges(store)) {
    add(unitId, 'subjects', subjects);
    if (people > 0) add(unitId, 'people', people);
  }
  if ((await closedRounds(store.db, period)).length > 0) known.add('findings');
  for (const { unitId, findings } of await countStanding(store.db, period))
    add(unitId, 'findings', findings);
  const cases = await countUnitCases(store, period);
  for (const name of ['cases', 'mendedInTime', 'late', 'repeated'] as const) {
    if (cases.length > 0) known.add(name);
    for (const each of cases) add(each.unitId, name, each[name]);
  }
  for (const { unitId, measures } of await countMeasures(store, period))
    add(unitId, 'measures', measures);
  for (const { unitId, asked, read } of await countReading(store, period)) {
    add(unitId, 'asked', asked);
    add(unitId, 'read', read);
  }
  for (const { unitId, personHours } of await countTrainings(store, period))
    add(unitId, 'personHours', personHours);
  return { figures, known };
}
