import iconv from 'iconv-lite';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv, writeXlsx } from '../documents/workbook.ts';
import { UserError } from '../lib/pure/errors.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { exportRegistry } from './export-registry.ts';
import { importRegistry } from './import-registry.ts';
import { historyAsOf, listPrintRows, listSites, registryDb } from './registry.repository.ts';

let opened: TemporaryStore;
beforeAll(async () => {
  opened = await temporaryStore();
});
afterAll(() => opened.remove());

const UNITS = [
  ['名称', '上级', '别名', '通报行', '打印次序', '区划代码'],
  ['甲省', '', '', '省直部门', '1', '430000'],
  ['乙市', '甲省', '乙土家族自治市', '乙市', '2', '430100'],
  ['丙市', '甲省', '', '丙市', '3', '430200'],
  ['城关镇', '乙市', '', '', '11', ''],
  ['城关镇', '丙市', '', '', '12', ''],
];
const SITES = [
  [
    '网站标识码',
    '网站名称',
    '主办单位',
    '通报行',
    '首页网址',
    '状态',
    '是否门户',
    '有无对外服务职能',
  ],
  ['4301000001', '乙市门户', '乙土家族自治市', '', 'www.yi.gov.cn', '', '是', ''],
  ['4302000001', '城关镇网站', '城关镇', '丙市', 'http://cg.bing.gov.cn/', '正常运行', '否', '无'],
  ['bm12000001', '厅网站', '甲省', '', 'https://ting.gov.cn/', '已关停', '', '有'],
];
const ACCOUNTS = [
  [
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
  [
    '微信公众号',
    '乙市发布',
    'gh_1',
    '乙市',
    '',
    '',
    'wechat',
    'https://api.example.com',
    'wx1',
    'hush',
  ],
  [
    '新浪微博',
    '乙市发布',
    '1001',
    '乙市',
    '',
    '正常',
    'rss',
    'https://rss.example.com/1.xml',
    '',
    '',
  ],
  ['新浪微博', '乙市发布', '1002', '乙市', '', '暂停', '无', '', '', ''],
];
const SHEETS = [
  { name: '单位', rows: UNITS },
  { name: '网站', rows: SITES },
  { name: '新媒体', rows: ACCOUNTS },
];

const run = (files: { name: string; bytes: Uint8Array }[], dryRun = false, today = '2026-01-01') =>
  importRegistry(opened, '测试', { files, dryRun, today });
const refusal = async (files: { name: string; bytes: Uint8Array }[]): Promise<UserError> => {
  const error = await run(files).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
};

describe('a register is imported whole', () => {
  it('a dry run writes nothing', async () => {
    const result = await run([{ name: '名录.xlsx', bytes: await writeXlsx(SHEETS) }], true);
    expect([result.units.added, result.sites.added, result.accounts.added]).toEqual([5, 3, 3]);
    expect(await listSites(opened.store.db)).toEqual([]);
  });

  it('xlsx, and csv in GB18030 again changes nothing', async () => {
    await run([{ name: '名录.xlsx', bytes: await writeXlsx(SHEETS) }]);
    const files = SHEETS.map(({ name, rows }) => ({
      name: `${name}.csv`,
      bytes: iconv.encode(
        Buffer.from(writeCsv(rows))
          .toString('utf8')
          .replace(/^\uFEFF/, ''),
        'gb18030',
      ),
    }));
    const again = await run(files);
    expect(
      [again.units, again.sites, again.accounts].map((counts) => [counts.added, counts.changed]),
    ).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  it('resolves aliases, same-named units, defaults and print rows', async () => {
    const sites = await listSites(opened.store.db);
    expect(
      sites.map((site) => [
        site.siteCode,
        site.printRow,
        site.status,
        site.isPortal,
        site.hasService,
        site.homeUrl,
      ]),
    ).toEqual([
      ['4301000001', '乙市', 'running', true, true, 'http://www.yi.gov.cn/'],
      ['4302000001', '丙市', 'running', false, false, 'http://cg.bing.gov.cn/'],
      ['bm12000001', '省直部门', 'closed', false, true, 'https://ting.gov.cn/'],
    ]);
    expect(await listPrintRows(opened.store.db)).toEqual(['省直部门', '乙市', '丙市']);
  });

  it('keeps secrets to itself', async () => {
    const { rows } = await sql<{ kept: string }>`
      select json_agg(a)::text || (select json_agg(s)::text from account_source s) || (select json_agg(h)::text from register_history h)
             || (select json_agg(t)::text from audit t) as kept from account a`.execute(
      opened.store.db,
    );
    expect(rows[0]?.kept).not.toContain('hush');
    expect(rows[0]?.kept).toContain('wx1');
    const [file] = await exportRegistry(opened.store, '/x/名录.json');
    expect(Buffer.from(file!.bytes).toString('utf8')).not.toContain('hush');
  });

  it('an export imports as unchanged', async () => {
    const [file] = await exportRegistry(opened.store, '/x/名录.xlsx');
    const again = await run([{ name: '名录.xlsx', bytes: file!.bytes }]);
    expect([
      again.units.changed,
      again.sites.changed,
      again.accounts.changed,
      again.sites.added,
    ]).toEqual([0, 0, 0, 0]);
  });

  it('a change keeps what was before', async () => {
    const changed = SITES.map((row) => (row[0] === '4301000001' ? row.with(5, '暂停') : row));
    await run([{ name: '网站.csv', bytes: writeCsv(changed) }], false, '2026-03-01');
    const db = registryDb(opened.store.db);
    const [site] = await listSites(db);
    expect(site?.status).toBe('suspended');
    expect((await historyAsOf(db, 'site', '2026-02-01')).get(site!.id)?.status).toBe('running');
  });
});

describe('bad input is refused with place and reason, and nothing is written', () => {
  const site = (...cells: string[]): Uint8Array => writeCsv([SITES[0]!, cells]);
  const good = ['4301000009', '某网', '乙市', '', 'http://x.gov.cn/', '', '', ''];
  const account = (...cells: string[]): Uint8Array => writeCsv([ACCOUNTS[0]!, cells]);
  it.each([
    [
      'a duplicate site code names both rows',
      writeCsv([SITES[0]!, good, good]),
      /第 3 行“网站标识码”列：与 .*第 2 行重复/,
    ],
    ['an unknown unit', site(...good.with(2, '不存在局')), /“主办单位”列：单位表里没有“不存在局”/],
    ['an ambiguous unit', site(...good.with(2, '城关镇')), /有 2 个单位叫“城关镇”/],
    ['a malformed code', site(...good.with(0, '43010')), /应是 10 位数字/],
    ['credentials in the URL', site(...good.with(4, 'http://a:b@x.gov.cn/')), /不能带用户名和密码/],
    ['a private address', site(...good.with(4, 'http://192.168.1.9/')), /内网地址/],
    ['a metadata address', site(...good.with(4, 'http://169.254.169.254/')), /内网地址/],
    ['another protocol', site(...good.with(4, 'ftp://x.gov.cn/')), /http 或 https/],
    ['an unknown status', site(...good.with(5, '睡着了')), /“睡着了”不认识/],
    [
      'wechat without a secret',
      account(
        '微信公众号',
        '某号',
        'gh_9',
        '乙市',
        '',
        '',
        'wechat',
        'https://api.example.com',
        'wx9',
        '',
      ),
      /AppID 和 AppSecret/,
    ],
    [
      'an unknown feed kind',
      account('微信公众号', '某号', 'gh_9', '乙市', '', '', '电报', '', '', ''),
      /“电报”不认识/,
    ],
  ])('%s', async (_name, bytes, expected) => {
    const error = await refusal([{ name: '表.csv', bytes }]);
    expect(error.details.join('\n')).toMatch(expected);
    expect(error.details[0]).toContain('表.csv');
    expect((await listSites(opened.store.db)).some((each) => each.siteCode === '4301000009')).toBe(
      false,
    );
  });

  it.each([
    ['a broken workbook', Buffer.from('PK\u0003\u0004broken'), '名录.xlsx', /打不开/],
    ['an empty file', Buffer.from(''), '名录.csv', /空文件/],
    [
      'wrong headers',
      writeCsv([
        ['甲', '乙'],
        ['1', '2'],
      ]),
      '名录.csv',
      /表头不对/,
    ],
  ])('%s', async (_name, bytes, name, expected) => {
    expect((await refusal([{ name, bytes }])).message).toMatch(expected);
  });

  it('a cycle of units', async () => {
    const rows = [UNITS[0]!, ['子', '丑', '', '', '', ''], ['丑', '子', '', '', '', '']];
    expect((await refusal([{ name: '单位.csv', bytes: writeCsv(rows) }])).details.join()).toMatch(
      /成了环/,
    );
  });

  it('a code of another place is only a warning', async () => {
    const result = await run([{ name: '网站.csv', bytes: site(...good.with(0, '4402000001')) }]);
    expect([result.sites.added, result.warnings.join()]).toEqual([
      1,
      expect.stringMatching(/疑似有误：4402000001/),
    ]);
  });
});

it('two imports at once follow one another: what one adds the other finds', async () => {
  const units = writeCsv([
    ['名称', '上级'],
    ['戊市', '甲省'],
  ]);
  const results = await Promise.all([1, 2, 3].map(() => run([{ name: '单位.csv', bytes: units }])));
  expect(results.map(({ units: counts }) => counts.added).sort()).toEqual([0, 0, 1]);
});
