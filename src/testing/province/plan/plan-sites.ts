import { seededRandom } from '../../../lib/pure/random.ts';
import { printRowOf, type ProvinceCase } from '../read-case.ts';
import type { UnitPlanner } from './plan-units.ts';
import { rulesOf } from './problem-rules.ts';
import type { SiteEntry } from './province-plan.ts';
import { DEPARTMENTS, DISTRICTS } from './words.ts';

/** One site in so many has no outward service duty, one in so many leads to the shared service platform. */
const NO_SERVICE_EVERY = 11;
const SHARED_PLATFORM_EVERY = 6;

/** Every site of the case: exactly the running ones, and a few that are suspended or closed. */
export function planSites(source: ProvinceCase, units: UnitPlanner, platformHost: string): SiteEntry[] {
  const monitoredOn = source.samplingWindow[1];
  const random = seededRandom(`sites ${JSON.stringify(source.sitesByUnit)}`);
  const usedCodes = new Set(source.failingSites.map((site) => site.siteCode));
  const entries: SiteEntry[] = [];
  let host = 0;
  for (const row of source.sitesByUnit) {
    const failing = source.failingSites.filter((site) => printRowOf(source, site.unit) === row.unit);
    const nextCode = siteCodes(units.codeOf(row.unit), usedCodes);
    const names = siteNames(row.unit, units, new Set(failing.map((site) => site.name)));
    const idle = row.running === 0 ? 1 : Math.floor(random() * 2.4);
    // Failing sites stand among the healthy ones as the register has them, not in front.
    const total = row.running + idle;
    const places = new Map(spread(failing.length, row.running, random).map((place, index) => [place, failing[index]!]));
    for (let index = 0; index < total; index += 1) {
      host += 1;
      const given = places.get(index);
      const isIdle = index >= row.running;
      const problems = given ? rulesOf('site', given.problems, given.name) : [];
      const name = given?.name ?? names();
      const isPortal = index === 0 && !given;
      const hasService = given ? true : isPortal || (index + host) % NO_SERVICE_EVERY !== 0;
      const siteCode = given?.siteCode ?? nextCode();
      const hostName = `www.z${String(host).padStart(4, '0')}.province.test`;
      const sponsor = units.sponsor(row.unit, name.replace(/(门户网站|网站|网)$/, '') || name);
      const seed = Math.floor(random() * 2 ** 31);
      const shared = hasService && problems.length === 0 && host % SHARED_PLATFORM_EVERY === 0;
      entries.push({
        plan: isIdle ? null : { host: hostName, name, siteCode, sponsor, place: row.unit, hasService, isPortal, monitoredOn, problems, seed, platformHost: shared ? platformHost : null },
        siteCode, name, sponsor, printRow: row.unit, host: hostName, isPortal, hasService,
        status: isIdle ? (index % 2 === 0 ? '已关停' : '暂停') : '正常',
        checked: !isIdle && (given !== undefined || index < checkedLimit(row, failing.length, places, index)),
      });
    }
  }
  return entries;
}

/** How far healthy subjects count as checked: all failing ones are, and then the first healthy ones up to the case's number. */
function checkedLimit(row: { checked: number; running: number }, failing: number, places: ReadonlyMap<number, unknown>, index: number): number {
  if (row.checked >= row.running) return Number.POSITIVE_INFINITY;
  const healthyWanted = row.checked - failing;
  const healthyBefore = [...Array(index).keys()].filter((place) => !places.has(place)).length;
  return healthyBefore < healthyWanted ? Number.POSITIVE_INFINITY : 0;
}

/** `count` distinct places out of `total`, ascending. */
export function spread(count: number, total: number, random: () => number): number[] {
  const places = new Set<number>();
  while (places.size < Math.min(count, total)) places.add(Math.floor(random() * total));
  return [...places].sort((a, b) => a - b);
}

function siteCodes(divisionCode: string, used: Set<string>): () => string {
  let serial = 0;
  return () => {
    for (;;) {
      serial += 1;
      const code = `${divisionCode}${String(serial).padStart(4, '0')}`;
      if (used.has(code)) continue;
      used.add(code);
      return code;
    }
  };
}

function siteNames(row: string, units: UnitPlanner, taken: ReadonlySet<string>): () => string {
  const isGroup = /(部门|单位|机构|委办局)$/.test(row);
  const place = isGroup ? units.root : row;
  const used = new Set(taken);
  let index = -1;
  return () => {
    for (;;) {
      index += 1;
      const name = siteName(place, isGroup, index);
      if (used.has(name)) continue;
      used.add(name);
      return name;
    }
  };
}

function siteName(place: string, isGroup: boolean, index: number): string {
  if (index === 0 && !isGroup) return `${place}人民政府门户网站`;
  const departments = DEPARTMENTS.length;
  const department = DEPARTMENTS[index % departments]!;
  const round = Math.floor(index / departments);
  if (round === 0) return isGroup ? `${place}${department}厅` : `${place}${department}局`;
  const district = DISTRICTS[(round - 1) % DISTRICTS.length]!;
  const office = round > DISTRICTS.length ? `第${round}分` : '';
  return isGroup ? `${place}${department}厅${district}${office}中心` : `${place}${district}区${department}${office}局`;
}
