import type { ProvinceCase } from '../read-case.ts';
import type { Draw } from '../sites/draw.ts';
import { type DivisionCodes, divisionCodes, isProvince } from './division-codes.ts';
import { isGroupRow } from './print-rows.ts';
import type { UnitPlan } from './province-plan.ts';
import { rootName } from './root-name.ts';
import {
  BUREAUS,
  COMMISSIONS,
  DEPARTMENTS,
  FORMER_DEPARTMENTS,
  PLACE_FIRST,
  PLACE_SECOND,
  SHORT_DEPARTMENTS,
  TOWNSHIPS,
} from './words.ts';

/** A unit that a subject can name as its sponsor. */
export interface Sponsor {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly row: string;
  /** What an account or site of it calls itself: 清溪人社. */
  readonly short: string;
  /** Six digits, or empty: its own code or the nearest above. */
  readonly divisionCode: string;
}

interface Node extends Sponsor {
  readonly parent: string;
  readonly printRow: string;
  readonly printOrder: number;
  /** Only when it has a code of its own. */
  readonly ownCode: string;
}

/** Room for the units of one print row in the print order. */
const ROW_STEP = 100_000;
const COUNTIES_MAX = 8;
const SUBJECTS_PER_COUNTY = 12;
/** A county whose name is not free after so many draws is left out. */
const NAME_TRIES = 20;

const short = (department: string): string => SHORT_DEPARTMENTS[department] ?? department;

/** The unit tree as it grows with the sponsors that are asked for. */
export class UnitPlanner {
  readonly root: string;
  readonly codes: DivisionCodes;
  readonly #source: ProvinceCase;
  readonly #nodes = new Map<string, Node>();
  readonly #counties = new Map<string, readonly Node[]>();
  readonly #codesTaken: Set<string>;

