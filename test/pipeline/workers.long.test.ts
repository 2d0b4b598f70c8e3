import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseFile } from '../../src/domain/case-file.ts';
import { type Cluster, runCluster } from '../../src/testing/postgres/run-cluster.ts';
import { createDatabase, urlOf } from '../../src/testing/postgres/test-databases.ts';
import { ROOT } from '../../tools/source-files.ts';
import { CaseInspection, tablesOf } from './inspect-case.ts';

const OUTAGE_MS = 20_000;

let folder: string;
let cluster: Cluster;
let served: CaseInspection;
let expected: CaseFile;

beforeAll(async () => {
  const path = join(ROOT, 'test', 'cases', 'rules-2021q4.json');
  expected = JSON.parse(await readFile(path, 'utf8')) as CaseFile;
  folder = await mkdtemp(join(tmpdir(), '巡鉴 工人-'));
  cluster = await runCluster();
  served = await CaseInspection.serve(path);
});
afterAll(async () => {
  await served.stop();
  await cluster.remove();
  await rm(folder, { recursive: true, force: true });
});

async function installation(name: string): Promise<CaseInspection> {
  await createDatabase(cluster.url, name, 'template0');
  return served.at({ databaseUrl: urlOf(cluster.url, name), evidence: join(folder, name) });
}

async function ready(worker: ReturnType<CaseInspection['start']>): Promise<void> {
  const [text] = (await once(worker.stdout, 'data')) as [Buffer];
  expect(JSON.parse(text.toString())).toMatchObject({ ready: true });
}

/** Workers by the number of tasks that they did. */
async function doneBy(name: string): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: urlOf(cluster.url, name) });
  await client.connect();
  try {
    const { rows } = await client.query<{ done_by: string; count: number }>(
      'select done_by, count(*)::int as count from round_task group by done_by',
    );
    return Object.fromEntries(rows.map((row) => [row.done_by.split(':').at(-1), row.count]));
  } finally {
    await client.end();
  }
}

const options = () => ({ period: expected.period, window: expected.samplingWindow });

it('two workers beside a round share its work, and stop when they are told', async () => {
  const office = await installation('shared');
  await office.mustRun('registry', 'import', 'registry.xlsx');
  const workers = [office.start('worker'), office.start('worker')];
  await Promise.all(workers.map(ready));
  const { bulletin } = await office.inspect({ ...options(), out: '分担' });
  expect(tablesOf(bulletin)).toEqual(tablesOf(expected));
  const done = await doneBy('shared');
  for (const worker of workers) expect(done[String(worker.pid)]).toBeGreaterThan(0);
  const ends = workers.map((worker) => once(worker, 'close'));
  for (const worker of workers) worker.kill('SIGTERM');
  expect((await Promise.all(ends)).map(([code]) => code)).toEqual([0, 0]);
});

it('a killed worker, a stopped one and a database that is away for 20 seconds: the round ends right', async () => {
  const office = await installation('rough');
  await office.mustRun('registry', 'import', 'registry.xlsx');
  const [killed, stopped] = [office.start('worker'), office.start('worker')];
  await Promise.all([killed, stopped].map(ready));
  let stage = 0;
  const trouble = async (): Promise<void> => {
    stage = 1;
    await sleep(1_500);
    killed.kill('SIGKILL');
    await sleep(1_000);
    cluster.stop();
    await sleep(OUTAGE_MS);
    cluster.start();
    await sleep(1_000);
    stopped.kill('SIGTERM');
    stage = 2;
  };
  let troubled: Promise<void> = Promise.resolve();
  const { bulletin } = await office.inspect({
    ...options(),
    out: '出事',
    onSaid: (text) => {
      if (stage === 0 && text.includes('采集网站')) troubled = trouble();
    },
  });
  await troubled;
  expect(stage).toBe(2);
  expect(tablesOf(bulletin)).toEqual(tablesOf(expected));
});

it('the embedded database takes no workers', async () => {
  const refused = await served.run('worker');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('DATABASE_URL')]);
});
