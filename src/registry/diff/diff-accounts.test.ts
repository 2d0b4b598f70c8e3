import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable, writeCsv } from '../../documents/workbook.ts';
import type { Acting } from '../../domain/acting.ts';
import type { Ability } from '../../domain/actor.ts';
import { actorWith } from '../../testing/as-actor.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import {
  allAccountKeys,
  DEFAULT_REGISTRY_POLICY,
  importRegistry,
  listUnits,
  recordsOf,
} from '../index.ts';
import { findMap } from '../maps/column-map.repository.ts';
import { type ColumnMap, parseColumnMap } from '../maps/column-map.ts';
import { deleteColumnMap, saveColumnMap } from '../maps/save-column-map.ts';
import { editRecord } from '../record/edit-record.ts';
import { registryDb } from '../registry.repository.ts';
import { adoptDifferences } from './adopt-differences.ts';
import { diffAccounts, sheetOfDiff } from './diff-accounts.ts';
import { exportDifferences } from './export-differences.ts';
import { keepDiff, sweepDiffs } from './keep-diff.ts';
import { type DiffFilter, listDifferences, readDiff } from './read-diff.ts';

const UNITS = [
  ['名称', '上级', '别名'],
  ['甲省', '', ''],
  ['乙市', '甲省', '乙土家族自治市'],
];
const OURS = [
  ['平台', '账号名称', '主办单位', '账号ID', '状态', '联系人'],
  ['微信公众号', '乙市发布', '乙市', 'gh_111111111111', '', '王五'],
  ['新浪微博', '乙市微博', '乙市', '1234567890', '', ''],
  ['抖音号', '乙市抖音', '乙市', '', '', ''],
  ['头条号', '乙市头条', '乙市', '778899', '已注销', ''],
];
/** As an office's workbook has it: a merged title, a head over two rows, a formula, an unknown column. */
const MAP = parseColumnMap({
  name: '报送系统',
  columns: [
    { header: '序号', field: 'number' },
    { header: '平台类别', field: 'platform' },
    { header: '新媒体名称', field: 'name' },
    { header: '主办单位全称', field: 'sponsor' },
    { header: '标识', field: 'accountId' },
    { header: '联系人姓名', field: 'contact' },
    { header: '联系人电话', field: 'phone' },
    { header: '粉丝', field: 'followers' },
  ],
  constants: [{ field: 'inNationalSystem', value: '是' }],
});

let opened: TemporaryStore;
beforeAll(async () => {
  opened = await temporaryStore();
  await imported(['单位.csv', UNITS], ['新媒体.csv', OURS]);
  await saveColumnMap(opened, '测试', { map: MAP, at: '2026-01-01T00:00:00.000Z' });
});
afterAll(() => opened.remove());

type Table = readonly (readonly string[])[];
const csv = (rows: Table) => Buffer.from(writeCsv(rows));
const imported = (...files: [string, Table][]) =>
  importRegistry(opened, '测试', {
    files: files.map(([name, rows]) => ({ name, bytes: csv(rows) })),
    ...{ dryRun: false, today: '2026-01-01' },
  });

