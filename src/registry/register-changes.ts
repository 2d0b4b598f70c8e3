/** Rows of which the trail tells every changed value; beyond that they are counted. `register_history` keeps all of them. */
const LISTED_MAX = 300;
const TEXT_CHARACTERS_MAX = 200;

type Values = Readonly<Record<string, unknown>>;

/** One registered row that an import changes, field by field. */
export interface ChangedRow {
  /** `site:4301000001`, `account:微信公众号 gh_1`. */
  readonly subject: string;
  readonly fields: readonly {
    readonly field: string;
    readonly before: unknown;
    readonly after: unknown;
  }[];
}

/** Rows that a preview lists: as many as the largest file has. */
const KEPT_MAX = 300_000;

/** What an import changed in the register, row by row, for the audit trail; a preview keeps every changed row. */
export class RegisterChanges {
  readonly #keeps: boolean;
  readonly #changed: ChangedRow[] = [];
  readonly #before: Record<string, unknown> = {};
  readonly #after: Record<string, unknown> = {};
  #listed = 0;
  #count = 0;

  constructor({ keeps = false }: { readonly keeps?: boolean } = {}) {
    this.#keeps = keeps;
  }

  /** Changed rows in the order of the import; empty unless they are kept. */
  get changed(): readonly ChangedRow[] {
    return this.#changed;
  }

  /** `subject` = `site:4301000001`. Only values that differ are listed; a new row is listed as a whole. */
  add(subject: string, known: Values | undefined, values: Values): void {
    this.#count += 1;
    const isKept = this.#keeps && known !== undefined && this.#changed.length < KEPT_MAX;
    if (this.#listed >= LISTED_MAX && !isKept) return;
    const changed = Object.keys(values).filter(
      (name) => known === undefined || comparable(known[name]) !== comparable(values[name]),
    );
    if (isKept)
      this.#changed.push({
        subject,
        fields: changed.map((field) => ({
          ...{ field, before: shown(known[field]), after: shown(values[field]) },
        })),
      });
    if (this.#listed >= LISTED_MAX) return;
    this.#listed += 1;
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
