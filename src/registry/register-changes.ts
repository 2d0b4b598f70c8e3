/** Rows of which the trail tells every changed value; beyond that they are counted. `register_history` keeps all of them. */
const LISTED_MAX = 300;
const TEXT_CHARACTERS_MAX = 200;

type Values = Readonly<Record<string, unknown>>;

/** What an import changed in the register, row by row, for the audit trail. */
export class RegisterChanges {
  readonly #before: Record<string, unknown> = {};
  readonly #after: Record<string, unknown> = {};
  #listed = 0;
  #count = 0;

  /** `subject` = `site:4301000001`. Only values that differ are listed; a new row is listed as a whole. */
  add(subject: string, known: Values | undefined, values: Values): void {
    this.#count += 1;
    if (this.#listed >= LISTED_MAX) return;
    this.#listed += 1;
    const changed = Object.keys(values).filter(
      (name) => known === undefined || comparable(known[name]) !== comparable(values[name]),
    );
    this.#before[subject] =
      known === undefined
        ? null
        : Object.fromEntries(changed.map((name) => [name, shown(known[name])]));
    this.#after[subject] = Object.fromEntries(changed.map((name) => [name, shown(values[name])]));
  }

  /** For the trail; nothing before or after where nothing changed. */
  get forAudit() {
    const isChanged = this.#listed > 0;
    return {
      count: this.#count,
      notListed: this.#count - this.#listed,
      before: isChanged ? this.#before : null,
      after: isChanged ? this.#after : null,
    };
  }
}

/** jsonb comes back parsed, dates as they are stored: compared as JSON. */
function comparable(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

function shown(value: unknown): unknown {
  return typeof value === 'string' ? value.slice(0, TEXT_CHARACTERS_MAX) : value;
}
