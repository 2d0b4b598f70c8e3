import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeCsv } from '../documents/workbook.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { importRegistry } from './import-registry.ts';
import { portalAbove } from './portal-above.ts';
import { listUnits } from './registry.repository.ts';

let opened: TemporaryStore;
const units = new Map<string, number>();

beforeAll(async () => {
  opened = await temporaryStore();
  const tables: [string, string[][]][] = [
    [
      'units.csv',
      [
        ['名称', '上级', '通报行'],
        ...[
          ['甲省', '', '甲省'],
          ['乙市', '甲省', '乙市'],
          ['乙市办公室', '乙市', ''],
          ['乙市教育局', '乙市', ''],
        ],
        ...[
          ['丙县', '乙市', ''],
          ['丙县财政局', '丙县', ''],
          ['丁县', '乙市', ''],
          ['丁县财政局', '丁县', ''],
        ],
        ...[['戊市', '甲省', '戊市']],
      ],
    ],
    [
      'sites.csv',
      [
        ['网站标识码', '网站名称', '主办单位', '首页网址', '门户'],
        ['4300000001', '甲省门户', '甲省', 'http://www.jia.gov.cn/', '是'],
        ['4301000001', '乙市门户', '乙市办公室', 'http://www.yi.gov.cn/', '是'],
        ['4301000002', '乙市教育局', '乙市教育局', 'http://jyj.yi.gov.cn/', '否'],
        ['4301210001', '丙县门户', '丙县', 'http://www.bing.gov.cn/', '是'],
      ],
    ],
  ];
  await importRegistry(opened, '测试', {
    files: tables.map(([name, rows]) => ({ name, bytes: writeCsv(rows) })),
    dryRun: false,
    today: '2020-07-01',
  });
  for (const { id, name } of await listUnits(opened.store.db)) units.set(name, id);
});
afterAll(() => opened.remove());

it.each([
  ['丙县财政局', 'http://www.bing.gov.cn/'],
  ['丙县', 'http://www.bing.gov.cn/'],
  ['戊市', 'http://www.jia.gov.cn/'],
  // Sponsored by the city's office, which stands beside these, not above.
  ['乙市教育局', 'http://www.yi.gov.cn/'],
  ['丁县财政局', 'http://www.yi.gov.cn/'],
  // The neighbouring county's portal is none of its business.
  ['丁县', 'http://www.yi.gov.cn/'],
])('the portal above %s', async (unit, homeUrl) => {
  expect(await portalAbove(opened.store.db, units.get(unit)!)).toBe(homeUrl);
});
