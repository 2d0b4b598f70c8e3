import type { Unit } from '../domain/unit.ts';

/** A unit tree deeper than this is a cycle or a mistake: province, city, county, township, office, and room to spare. */
const DEPTH_MAX = 12;

/** Units by id with what they inherit from above. */
export class UnitTree {
  readonly #byId: ReadonlyMap<number, Unit>;
  readonly #byName = new Map<string, Unit[]>();

  constructor(
    units: readonly Unit[],
    formerNames: ReadonlyMap<number, readonly string[]> = new Map(),
  ) {
    this.#byId = new Map(units.map((unit) => [unit.id, unit]));
    for (const unit of units) {
      for (const name of new Set([
        unit.name,
        ...unit.aliases,
        ...(formerNames.get(unit.id) ?? []),
      ])) {
        const known = this.#byName.get(name);
        if (known) known.push(unit);
        else this.#byName.set(name, [unit]);
      }
    }
  }

  get(id: number): Unit | undefined {
    return this.#byId.get(id);
  }

  /** All units, in the order in which they were given. */
  all(): readonly Unit[] {
    return [...this.#byId.values()];
  }

  /** Units that bear a name, as name, alias or former name; own names first. */
  named(name: string): readonly Unit[] {
    const found = this.#byName.get(name) ?? [];
    const own = found.filter((unit) => unit.name === name);
    return own.length > 0 ? own : found;
  }

  /** The unit and what stands above it, nearest first. */
  chain(id: number): Unit[] {
    const chain: Unit[] = [];
    for (
      let unit = this.#byId.get(id);
      unit && chain.length < DEPTH_MAX;
      unit = unit.parentId === null ? undefined : this.#byId.get(unit.parentId)
    )
      chain.push(unit);
    return chain;
  }

  /** Print row (通报行): the unit's own, else the nearest one above, else the name of the topmost unit. */
  printRowOf(id: number): string {
    const chain = this.chain(id);
    return chain.find((unit) => unit.printRow !== null)?.printRow ?? chain.at(-1)?.name ?? '';
  }

  /** Print row of every unit. */
  printRowsById(): Map<number, string> {
    return new Map([...this.#byId.keys()].map((id) => [id, this.printRowOf(id)]));
  }

  /** Division code of the unit or the nearest one above that has one. */
  divisionCodeOf(id: number): string | null {
    return this.chain(id).find((unit) => unit.divisionCode !== null)?.divisionCode ?? null;
  }

  /** Print rows in print order: a row stands where its first unit stands. */
  printRows(): string[] {
    const first = new Map<string, number>();
    for (const unit of this.#byId.values()) {
      const row = this.printRowOf(unit.id);
      const known = first.get(row);
      // A row that is only inherited from a root without a print row of its own is placed by that root as well.
      if (unit.printRow !== null || unit.parentId === null)
        first.set(row, Math.min(known ?? Number.POSITIVE_INFINITY, unit.printOrder));
      else if (known === undefined) first.set(row, unit.printOrder);
    }
    return [...first.entries()].sort((a, b) => a[1] - b[1]).map(([row]) => row);
  }
}

/** The digits of a division code that name a place: 430000 → 43, 430400 → 4304, 430421 → 430421. */
export function significantPrefix(divisionCode: string): string {
  return divisionCode.replace(/(00){1,2}$/, '');
}
