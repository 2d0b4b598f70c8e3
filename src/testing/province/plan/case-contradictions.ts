import { MOBILE_APP_PLATFORM } from '../../../domain/subject.ts';
import { addDays } from '../../../lib/pure/dates.ts';
import type { CaseAccount, CaseUnitRow, ProvinceCase, RawCase } from '../read-case.ts';

/** 监测时间点前2周: the 14th day before is still in time. */
export const STALE_DAYS = 14;

export const STALE = 'media.veto.stale.two-weeks';
export const MUTE = 'media.veto.interaction.none';

/** Sub-rules of which one site can break only one. */
const EXCLUSIVE: readonly (readonly string[])[] = [
  ['site.veto.service.none', 'site.veto.service.guide5', 'site.veto.service.guide-all'],
  ['site.veto.interaction.no-channel', 'site.veto.interaction.unanswered'],
];
const UNREACHABLE = 'site.veto.unreachable';

/** What in a case contradicts itself, in Chinese; empty when nothing does. */
export function findContradictions(source: ProvinceCase, raw: RawCase): string[] {
  const [from, to] = source.window;
  return [
    ...(from > to ? [`采样时间 ${from} 晚于 ${to}`] : []),
    ...checkTable('网站', source.sitesByUnit, raw.sitesTotal, source.failingSites),
    ...checkTable('政务新媒体', source.accountsByUnit, raw.accountsTotal, source.failingAccounts),
    ...duplicates(source.failingSites.map((site) => site.siteCode)).map(
      (code) => `网站标识码 ${code} 出现两次`,
    ),
    ...duplicates(
      source.failingAccounts.flatMap((each) =>
        each.accountId ? [`${each.platform} ${each.accountId}`] : [],
      ),
    ).map((account) => `账号 ${account} 出现两次`),
    ...source.failingSites.flatMap((site) => checkSiteRules(site.name, site.rules)),
    ...source.failingAccounts.flatMap((account) => checkLastUpdate(account, to)),
    ...checkRepeated(source),
  ];
}

function checkTable(
  what: string,
  rows: readonly CaseUnitRow[],
  total: RawCase['sitesTotal'],
  failing: readonly { readonly row: string; readonly name: string }[],
): string[] {
  const found = duplicates(rows.map((row) => row.unit)).map(
    (unit) => `${what}表里“${unit}”出现两次`,
  );
  for (const { unit, running, checked, failing: count } of rows) {
    if (checked > running || count > checked) {
      found.push(
        `${what}“${unit}”：应有 问题数 ≤ 检查数 ≤ 运行数，现为 ${count}、${checked}、${running}`,
      );
    }
    const listed = failing.filter((each) => each.row === unit).length;
    if (listed !== count)
      found.push(`${what}“${unit}”：表里有问题 ${count} 家，名单里有 ${listed} 家`);
  }
  const known = new Set(rows.map((row) => row.unit));
  for (const { row, name } of failing) {
    if (!known.has(row)) found.push(`${what}名单里“${name}”的单位“${row}”不在${what}表里`);
  }
  for (const key of ['running', 'checked', 'failing'] as const) {
    const sum = rows.reduce((so, row) => so + row[key], 0);
    if (total?.[key] !== undefined && total[key] !== sum) {
      found.push(`${what}合计 ${key} 写 ${total[key]}，各单位相加是 ${sum}`);
    }
  }
  return found;
}

function checkSiteRules(name: string, rules: readonly string[]): string[] {
  const found = EXCLUSIVE.filter(
    (group) => group.filter((rule) => rules.includes(rule)).length > 1,
  ).map(
    (group) =>
      `网站“${name}”：${group.filter((rule) => rules.includes(rule)).join('、')} 不能同时成立`,
  );
  if (rules.includes(UNREACHABLE) && rules.length > 1) {
    found.push(`网站“${name}”：站点无法访问的，其他问题看不到`);
  }
  return found;
}

function checkLastUpdate(account: CaseAccount, end: string): string[] {
  const { name, platform, rules, lastUpdated } = account;
  const oldest = addDays(end, -STALE_DAYS);
  const stale = rules.includes(STALE);
  const complain = (why: string): string[] => [`新媒体“${name}”：${why}`];
  if (platform === MOBILE_APP_PLATFORM) {
    return stale ? complain('移动客户端不按“2周内无更新”判') : [];
  }
  if (lastUpdated !== null && lastUpdated > end)
    return complain(`最后更新 ${lastUpdated} 晚于采样时间`);
  if (stale && lastUpdated !== null && lastUpdated >= oldest) {
    return complain(`最后更新 ${lastUpdated} 在 ${end} 前 ${STALE_DAYS} 天之内，不能判“无更新”`);
  }
  if (!stale && rules.length > 0 && lastUpdated !== null && lastUpdated < oldest) {
    return complain(`最后更新 ${lastUpdated} 早于 ${oldest}，却没有写“无更新”的问题`);
  }
  return [];
}

function checkRepeated({ repeatOffenders, failingSites, failingAccounts }: ProvinceCase): string[] {
  const failing = [...failingSites, ...failingAccounts];
  return repeatOffenders
    .filter(({ row, name }) => !failing.some((each) => each.row === row && each.name === name))
    .map(({ row, name }) => `屡次被通报的“${row}”“${name}”不在本次名单里`);
}

function duplicates(values: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = values.filter((value) => seen.has(value) || !seen.add(value));
  return [...new Set(twice)];
}