  constructor(source: ProvinceCase) {
    this.#source = source;
    this.root = rootName(source);
    this.codes = divisionCodes(source, this.root);
    this.#codesTaken = new Set(source.failingSites.map((site) => site.siteCode.slice(0, 6)));
    if (!source.rows.includes(this.root)) {
      const code = this.codes.root;
      this.#add({
        row: '',
        name: this.root,
        short: this.root,
        parent: '',
        printRow: '',
        ownCode: code,
      });
    }
    for (const row of source.rows) {
      if (isGroupRow(row)) continue;
      const [ownCode, parent] = [
        this.codes.byRow.get(row) ?? '',
        row === this.root ? '' : this.root,
      ];
      const aliases = source.aliases.get(row) ?? [];
      this.#add({
        row,
        name: row,
        short: shortPlace(row),
        parent,
        printRow: row,
        ownCode,
        aliases,
      });
    }
  }

  /** The unit that bears a print row's name; for a group a department that stands in for it. */
  head(row: string): Sponsor {
    return isGroupRow(row)
      ? this.named(row, `${this.root}人民政府办公厅`)
      : this.#nodes.get(key(row, row))!;
  }

  /** A sponsor that the case names; its county, when the name tells one, becomes a unit as well. */
  named(row: string, name: string): Sponsor {
    const known = this.#nodes.get(key(row, name));
    if (known) return known;
    if (!isGroupRow(row) && this.#source.aliases.get(row)?.includes(name)) return this.head(row);
    if (isGroupRow(row)) return this.#member(row, name, name);
    const county = isProvince(this.root) ? this.#countyOf(row, name) : null;
    return this.#add({
      row,
      name,
      short: name,
      parent: (county ?? this.head(row)).name,
      printRow: '',
    });
  }

  /** A unit of the row that the province makes up. */
  invent(row: string, draw: Draw): Sponsor {
    const department = draw.pick(DEPARTMENTS);
    if (isGroupRow(row)) return this.#department(row, this.root, department, true);
    const counties = this.#countiesOf(row, draw);
    if (counties.length === 0 || draw.chance(0.4)) {
      return draw.chance(0.2) && !isProvince(this.root)
        ? this.#township(row, this.head(row), draw)
        : this.#department(row, row, department, false);
    }
    const county = draw.pick(counties);
    if (draw.chance(0.08)) return county;
    return draw.chance(0.3)
      ? this.#township(row, county, draw)
      : this.#department(row, county.name, department, false);
  }

  /** The unit itself where a site code that the case gives suits its place, else one beside it that bears the code's. */
  withCode(sponsor: Sponsor, siteCode: string): Sponsor {
    const prefix = sponsor.divisionCode.replace(/(?:00){1,2}$/, '');
    if (siteCode.startsWith('bm') || siteCode.startsWith(prefix)) return sponsor;
    const [row, ownCode] = [sponsor.row, siteCode.slice(0, 6)];
    const name = `${sponsor.name}驻${ownCode}办事处`;
    const parent = isGroupRow(row) ? this.root : row;
    return this.#add({ row, name, short: sponsor.short, parent, printRow: row, ownCode });
  }

  /** Whether a name alone does not tell which unit is meant. */
  isAmbiguous(name: string): boolean {
    return this.#bearers(name) > 1;
  }

  /** The register's first sheet. A parent whose name two units bear would be taken for the other: such a unit hangs on the root. */
  units(): UnitPlan[] {
    return [...this.#nodes.values()].map((node) => {
      const lost = node.parent !== '' && this.#bearers(node.parent) > 1;
      return {
        name: node.name,
        parent: lost ? this.root : node.parent,
        aliases: node.aliases,
        printRow: lost ? node.row : node.printRow,
        printOrder: node.printOrder,
        divisionCode: node.ownCode,
      };
    });
  }

  #bearers(name: string): number {
    return (
      this.#source.rows.filter((row) => this.#nodes.has(key(row, name))).length +
      Number(this.#nodes.has(key('', name)))
    );
  }

  #department(row: string, place: string, department: string, isTop: boolean): Sponsor {
    const suffix = suffixOf(department, isTop && isProvince(this.root));
    const name = `${place}${department}${suffix}`;
    const called = `${isTop ? shortPlace(this.root) : shortPlace(place)}${short(department)}`;
    const former = FORMER_DEPARTMENTS[department];
    const aliases = former === undefined ? [] : [`${place}${former}${suffix}`];
    const known = this.#nodes.get(key(row, name));
    if (known) return known;
    if (isTop) return this.#member(row, name, called, aliases);
    return this.#add({ row, name, short: called, parent: place, printRow: '', aliases });
  }

  /** A unit of a group: it hangs on the root and carries the group as its 通报行. */
  #member(row: string, name: string, called: string, aliases: readonly string[] = []): Sponsor {
    return this.#add({ row, name, short: called, parent: this.root, printRow: row, aliases });
  }

  #township(row: string, county: Sponsor, draw: Draw): Sponsor {
    const town = draw.pick(TOWNSHIPS);
    // Registers often leave the county out: then many units bear one name.
    const name = draw.chance(0.3) ? `${town}人民政府` : `${county.name}${town}人民政府`;
    const known = this.#nodes.get(key(row, name));
    return (
      known ??
      this.#add({
        row,
        name,
        short: town,
        parent: county.name,
        printRow: draw.chance(0.1) ? row : '',
      })
    );
  }

  #countiesOf(row: string, draw: Draw): readonly Node[] {
    const known = this.#counties.get(row);
    if (known) return known;
    if (!isProvince(this.root)) return [];
    const running = this.#source.accountsByUnit.find((each) => each.unit === row)?.running ?? 0;
    const count = Math.min(COUNTIES_MAX, Math.ceil(running / SUBJECTS_PER_COUNTY));
    const counties = Array.from({ length: count }, (_, at) =>
      this.#newCounty(row, at, draw),
    ).filter((county) => county !== null);
    this.#counties.set(row, counties);
    return counties;
  }

  #newCounty(row: string, at: number, draw: Draw): Node | null {
    const kind = at % 3 === 2 ? '区' : '县';
    const names = Array.from(
      { length: NAME_TRIES },
      () => `${draw.pick(PLACE_FIRST)}${draw.pick(PLACE_SECOND)}${kind}`,
    );
    const name = names.find((each) => this.#bearers(each) === 0);
    if (name === undefined) return null;
    const city = this.codes.byRow.get(row) ?? '';
    return this.#add({
      row,
      name,
      short: shortPlace(name),
      parent: row,
      printRow: '',
      ownCode: this.#countyCode(city, kind, at),
    });
  }

  /** A free six-digit code below a city's (21… counties, 02… districts), or none below a code that is no city's. */
  #countyCode(city: string, kind: '县' | '区', at: number): string {
    if (!/00$/.test(city) || /0000$/.test(city)) return '';
    for (let number = (kind === '县' ? 21 : 2) + at; number < 90; number += 1) {
      const code = `${city.slice(0, 4)}${String(number).padStart(2, '0')}`;
      if (this.#codesTaken.has(code)) continue;
      this.#codesTaken.add(code);
      return code;
    }
    return '';
  }

  /** 慈利县 of 慈利县信访局, 武陵源区 of 张家界市武陵源区司法局. */
  #countyOf(row: string, name: string): Sponsor | null {
    const city = [row, ...(this.#source.aliases.get(row) ?? [])].find((each) =>
      name.startsWith(each),
    );
    const match = /^([\u4e00-\u9fa5]{1,6}?(?:自治县|县|区|市|旗))(?!场|委会|分局|直).+/.exec(
      name.slice(city?.length ?? 0),
    );
    if (!match || /[社景园小校]区$|开发区$|发区$/.test(match[1]!)) return null;
    const known = this.#nodes.get(key(row, match[1]!));
    if (known) return known;
    if (this.#bearers(match[1]!) > 0) return null;
    return this.#add({
      row,
      name: match[1]!,
      short: shortPlace(match[1]!),
      parent: row,
      printRow: '',
    });
  }

  #add(
    unit: Omit<Node, 'aliases' | 'printOrder' | 'divisionCode' | 'ownCode'> &
      Partial<Pick<Node, 'aliases' | 'ownCode'>>,
  ): Node {
    const base = (this.#source.rows.indexOf(unit.row) + 1) * ROW_STEP;
    const parent = this.#nodes.get(key(unit.row, unit.parent));
    const node: Node = {
      ...unit,
      aliases: unit.aliases ?? [],
      ownCode: unit.ownCode ?? '',
      printOrder: unit.row === '' ? 1 : base + this.#nodes.size,
      divisionCode: unit.ownCode || parent?.divisionCode || this.codes.root,
    };
    this.#nodes.set(key(unit.row, unit.name), node);
    return node;
  }
}

function suffixOf(department: string, ofProvince: boolean): string {
  if (COMMISSIONS.has(department)) return '委员会';
  return ofProvince && !BUREAUS.has(department) ? '厅' : '局';
}

const key = (row: string, name: string): string => `${row} ${name}`;

const shortPlace = (name: string): string =>
  name.replace(/(?:土家族|苗族|壮族|藏族|回族)*自治[州县区]$|[省市州县区]$/u, '');
