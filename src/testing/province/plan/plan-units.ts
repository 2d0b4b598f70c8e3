import { printRowOf, printRowsOf, type ProvinceCase } from '../read-case.ts';
import type { UnitPlan } from './province-plan.ts';

/** Print rows that are groups, not places: their members carry the row, no single unit bears its name. */
const GROUP_ROW = /(部门|单位|机构|委办局)$/;
const FIRST_CITY = 1;

/** Units of the province: root, one per print row (groups have an office of their own), and the sponsors as they are asked for. */
export class UnitPlanner {
  readonly #source: ProvinceCase;
  readonly #units = new Map<string, UnitPlan>();
  readonly #codes: ReadonlyMap<string, string>;
  readonly root: string;
  #order = 0;

  constructor(source: ProvinceCase) {
    this.#source = source;
    this.root = provinceName(source);
    const rows = printRowsOf(source);
    this.#codes = divisionCodes(source, rows);
    // The root stands outside the print rows of its cities; its own row is the first group, or itself.
    const group = rows.find((row) => GROUP_ROW.test(row));
    this.#add({ name: this.root, parent: '', aliases: [], printRow: group ?? '', printOrder: group ? rows.indexOf(group) + 1 : rows.length + 1, divisionCode: provinceCode(this.#codes) });
    rows.forEach((row, index) => {
      if (GROUP_ROW.test(row)) return;
      const aliases = [...source.failingSites, ...source.failingAccounts].map(({ unit }) => unit).filter((unit) => unit !== row && printRowOf(source, unit) === row);
      this.#add({ name: row, parent: this.root, aliases: [...new Set(aliases)], printRow: row, printOrder: index + 1, divisionCode: this.#codes.get(row) ?? '' });
    });
    this.#order = rows.length;
  }

  get units(): readonly UnitPlan[] {
    return [...this.#units.values()];
  }

  codeOf(printRow: string): string {
    return this.#codes.get(printRow) ?? provinceCode(this.#codes);
  }

  /** A sponsor below a print row; the same name in two rows is two units. Returns the name to register. */
  sponsor(printRow: string, name: string): string {
    const own = this.#units.get(`${name} ${printRow}`);
    if (own) return own.name;
    if (this.#units.get(`${name} ${name}`)?.printRow === printRow) return name;
    const rows = printRowsOf(this.#source);
    const parent = GROUP_ROW.test(printRow) ? this.root : printRow;
    this.#order += 1;
    // A member of a group stands at the group's place; within a city it comes after the city itself.
    const printOrder = GROUP_ROW.test(printRow) ? rows.indexOf(printRow) + 1 : rows.length + this.#order;
    this.#units.set(`${name} ${printRow}`, { name, parent, aliases: [], printRow, printOrder, divisionCode: '' });
    return name;
  }

  #add(unit: UnitPlan): void {
    this.#units.set(`${unit.name} ${unit.name}`, unit);
  }
}

function provinceName(source: ProvinceCase): string {
  const match = /^([\u4e00-\u9fa5]{2,8}?(?:省|自治区|市|州|县))/.exec(source.issuer) ?? /([\u4e00-\u9fa5]{2,8}?(?:省|自治区|市|州|县))/.exec(source.title.replace(/^关于.*?季度/, ''));
  const name = match?.[1] ?? '本省';
  return printRowsOf(source).includes(name) ? `${name}人民政府` : name;
}

/** Codes that never contradict the failing sites' given ones: taken from them where there are any, else free ones beside them. */
function divisionCodes(source: ProvinceCase, rows: readonly string[]): Map<string, string> {
  const given = new Map<string, string[]>();
  for (const { unit, siteCode } of source.failingSites) {
    if (!/^\d{10}$/.test(siteCode)) continue;
    const row = printRowOf(source, unit);
    given.set(row, [...(given.get(row) ?? []), siteCode]);
  }
  const province = [...given.values()].flat()[0]?.slice(0, 2) ?? '43';
  const codes = new Map<string, string>();
  const taken = new Set<string>();
  for (const [row, siteCodes] of given) {
    const prefixes = new Set(siteCodes.map((code) => code.slice(0, 4)));
    // Sites with codes of several places: the province's own code covers them all.
    const prefix = prefixes.size === 1 ? [...prefixes][0]! : province;
    codes.set(row, prefix.endsWith('00') || prefix.length === 2 ? `${prefix.slice(0, 2)}0000` : `${prefix}00`);
    taken.add(prefix);
  }
  let city = FIRST_CITY;
  for (const row of rows) {
    if (codes.has(row)) continue;
    if (GROUP_ROW.test(row)) {
      codes.set(row, `${province}0000`);
      continue;
    }
    while (taken.has(`${province}${String(city).padStart(2, '0')}`)) city += 1;
    codes.set(row, `${province}${String(city).padStart(2, '0')}00`);
    city += 1;
  }
  return codes;
}

function provinceCode(codes: ReadonlyMap<string, string>): string {
  return `${([...codes.values()][0] ?? '430000').slice(0, 2)}0000`;
}
