import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Sheet, writeCsv, writeXlsx } from '../../documents/workbook.ts';
import type { AccountEntry, ProvincePlan } from './plan/province-plan.ts';

/** Hosts of the simulated sources; every account is told apart by its path or its AppID. */
export const FEED_HOST = 'feeds.province.test';
export const WECHAT_HOST = 'api.wx.province.test';

const FEED_ENDINGS = { rss: 'xml', atom: 'atom', jsonfeed: 'json' } as const;

/** Path of an account's feed. */
export function feedPath(account: Pick<AccountEntry, 'source' | 'sourceKey'>): string {
  const ending = account.source === 'rss' || account.source === 'atom' || account.source === 'jsonfeed' ? FEED_ENDINGS[account.source] : 'xml';
  return `/u/${account.sourceKey}/list.${ending}`;
}

/** Writes what an office would hold: the register, inspectors' sights, last round's list, and the sample when there is one. */
export async function writeOfficeFiles(plan: ProvincePlan, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const sheets = registerSheets(plan);
  const write = (name: string, bytes: Uint8Array | string): Promise<void> => writeFile(join(folder, name), bytes);
  await write('registry.xlsx', await writeXlsx(sheets));
  for (const sheet of sheets) await write(`${sheet.name}.csv`, writeCsv(sheet.rows));
  await write('observations.csv', writeCsv(observationRows(plan)));
  await write('history.json', `${JSON.stringify({ period: plan.previousPeriod, subjects: plan.history }, null, 1)}\n`);
  if (plan.sampled) await write('sample.csv', writeCsv(sampleRows(plan)));
}

function registerSheets(plan: ProvincePlan): Sheet[] {
  const units = [
    ['名称', '上级', '别名', '通报行', '打印次序', '区划代码'],
    ...plan.units.map((unit) => [unit.name, unit.parent, unit.aliases.join('；'), unit.printRow, String(unit.printOrder), unit.divisionCode]),
  ];
  const sites = [
    ['网站标识码', '网站名称', '主办单位', '通报行', '首页网址', '状态', '是否门户', '有无对外服务职能'],
    ...plan.sites.map((site) => [site.siteCode, site.name, site.sponsor, site.printRow, `http://${site.host}/`, site.status, site.isPortal ? '是' : '否', site.hasService ? '有' : '无']),
  ];
  const accounts = [
    ['平台', '账号名称', '账号ID', '主办单位', '通报行', '状态', '信源种类', '信源地址', 'AppID', 'AppSecret'],
    ...plan.accounts.map((account) => [account.platform, account.name, account.accountId, account.sponsor, account.printRow, account.status, account.source, sourceUrl(account), account.appId, account.appSecret]),
  ];
  return [{ name: '单位', rows: units }, { name: '网站', rows: sites }, { name: '新媒体', rows: accounts }];
}

function sourceUrl(account: AccountEntry): string {
  if (account.source === '无') return '';
  return account.source === 'wechat' ? `http://${WECHAT_HOST}` : `http://${FEED_HOST}${feedPath(account)}`;
}

function observationRows(plan: ProvincePlan): string[][] {
  const rows = plan.accounts.filter((account) => account.status === '正常').flatMap((account) =>
    account.sights.map((sight) => [account.platform, account.accountId, sight.at, sight.newest, sight.ways, sight.testedAt, sight.repliedAt, sight.image]),
  );
  return [['平台', '账号ID', '观察时间', '最新一条日期', '看到的互动方式', '测试留言时刻', '回复时刻', '图片'], ...rows];
}

function sampleRows(plan: ProvincePlan): string[][] {
  return [
    ['类别', '网站标识码', '平台', '账号ID', '名称'],
    ...plan.sites.filter((site) => site.checked).map((site) => ['网站', site.siteCode, '', '', site.name]),
    ...plan.accounts.filter((account) => account.checked).map((account) => ['新媒体', '', account.platform, account.accountId, account.name]),
  ];
}