async function theirWorkbook(): Promise<Uint8Array> {
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet('导出');
  sheet.addRow(['政务新媒体报送表']);
  sheet.mergeCells('A1:I1');
  sheet.addRow([
    '序号',
    '平台类别',
    '新媒体名称',
    '主办单位全称',
    '标识',
    '联系人',
    '联系人',
    '粉丝',
    '别的',
  ]);
  sheet.addRow([
    '序号',
    '平台类别',
    '新媒体名称',
    '主办单位全称',
    '标识',
    '姓名',
    '电话',
    '粉丝',
    '别的',
  ]);
  sheet.mergeCells('F2:G2');
  sheet.addRow([
    1,
    '微信公众号',
    '乙市发布',
    '乙土家族自治市',
    'gh_111111111111',
    '王五',
    '13812345678',
    100,
  ]);
  sheet.addRow([2, '微博', '乙市微博（改）', '乙市', '1234567890', '', '', 5]);
  sheet.addRow([3, '快手号', '乙市快手', '丙市', 'kuaishou1', '', '', 1]);
  sheet.getCell('H4').value = { formula: '50*2', result: 100 };
  sheet.addRow(['合计', 3]);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
const diffOf = async (bytes: Uint8Array, name = '导出.xlsx', map: string | null = '报送系统') =>
  diffAccounts(opened, '测试', { file: { name, bytes }, map });

describe('the register against an export of the national system', () => {
  it('says what is only ours, only theirs, and which fields differ, with both values', async () => {
    const diff = await diffOf(await theirWorkbook());
    expect(diff.counts).toEqual({ ours: 1, theirs: 1, differs: 2, same: 0 });
    expect(diff.unread).toEqual([]);
    const by = (name: string) => diff.differences.find((each) => each.name === name);
    expect(by('乙市发布')?.fields).toEqual([
      { field: 'followers', ours: '', theirs: '100' },
      { field: 'phone', ours: '', theirs: '13812345678' },
      { field: 'inNationalSystem', ours: '', theirs: '是' },
    ]);
    expect(by('乙市微博（改）')).toMatchObject({ kind: 'differs', row: 5 });
    expect(by('乙市微博（改）')?.fields[0]).toEqual({
      ...{ field: 'name', ours: '乙市微博', theirs: '乙市微博（改）' },
    });
    expect(by('乙市抖音')).toMatchObject({ kind: 'ours', row: null });
    // Its unit is none of ours: no error, and not accused of anything else.
    expect(by('乙市快手')).toMatchObject({ kind: 'theirs', sponsor: '丙市', accountId: null });
    expect(by('乙市头条')).toBeUndefined();
    expect(sheetOfDiff(diff).rows).toHaveLength(1 + 3 + diff.fields.name! + 2 + 2);
  });

  it('changes nothing', async () => {
    const before = await allAccountKeys(opened.store.db);
    await diffOf(await theirWorkbook());
    expect(await allAccountKeys(opened.store.db)).toEqual(before);
  });

  it('what could not be read is told and not compared', async () => {
    const table = [
      ['平台', '账号名称', '主办单位', '账号ID', '粉丝数'],
      ['微博', '乙市微博', '乙市', '1234567890', '很多'],
    ];
    const diff = await diffOf(csv(table), '导出.csv', null);
    expect(diff.unread).toEqual([expect.stringContaining('“很多”不是人数')]);
    expect(diff.counts).toMatchObject({ differs: 0, same: 1 });
  });

  it('a header that is not the map’s, and a map that is not there, are refused', async () => {
    await expect(
      diffOf(
        csv([
          ['甲', '乙'],
          ['1', '2'],
        ]),
        '错.csv',
      ),
    ).rejects.toThrow('没有映射“报送系统”的表头');
    await expect(diffOf(csv(OURS), '导出.csv', '没有')).rejects.toThrow('没有名为“没有”的列映射');
    const outsider = actorWith({ abilities: ['registry.read'] });
    const file = { name: '导出.csv', bytes: csv(OURS) };
    await expect(diffAccounts(opened, outsider, { file, map: null })).rejects.toThrow(
      '没有做这件事的权限',
    );
  });
});

describe('a saved map', () => {
  it('imports what the office’s table says, and leaves its empty cells alone', async () => {
    const map = await findMap(registryDb(opened.store.db), '报送系统');
    const bytes = csv([
      ['平台类别', '新媒体名称', '主办单位全称', '标识', '联系人姓名', '联系人电话'],
      ['微信公众号', '乙市发布', '乙市', 'gh_111111111111', '', '0731-84000000'],
    ]);
    const run = (read: ColumnMap) =>
      importRegistry(opened, '测试', {
        ...{ files: [{ name: '表.csv', bytes }], dryRun: false, today: '2026-02-01', map: read },
      });
    const recordNow = async () => {
      const { accountId } = (await allAccountKeys(opened.store.db)).find(
        ({ name }) => name === '乙市发布',
      )!;
      return (await recordsOf(opened.store.db, [accountId])).get(accountId)!.record;
    };
    expect((await run(map)).accounts.changed).toBe(1);
    expect(await recordNow()).toMatchObject({
      ...{ contact: '王五', phone: '0731-84000000', inNationalSystem: true },
    });
    await run({ ...map, blank: 'clear' });
    expect(await recordNow()).toMatchObject({ contact: null, phone: '0731-84000000' });
  });

  it.each([
    ['a field that is none', { columns: [{ header: '甲', field: 'toString' }] }],
    ['a secret', { columns: [{ header: '甲', field: 'appSecret' }] }],
    [
      'one header twice',
      {
        columns: [
          { header: '甲', field: null },
          { header: '乙', synonyms: ['甲'], field: 'name' },
        ],
      },
    ],
    [
      'one field twice',
      {
        columns: [
          { header: '甲', field: 'name' },
          { header: '乙', field: 'name' },
        ],
      },
    ],
    ['no column', { columns: [] }],
    ['a title that is no sheet’s', { sheet: '甲/乙', columns: [{ header: '甲', field: 'name' }] }],
  ])('%s is refused', (_, part) => {
    expect(() => parseColumnMap({ name: '坏', ...part })).toThrow(/列映射|写了两次|有两列/);
  });

  it('is deleted with a row in the trail', async () => {
    await deleteColumnMap(opened, '测试', '报送系统');
    const rows = await opened.store.db
      .selectFrom('audit')
      .selectAll()
      .where('action', 'like', 'registry.map-%')
      .orderBy('id')
      .execute();
    expect(rows.map(({ action }) => action)).toEqual(['registry.map-save', 'registry.map-delete']);
    await expect(deleteColumnMap(opened, '测试', '报送系统')).rejects.toThrow('没有名为');
  });
});

describe('a comparison that is kept', () => {
  const AT = '2026-03-01T02:00:00.000Z';
  const deps = () => ({ ...opened, registry: DEFAULT_REGISTRY_POLICY });
  const EXPORT = [
    ['平台', '账号名称', '主办单位', '账号ID', '责任人', '电话'],
    ['微信公众号', '乙市发布', '乙市', 'gh_111111111111', '李四', '13912345678'],
    ['微博', '乙市微博新', '乙市', '1234567890', '', ''],
    ['快手号', '乙市快手', '乙市', 'kuaishou1', '', ''],
    ['快手号', '丁市快手', '丁市', 'kuaishou2', '', ''],
  ];
  const kept = () =>
    keepDiff(deps(), '测试', { file: { name: '导出.csv', bytes: csv(EXPORT) }, map: null, at: AT });
  const list = (acting: Acting, id: number, filter: DiffFilter = {}) =>
    listDifferences(opened, acting, id, filter, { limit: 50, offset: 0 });
  const unitNamed = async (name: string) =>
    (await listUnits(opened.store.db)).find((unit) => unit.name === name)!.id;
  const operatorOf = (unitId: number, ...more: Ability[]) =>
    actorWith({
      ...{ userId: 7, scope: new Set([unitId]) },
      abilities: ['registry.read', 'registry.edit', ...more],
    });
  const historyOf = (accountId: number) =>
    opened.store.db
      .selectFrom('register_history' as never)
      .select(['value' as never, 'source' as never])
      .where('kind' as never, '=', 'account' as never)
      .where('subject_id' as never, '=', accountId as never)
      .orderBy('id' as never)
      .execute() as Promise<{ value: Record<string, string>; source: string | null }[]>;

  it('is paged, filtered, searched, and shown within somebody’s border only', async () => {
    const id = await kept();
    const seen = await readDiff(opened, '测试', id);
    expect(seen).toMatchObject({ counts: { differs: 2, theirs: 2 }, adopted: 0 });
    expect(seen.fields).toContainEqual({ field: 'responsible', title: '责任人', count: 1 });
    const { items } = await list('测试', id, { kind: 'differs', q: '李四' });
    expect(items).toMatchObject([{ title: '责任人', ours: '', theirs: '李四', fileRow: 2 }]);
    const yi = operatorOf(await unitNamed('乙市'));
    const own = await list(yi, id);
    expect(own.items.map(({ name }) => name)).not.toContain('丁市快手');
    expect(own.items.find(({ field }) => field === 'phone')).toMatchObject({
      ...{ theirs: expect.stringContaining('****'), whyNot: expect.stringContaining('电话') },
    });
    expect((await list(yi, id, { q: '13912345678' })).total).toBe(0);
    const elsewhere = operatorOf(999);
    expect(await list(elsewhere, id)).toEqual({ items: [], total: 0 });
    expect((await readDiff(opened, elsewhere, id)).same).toBeNull();
    const bytes = await exportDifferences(opened, '测试', id, { kind: 'theirs' });
    expect((await readTable(bytes, '比对.xlsx')).length).toBe(1 + 2);
  });

  it('adopts a difference as a change with its source, takes it back, and tells what it left', async () => {
    const id = await kept();
    const { items } = await list('测试', id);
    const numberOf = (field: string | null, name: string) =>
      items.find((each) => each.field === field && each.name === name)!.number;
    const responsible = numberOf('responsible', '乙市发布');
    const adopt = (acting: Acting, numbers: number[], side: 'ours' | 'theirs' = 'theirs') =>
      adoptDifferences(opened, acting, { diffId: id, numbers, side, at: AT });
    const yi = operatorOf(await unitNamed('乙市'));
    // An operator adopts what he may edit; the register's own row is the supervisor's.
    const name = numberOf('name', '乙市微博新');
    expect(await adopt(yi, [responsible, name])).toMatchObject({
      adopted: 1,
      refused: [{ number: name, reason: expect.stringContaining('主管单位') }],
    });
    const account = items.find(({ number }) => number === responsible)!.accountId!;
    expect((await historyOf(account)).at(-1)).toMatchObject({
      value: { responsible: '李*' },
      source: expect.stringMatching(/“导出.csv”第 2 行/),
    });
    expect((await adopt('测试', [responsible])).refused[0]?.reason).toContain('已经采用');
    expect((await adopt(yi, [responsible], 'ours')).adopted).toBe(1);
    expect(
      (await recordsOf(opened.store.db, [account])).get(account)?.record.responsible,
    ).toBeNull();
    await expect(adopt(operatorOf(999), [responsible])).rejects.toThrow('没有这次比对');

    const entered = numberOf(null, '乙市快手');
    const unknown = numberOf(null, '丁市快手');
    expect(await adopt('测试', [entered, unknown, name])).toMatchObject({
      adopted: 2,
      refused: [{ number: unknown, reason: expect.stringContaining('单位表里没有') }],
    });
    expect(await allAccountKeys(opened.store.db)).toContainEqual(
      expect.objectContaining({ name: '乙市快手', status: 'running' }),
    );
    expect((await adopt('测试', [entered], 'ours')).refused[0]?.reason).toContain('注销事项');
    const trail = await opened.store.db
      .selectFrom('audit')
      .select(['action', 'detail'])
      .where('action', 'like', 'register-diff.%')
      .orderBy('id')
      .execute();
    expect(trail.filter(({ action }) => action === 'register-diff.adopt')).toHaveLength(3);
    expect(trail.at(-1)?.detail).toMatchObject({ source: expect.stringContaining('导出.csv') });
  });

  it('a value that changed since is not overwritten; a comparison goes when its days are over', async () => {
    const id = await kept();
    const phone = (await list('测试', id, { field: 'phone' })).items[0]!;
    const { version } = (await recordsOf(opened.store.db, [phone.accountId!])).get(
      phone.accountId!,
    )!;
    await editRecord(opened, '别人', {
      ...{ accountId: phone.accountId!, version, reason: '换了', today: '2026-03-01' },
      changes: [{ field: 'phone', value: '0731-1' }],
    });
    const asked = { diffId: id, numbers: [phone.number], side: 'theirs', at: AT } as const;
    expect((await adoptDifferences(opened, '测试', asked)).refused[0]?.reason).toContain('改过');
    await sweepDiffs(registryDb(opened.store.db), '2026-03-30T02:00:00.000Z');
    expect((await readDiff(opened, '测试', id)).id).toBe(id);
    await sweepDiffs(registryDb(opened.store.db), '2026-03-31T02:00:00.000Z');
    await expect(readDiff(opened, '测试', id)).rejects.toThrow('没有这次比对');
  });
});
