import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorkbook, writeCsv, writeXlsx } from '../../documents/workbook.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { allAccountKeys, changeAccount, importRegistry } from '../index.ts';
import { parseColumnMap } from './column-map.ts';
import { exportMapped } from './export-mapped.ts';

const UNITS = [
  ['名称', '上级', '区划代码'],
  ['甲省', '', '430000'],
  ['乙市', '甲省', '430100'],
];
const ACCOUNTS = [
  ['平台', '账号名称', '主办单位', '原始ID', '联系电话'],
  ['微信公众号', '乙市发布', '乙市', 'gh_111111111111', '13812345678'],
  ['新浪微博', '乙市微博', '乙市', '', ''],
];
const MAP = parseColumnMap({
  name: '报送系统',
  sheet: '报送表',
  titles: ['政务新媒体报送表', '填报单位：甲省'],
  columns: [
    { header: '序号', field: 'number' },
    { header: '行政区划代码', field: 'divisionCode' },
    { header: '上级主管单位', field: 'supervisor' },
    { header: '新媒体名称', field: 'name' },
    { header: '原始ID', field: 'id.gh' },
    { header: '电话', field: 'phone' },
    { header: '变更', field: 'change' },
    { header: '签字', field: null },
    { header: '平台类别', field: 'platform' },
    { header: '主办单位', field: 'sponsor' },
    { header: '纳入', field: 'inNationalSystem' },
  ],
  constants: [{ field: 'inNationalSystem', value: '是' }],
});

let opened: TemporaryStore;
beforeAll(async () => {
  opened = await temporaryStore();
  const files = [
    { name: '单位.csv', bytes: Buffer.from(writeCsv(UNITS)) },
    { name: '新媒体.csv', bytes: Buffer.from(writeCsv(ACCOUNTS)) },
  ];
  await importRegistry(opened, '测试', { files, dryRun: false, today: '2026-01-01' });
});
afterAll(() => opened.remove());

const exported = (change: Partial<Parameters<typeof exportMapped>[1]> = {}) =>
  exportMapped(opened.store, { scope: 'all', map: MAP, since: null, mayContact: true, ...change });

it('is the office’s table: titles, order of columns, constants; and reads back as it was', async () => {
  const bytes = await writeXlsx([await exported()]);
  const [sheet] = await readWorkbook(bytes, '报送.xlsx');
  expect(sheet?.name).toBe('报送表');
  expect(sheet?.rows[0]?.[0]).toBe('政务新媒体报送表');
  expect(sheet?.rows[2]).toEqual(MAP.columns.map(({ header }) => header));
  expect(sheet?.rows[3]).toEqual([
    ...['1', '430100', '甲省', '乙市发布', 'gh_111111111111', '13812345678', '', ''],
    ...['微信公众号', '乙市', '是'],
  ]);
  const again = await importRegistry(opened, '测试', {
    ...{ files: [{ name: '报送.xlsx', bytes }], dryRun: true, today: '2026-01-02', map: MAP },
  });
  // The constant is what the file says of every row, and the register did not.
  expect(again.accounts).toEqual({ added: 0, changed: 2, unchanged: 0 });
});

it('since a day: only what was entered or changed, and a phone only for those who may', async () => {
  const { accountId } = (await allAccountKeys(opened.store.db)).find(
    ({ name }) => name === '乙市发布',
  )!;
  await opened.store.transaction((trx) =>
    changeAccount(trx, accountId, { status: 'closed' }, '2026-02-01'),
  );
  const { rows } = await exported({ since: '2026-02-01', mayContact: false });
  expect(rows.slice(3)).toEqual([
    [
      ...['1', '430100', '甲省', '乙市发布', 'gh_111111111111'],
      '',
      '关停',
      '',
      '微信公众号',
      '乙市',
      '是',
    ],
  ]);
  expect((await exported({ since: '2026-02-02' })).rows).toHaveLength(3);
  expect((await exported({ scope: new Set() })).rows).toHaveLength(3);
});
