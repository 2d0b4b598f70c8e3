/** A unit with the units below it, in the order given. */
export interface TreeOf<Unit> {
  readonly unit: Unit;
  readonly id: number;
  readonly name: string;
  readonly children?: TreeOf<Unit>[];
}

interface UnitLike {
  readonly id: number;
  readonly name: string;
  readonly parentId: number | null;
}

/** The forest of a flat list of units. One whose parent is not in the list is a root: a manager sees only his subtree. */
export function unitTree<Unit extends UnitLike>(units: readonly Unit[]): TreeOf<Unit>[] {
  const ids = new Set(units.map(({ id }) => id));
  const below = new Map<number | null, Unit[]>();
  for (const unit of units) {
    const parent = unit.parentId !== null && ids.has(unit.parentId) ? unit.parentId : null;
    below.set(parent, [...(below.get(parent) ?? []), unit]);
  }
  const grow = (parentId: number | null): TreeOf<Unit>[] =>
    (below.get(parentId) ?? []).map((unit) => {
      const children = below.has(unit.id) ? grow(unit.id) : undefined;
      return { unit, id: unit.id, name: unit.name, ...(children && { children }) };
    });
  return grow(null);
}

/** From the root down to a unit, itself last; empty when it is not in the list. */
export function unitPath<Unit extends UnitLike>(units: readonly Unit[], id: number): Unit[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const path: Unit[] = [];
  for (let at = byId.get(id); at && !path.includes(at); at = byId.get(at.parentId ?? -1))
    path.unshift(at);
  return path;
}
