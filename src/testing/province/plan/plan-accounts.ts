import { addDays } from '../../../lib/pure/dates.ts';
import { UserError } from '../../../lib/pure/errors.ts';
import { seededRandom } from '../../../lib/pure/random.ts';
import { printRowOf, type ProvinceCase } from '../read-case.ts';
import { describeFailing, describeHealthy } from './describe-account.ts';
import { spread } from './plan-sites.ts';
import type { UnitPlanner } from './plan-units.ts';
import { rulesOf } from './problem-rules.ts';
import type { AccountEntry } from './province-plan.ts';
import { ACCOUNT_FORMS, DEPARTMENTS, DISTRICTS, PLATFORMS } from './words.ts';

type FailingAccount = ProvinceCase['failingAccounts'][number];

const STALE = 'media.veto.stale.two-weeks';
const STALE_DAYS = 14;
/** Only large provinces get subjects that nobody can settle, and only two. */
const TRAPS_FROM = 300;
const TRAPS = 2;

/** Every account of the case: exactly the running ones, and a few that are suspended or closed. */
export function planAccounts(source: ProvinceCase, units: UnitPlanner): AccountEntry[] {
  const day = source.samplingWindow[1];
  const random = seededRandom(`accounts ${JSON.stringify(source.accountsByUnit)}`);
  const entries: AccountEntry[] = [];
  const total = source.accountsByUnit.reduce((sum, row) => sum + row.running, 0);
  let trapsLeft = total >= TRAPS_FROM ? TRAPS : 0;
  let number = 0;
  for (const row of source.accountsByUnit) {
    const failing = source.failingAccounts.filter((account) => printRowOf(source, account.unit) === row.unit);
    const idle = row.running === 0 ? 1 : Math.floor(random() * 2.4);
    const places = new Map(spread(failing.length, row.running, random).map((place, index) => [place, failing[index]!]));
    const healthyWanted = row.checked - failing.length;
    let healthy = 0;
    for (let index = 0; index < row.running + idle; index += 1) {
      number += 1;
      const given = places.get(index);
      const seed = Math.floor(random() * 2 ** 31);
      const isIdle = index >= row.running;
      const checked = !isIdle && (given !== undefined || healthy < healthyWanted);
      if (!given) healthy += 1;
      const basics = given ? givenBasics(units, row.unit, given, number) : healthyBasics(units, row.unit, index, number, seed);
      const trap = !given && !isIdle && trapsLeft > 0 && basics.platform === '微信公众号' && index > 3;
      if (trap) trapsLeft -= 1;
      const shown = given ? describeFailing(checkedFailing(given, day), rulesOf('account', given.problems, given.name), { day, seed, number }) : describeHealthy(basics.platform, { day, seed, number, trap });
      entries.push({ ...basics, ...shown, printRow: row.unit, status: isIdle ? (index % 2 === 0 ? '已关停' : '暂停') : '正常', checked, seed });
    }
  }
  return entries;
}

/** A stale account that published within two weeks contradicts itself. */
function checkedFailing(account: FailingAccount, day: string): FailingAccount {
  const isStale = rulesOf('account', account.problems, account.name).includes(STALE);
  if (isStale && account.lastUpdated !== null && account.lastUpdated >= addDays(day, -STALE_DAYS)) {
    throw new UserError('case.invalid', `案例文件自相矛盾：“${account.name}”最后更新 ${account.lastUpdated}，在 ${day} 前两周之内，却列为不更新。`);
  }
  if (!isStale && account.lastUpdated !== null && account.lastUpdated < addDays(day, -STALE_DAYS)) {
    throw new UserError('case.invalid', `案例文件自相矛盾：“${account.name}”最后更新 ${account.lastUpdated}，早于 ${day} 前两周，却没有列为不更新。`);
  }
  return account;
}

interface Basics {
  readonly platform: string;
  readonly name: string;
  readonly accountId: string;
  readonly sponsor: string;
}

function givenBasics(units: UnitPlanner, printRow: string, account: FailingAccount, number: number): Basics {
  return { platform: account.platform, name: account.name, accountId: account.accountId ?? idOf(account.platform, number), sponsor: units.sponsor(printRow, account.operator) };
}

/** Names repeat on purpose: the same name on two platforms, and now and then twice in a unit. */
function healthyBasics(units: UnitPlanner, printRow: string, index: number, number: number, seed: number): Basics {
  const place = /(部门|单位|机构|委办局)$/.test(printRow) ? units.root : printRow;
  const pair = Math.floor(index / 2);
  const department = DEPARTMENTS[pair % DEPARTMENTS.length]!;
  const district = Math.floor(pair / DEPARTMENTS.length);
  const where = district === 0 ? place : `${place}${DISTRICTS[(district - 1) % DISTRICTS.length]}区`;
  const form = ACCOUNT_FORMS[pair % ACCOUNT_FORMS.length]!;
  const platform = index % 2 === 0 ? PLATFORMS[seed % PLATFORMS.length]! : PLATFORMS[(seed + 3) % PLATFORMS.length]!;
  return { platform, name: form(where, department), accountId: idOf(platform, number), sponsor: units.sponsor(printRow, `${where}${department}局`) };
}

function idOf(platform: string, number: number): string {
  const serial = String(number).padStart(5, '0');
  if (platform === '微信公众号') return `gh_${(number * 2_654_435_761 % 4_294_967_296).toString(16).padStart(8, '0')}${serial}`;
  if (platform === '新浪微博') return `55${serial}${serial.slice(2)}`;
  return `id${serial}`;
}
