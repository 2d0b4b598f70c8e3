import type { ProvinceCase } from '../read-case.ts';
import { planAccounts } from './plan-accounts.ts';
import { planSites } from './plan-sites.ts';
import { UnitPlanner } from './plan-units.ts';
import type { AccountEntry, HistoryEntry, ProvincePlan, SiteEntry } from './province-plan.ts';

const PLATFORM_HOST = 'zwfw.province.test';
/** One healthy account in so many was named last time and is mended since. */
const MENDED_EVERY = 60;

/** The whole simulated province of a case: pure, the same for the same case. */
export function planProvince(source: ProvinceCase): ProvincePlan {
  const units = new UnitPlanner(source);
  const sites = planSites(source, units, PLATFORM_HOST);
  const accounts = planAccounts(source, units);
  const rows = [...source.sitesByUnit, ...source.accountsByUnit];
  return {
    units: units.units,
    sites,
    accounts,
    platformHost: PLATFORM_HOST,
    monitoredOn: source.samplingWindow[1],
    previousPeriod: previousPeriod(source.period),
    history: planHistory(source, sites, accounts),
    sampled: rows.some((row) => row.checked < row.running),
  };
}

/** `2020Q3` → `2020Q2`; a period of another form gets a name that sorts before it. */
export function previousPeriod(period: string): string {
  const quarter = /^(\d{4})Q([1-4])$/i.exec(period);
  if (quarter) return quarter[2] === '1' ? `${Number(quarter[1]) - 1}Q4` : `${quarter[1]}Q${Number(quarter[2]) - 1}`;
  const half = /^(\d{4})H([12])$/i.exec(period);
  if (half) return half[2] === '1' ? `${Number(half[1]) - 1}H2` : `${half[1]}H1`;
  const month = /^(\d{4})-(\d{2})$/.exec(period);
  if (month) return month[2] === '01' ? `${Number(month[1]) - 1}-12` : `${month[1]}-${String(Number(month[2]) - 1).padStart(2, '0')}`;
  return `${period}之前`;
}

/** Last round's list: the repeat offenders, most others mended, one failing now under another rule, the closed ones. */
function planHistory(source: ProvinceCase, sites: readonly SiteEntry[], accounts: readonly AccountEntry[]): HistoryEntry[] {
  const failingNames = new Set([...source.failingAccounts, ...source.failingSites].map((row) => row.name));
  const repeat = source.repeatOffenders.flatMap((offender) => {
    const failing = [...source.failingAccounts, ...source.failingSites].find((row) => row.name === offender.name);
    const account = accounts.find((entry) => entry.name === offender.name && (!failing || !('operator' in failing) || entry.platform === failing.platform));
    const site = sites.find((entry) => entry.name === offender.name);
    const problems = failing ? [failing.problems[0]!] : ['内容不更新'];
    return account ? [accountRow(account, problems)] : site ? [siteRow(site, problems)] : [];
  });
  const repeatNames = new Set(source.repeatOffenders.map((row) => row.name));
  const mended = accounts.filter((entry, index) => index % MENDED_EVERY === 7 && entry.status === '正常' && !failingNames.has(entry.name)).map((entry) => accountRow(entry, ['内容不更新']));
  const mendedSite = sites.find((entry) => entry.status === '正常' && entry.plan?.problems.length === 0);
  const other = source.failingAccounts.find((row) => !repeatNames.has(row.name) && row.problems.length === 1 && !row.problems[0]!.includes('互动'));
  const otherEntry = other && accounts.find((entry) => entry.name === other.name && entry.platform === other.platform);
  const closed = accounts.filter((entry) => entry.status !== '正常').slice(0, 2);
  return [
    ...repeat,
    ...mended,
    ...(mendedSite ? [siteRow(mendedSite, ['首页不更新'])] : []),
    ...(otherEntry ? [accountRow(otherEntry, ['互动回应差'])] : []),
    ...closed.map((entry) => accountRow(entry, ['内容不更新'])),
  ];
}

function accountRow(entry: AccountEntry, problems: readonly string[]): HistoryEntry {
  return { kind: 'account', unit: entry.printRow, name: entry.name, platform: entry.platform, accountId: entry.accountId, problems };
}

function siteRow(entry: SiteEntry, problems: readonly string[]): HistoryEntry {
  return { kind: 'site', unit: entry.printRow, name: entry.name, siteCode: entry.siteCode, problems };
}
