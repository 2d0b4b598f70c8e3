import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Sheet, writeCsv, writeXlsx } from '../../documents/workbook.ts';
import type { PlannedAccount, ProvincePlan } from './plan/province-plan.ts';
import { sourceCells } from './source-cells.ts';

const UNIT_HEADERS = ['名称', '上级', '别名', '通报行', '打印次序', '区划代码'];
const SITE_HEADERS = [
  ...[
    '网站标识码',
    '网站名称',
    '主办单位',
    '通报行',
    '首页网址',
    '状态',
    '是否门户',
    '有无对外服务职能',
  ],
];
const ACCOUNT_HEADERS = [
  ...[
    '平台',
    '账号名称',
    '账号ID',
    '主办单位',
    '通报行',
    '状态',
    '信源种类',
    '信源地址',
    'AppID',
    'AppSecret',
  ],
];
const SOURCE_HEADERS = [...['平台', '账号ID', '账号名称', '信源种类', '信源地址', '身份', '密钥']];
const SIGHT_HEADERS = [
  ...[
    '平台',
    '账号ID',
    '观察时间',
    '最新一条日期',
    '看到的互动方式',
    '测试留言时刻',
    '回复时刻',
    '图片',
  ],
];

/** Writes what an office would hold: register, inspectors' sights, last round's list, and which subjects are sampled. */
export async function writeFiles(plan: ProvincePlan, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const sheets = registerSheets(plan);
  const files = new Map<string, Uint8Array | string>([
    ['registry.xlsx', await writeXlsx(sheets)],
    ...sheets.map((sheet) => [`${sheet.name}.csv`, writeCsv(sheet.rows)] as const),
    ['observations.csv', writeCsv(sightRows(plan.accounts))],
    ['history.json', `${JSON.stringify(plan.history, null, 1)}\n`],
  ]);
  if (plan.sampled) files.set('sample.csv', writeCsv(sampleRows(plan)));
  // A sample that an earlier case left here would be taken for this one's.
  else await rm(join(folder, 'sample.csv'), { force: true });
  await Promise.all([...files].map(([name, bytes]) => writeFile(join(folder, name), bytes)));
}

/** The sheets of the register, headers first; the last one has what does not fit into a row of an account. */
export function registerSheets(plan: ProvincePlan): Sheet[] {
  const units = plan.units.map((unit) => [
    ...[unit.name, unit.parent, unit.aliases.join('；'), unit.printRow, String(unit.printOrder)],
    unit.divisionCode,
  ]);
  const sites = plan.sites.map((site) => [
    ...[site.siteCode, site.name, site.sponsor, site.printRow, site.homeUrl, site.status],
    ...[site.isPortal ? '是' : '否', site.hasService ? '有' : '无'],
  ]);
  const accounts = plan.accounts.map((account) => [
    ...[account.platform, account.name, account.accountId, account.sponsor, account.printRow],
    ...[account.status, ...firstSource(account)],
  ]);
  const further = plan.accounts.flatMap(({ platform, accountId, name, sources }) =>
    sources.slice(1).map((source) => [platform, accountId, name, ...sourceCells(source)]),
  );
  return [
    { name: '单位', rows: [UNIT_HEADERS, ...units] },
    { name: '网站', rows: [SITE_HEADERS, ...sites] },
    { name: '新媒体', rows: [ACCOUNT_HEADERS, ...accounts] },
    ...(further.length > 0 ? [{ name: '信源', rows: [SOURCE_HEADERS, ...further] }] : []),
  ];
}

const firstSource = ({ sources: [first] }: PlannedAccount): readonly string[] =>
  first ? sourceCells(first) : ['无', '', '', ''];

function sightRows(accounts: readonly PlannedAccount[]): string[][] {
  const rows = accounts.flatMap(({ platform, accountId, sights }) =>
    sights.map((sight) => [
      ...[platform, accountId, sight.observedAt, sight.newest, sight.ways],
      ...[sight.testedAt, sight.repliedAt, sight.image],
    ]),
  );
  return [SIGHT_HEADERS, ...rows];
}

function sampleRows(plan: ProvincePlan): string[][] {
  const sites = plan.sites.filter((site) => site.checked);
  const accounts = plan.accounts.filter((account) => account.checked);
  return [
    ['类别', '网站标识码', '平台', '账号ID', '名称'],
    ...sites.map((site) => ['网站', site.siteCode, '', '', site.name]),
    ...accounts.map(({ platform, accountId, name }) => ['新媒体', '', platform, accountId, name]),
  ];
}
