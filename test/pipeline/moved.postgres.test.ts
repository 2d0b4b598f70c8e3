import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Cluster, runCluster } from '../../src/testing/postgres/run-cluster.ts';
import {
  createDatabase,
  createTestDatabase,
  dropTestDatabase,
  urlOf,
} from '../../src/testing/postgres/test-databases.ts';
import { CaseInspection } from './inspect-case.ts';

/** Six subjects, two of which fail. */
const CASE = {
  title: '关于2021年第一季度检查情况的通报',
  issuer: '甲省人民政府办公厅',
  period: '2021Q1',
  samplingWindow: ['2021-01-11', '2021-03-12'],
  sitesByUnit: [
    { order: 1, unit: '省直部门', running: 1, checked: 1, failing: 0, ratio: '0' },
    { order: 2, unit: '乙市', running: 2, checked: 2, failing: 1, ratio: '50.00%' },
  ],
  failingSites: [
    {
      order: 1,
      unit: '乙市',
      name: '乙市林业局',
      siteCode: '4301000061',
      problems: ['首页不更新'],
    },
  ],
  accountsByUnit: [
    { order: 1, unit: '省直部门', running: 1, checked: 1, failing: 0, ratio: '0' },
    { order: 2, unit: '乙市', running: 2, checked: 2, failing: 1, ratio: '50.00%' },
  ],
  failingAccounts: [
    {
      ...{ order: 1, unit: '乙市', name: '乙市发布', operator: '乙市人民政府办公室' },
      ...{ platform: '新浪微博', lastUpdated: '2021-02-01', problems: ['监测时间点前2周内无更新'] },
    },
  ],
};
const OPTIONS = { period: CASE.period, window: ['2021-01-11', '2021-03-12'] } as const;

let folder: string;
let original: CaseInspection;
let bulletin: string;
const databases: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '巡鉴 搬家-'));
  const path = join(folder, 'case.json');
  await writeFile(path, JSON.stringify(CASE));
  original = await CaseInspection.serve(path);
  await original.inspect(OPTIONS);
  bulletin = await readFile(join(original.folder, 'bulletin', 'bulletin.json'), 'utf8');
});
afterAll(async () => {
  await original.stop();
  for (const url of databases) await dropTestDatabase(url);
  await rm(folder, { recursive: true, force: true });
});

async function onPostgres(evidence: string): Promise<CaseInspection> {
  const databaseUrl = await createTestDatabase(inject('postgresUrl'));
  databases.push(databaseUrl);
  return original.at({ databaseUrl, evidence: join(folder, evidence) });
}

describe('an installation moved elsewhere builds the same bulletin, byte for byte', {
  timeout: 300_000,
}, () => {
  it('copied to PostgreSQL', async () => {
    const target = await onPostgres('证据一');
    const copied = await original.mustRun('data', 'copy', '--to', databases.at(-1)!);
    const { tables } = JSON.parse(copied.stdout) as { tables: { table: string; rows: number }[] };
    expect(tables.find(({ table }) => table === 'round_subject')?.rows).toBe(6);
    expect(`${copied.stdout}${copied.stderr}`).not.toContain(new URL(databases.at(-1)!).password);
    await expect(target.build(CASE.period, '没有密钥')).rejects.toThrow('没有这把密钥');
    await copyFile(
      join(original.folder, 'data', 'audit-key'),
      join(folder, '证据一.data', 'audit-key'),
    );
    expect(await target.build(CASE.period, '复制')).toBe(bulletin);
    await target.mustRun('audit', 'verify');
    const again = await original.run('data', 'copy', '--to', databases.at(-1)!);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('目标里已有数据')]);
  });

  it('backed up and restored: into a folder, into PostgreSQL, and from there again', async () => {
    await original.mustRun('backup', '--to', '一.tar');
    const elsewhere = original.at({ data: join(folder, '新 目录') });
    await elsewhere.mustRun('restore', '一.tar');
    expect(await elsewhere.build(CASE.period, '恢复一')).toBe(bulletin);
    await elsewhere.mustRun('evidence', 'pack', '4301000061', '--out', '一.zip');
    await elsewhere.mustRun('evidence', 'verify', '一.zip');
    const server = await onPostgres('证据二');
    await server.mustRun('restore', '一.tar');
    expect(await server.build(CASE.period, '恢复二')).toBe(bulletin);
    await server.mustRun('evidence', 'pack', '4301000061', '--out', '二.zip');
    await server.mustRun('evidence', 'verify', '二.zip');
    await server.mustRun('backup', '--to', '二.tar');
    const back = original.at({ data: join(folder, '又一个') });
    await back.mustRun('restore', '二.tar');
    expect(await back.build(CASE.period, '恢复三')).toBe(bulletin);
    const torn = (await readFile(join(original.folder, '一.tar'))).subarray(0, -1000);
    await writeFile(join(original.folder, '残.tar'), torn);
    const refused = await original.at({ data: join(folder, '空') }).run('restore', '残.tar');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('不完整')]);
  });
});

describe('a round on PostgreSQL', { timeout: 300_000 }, () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await runCluster();
    return () => cluster.remove();
  });

  it('outlives a stop of the database and builds the same bulletin', async () => {
    await createDatabase(cluster.url, '批次', 'template0');
    const said: string[] = [];
    const states: string[] = [];
    const round = original.at({
      databaseUrl: urlOf(cluster.url, '批次'),
      evidence: join(folder, '证据三'),
    });
    const done = await round.inspect({
      ...OPTIONS,
      out: '停过',
      onSaid: (text) => {
        said.push(text);
        if (states.length === 0) {
          states.push('stopped');
          cluster.stop();
        } else if (states.length === 1 && text.includes('数据库连接中断')) {
          states.push('started');
          cluster.start();
        }
      },
    });
    expect(states, said.join('')).toEqual(['stopped', 'started']);
    expect(JSON.stringify(done.bulletin)).toBe(JSON.stringify(JSON.parse(bulletin)));
  });
});
