import type { RawCase } from '../read-case.ts';

/** The print rows (通报行) of a case and what else the case calls them. */
export interface RowNames {
  /** In print order: the sites' order, and rows that only accounts have after their forerunner there. */
  readonly rows: readonly string[];
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  /** The row that a unit name of the case means, or null. */
  rowOf(unit: string): string | null;
}

type NamingCase = Pick<
  RawCase,
  'sitesByUnit' | 'accountsByUnit' | 'failingSites' | 'failingAccounts' | 'repeatOffenders'
>;

/** Print groups that are no single unit: their members carry the row, none bears its name. */
const GROUP_ROW = /(?:部门|单位|机构|委办局|厅局|直属|本级)$/;

export const isGroupRow = (row: string): boolean => GROUP_ROW.test(row);

export function nameRows(source: NamingCase): RowNames {
  const siteRows = source.sitesByUnit.map((row) => row.unit);
  const accountRows = source.accountsByUnit.map((row) => row.unit);
  const merged = new Map<string, string>();
  for (const unit of accountRows) {
    if (siteRows.includes(unit)) continue;
    // One unit under two names, one in each table.
    const twin = meaningOf(
      unit,
      siteRows.filter((row) => !accountRows.includes(row)),
    );
    if (twin !== null) merged.set(unit, twin);
  }
  const rows = mergeOrders(
    siteRows,
    accountRows.map((unit) => merged.get(unit) ?? unit),
  );
  const rowOf = (unit: string): string | null =>
    rows.includes(unit) ? unit : (merged.get(unit) ?? meaningOf(unit, rows));
  const used = [...source.failingSites, ...source.failingAccounts, ...source.repeatOffenders];
  const aliases = new Map<string, string[]>();
  for (const unit of new Set([...merged.keys(), ...used.map((row) => row.unit)])) {
    const row = rowOf(unit);
    if (row !== null && row !== unit) aliases.set(row, [...(aliases.get(row) ?? []), unit]);
  }
  return { rows, aliases, rowOf };
}

/** `first` with the members that only `second` has, each after the member before it there. */
function mergeOrders(first: readonly string[], second: readonly string[]): string[] {
  const merged = [...new Set(first)];
  let at = -1;
  for (const row of second) {
    const known = merged.indexOf(row);
    if (known < 0) merged.splice(at + 1, 0, row);
    at = known < 0 ? at + 1 : known;
  }
  return merged;
}

/** The row whose characters a long name contains in order (湘西自治州 ⊂ 湘西土家族苗族自治州), or that contains a short one's. */
function meaningOf(unit: string, rows: readonly string[]): string | null {
  const within = rows.filter((row) => row.length > 1 && containsInOrder(unit, row));
  if (within.length > 0)
    return within.reduce((best, row) => (row.length > best.length ? row : best));
  const around = rows.filter(
    (row) => unit.length > 1 && row[0] === unit[0] && containsInOrder(row, unit),
  );
  return around.length === 1 ? around[0]! : null;
}

function containsInOrder(long: string, short: string): boolean {
  let at = 0;
  for (const character of long) if (character === short[at]) at += 1;
  return at === short.length;
}
