import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { NODE_FLAGS } from '../scripts/install.mjs';
import type { CaseFile } from '../src/domain/case-file.ts';
import { type Cluster, runCluster } from '../src/testing/postgres/run-cluster.ts';
import { createDatabase, urlOf } from '../src/testing/postgres/test-databases.ts';
import { ROOT } from '../tools/source-files.ts';

const CASE = join(ROOT, 'samples', 'hunan-2020q3.json');

interface Stats {
  readonly pages: number;
  readonly probes: number;
  readonly feeds: number;
  readonly apiCalls: number;
  readonly seconds: number;
  readonly peakRssMb: number;
  readonly cpuSeconds: number;
}

/** As a service would have it: what is committed is on the disk. */
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' } as const;

/**
 * `[--postgres [--workers 1,2]] [CASE.json]`: the seed's whole round with the embedded database or a PostgreSQL of its own,
 * served and inspected by separate processes on this machine. Prints wall seconds, pages per second, CPU seconds per 1,000
 * pages and peak RSS of the process that runs the round. `--workers`: how many processes work, that one included; several
 * numbers are measured one after the other and compared with the first.
 */
export async function benchRound(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { postgres: { type: 'boolean' }, workers: { type: 'string', default: '1' } },
    allowPositionals: true,
  });
  const path = positionals[0] ?? CASE;
  const counts = values.workers.split(',').map(Number);
  if (counts.some((count) => !Number.isInteger(count) || count < 1 || count > WORKERS_MAX))
    throw new Error(`--workers 要写成 1,2 这样，每个 1 到 ${WORKERS_MAX}`);
  if (values.postgres !== true && counts.some((count) => count > 1))
    throw new Error('几个进程分担只能在 PostgreSQL 上：加 --postgres');
  let first: number | null = null;
  for (const workers of counts) {
    const wall = await measureRound(path, { postgres: values.postgres === true, workers });
    first ??= wall;
    if (workers !== counts[0])
      process.stdout.write(
        `${workers} 个进程是 ${counts[0]} 个的 ${(first / wall).toFixed(2)} 倍快（目标 2 个 ≥ 1.3）\n`,
      );
  }
}

const WORKERS_MAX = 16;

/** One whole round in new places; resolves to its wall seconds. */
async function measureRound(
  path: string,
  { postgres, workers }: { postgres: boolean; workers: number },
): Promise<number> {
  const { period, samplingWindow } = JSON.parse(await readFile(path, 'utf8')) as CaseFile;
  const folder = await mkdtemp(join(tmpdir(), 'xunjian-bench-'));
  const province = startNode(
    ['src/testing/province/main.ts', 'serve', path, '--port', '0', '--out', folder],
    {},
  );
  const cluster = postgres ? await runCluster(undefined, DURABLE) : null;
  const helpers: ReturnType<typeof startNode>[] = [];
  try {
    const ready = JSON.parse(await firstLine(province.stdout)) as { port: number; host: string };
    const place = {
      XUNJIAN_DATA: join(folder, 'data'),
      DATABASE_URL: cluster === null ? '' : await benchDatabase(cluster),
    };
    await runCli(place, ['registry', 'import', join(folder, 'registry.xlsx')]);
    await runCli(place, ['observation', 'import', join(folder, 'observations.csv')]);
    for (let count = 1; count < workers; count += 1) {
      const helper = startNode(['src/main/cli.ts', 'worker', '--json'], place);
      helpers.push(helper);
      await firstLine(helper.stdout);
    }
    const started = performance.now();
    const line = await runCli(place, [
      ...['round', 'run', '--period', period, '--window', samplingWindow.join('..')],
      ...['--at', samplingWindow[1], '--ruleset', 'hunan-2020'],
      ...['--clock', 'replay', '--resolve', `${ready.host}=127.0.0.1:${ready.port}`, '--json'],
    ]);
    const wall = (performance.now() - started) / 1000;
    print(`${cluster?.programs ?? '内嵌'}，${workers} 个进程`, JSON.parse(line) as Stats, wall);
    return wall;
  } finally {
    for (const child of [...helpers, province]) child.kill('SIGTERM');
    await Promise.all(helpers.map((helper) => once(helper, 'close')));
    await cluster?.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

function startNode([script, ...argv]: readonly string[], place: Readonly<Record<string, string>>) {
  return spawn(process.execPath, [...NODE_FLAGS, join(ROOT, script!), ...argv], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...place },
  });
}

async function benchDatabase(cluster: Cluster): Promise<string> {
  await createDatabase(cluster.url, 'bench', 'template0');
  return urlOf(cluster.url, 'bench');
}

function print(database: string, stats: Stats, wall: number): void {
  const rows: readonly (readonly [string, string])[] = [
    ['机器', `${cpus().length} 核，Node ${process.version}`],
    ['数据库', database],
    ['整批墙钟', `${wall.toFixed(1)} 秒（目标 ≤ 240）`],
    ['页面', `${stats.pages}，${(stats.pages / wall).toFixed(1)} 页/秒`],
    ['首页访问', `${stats.probes} 次，全部保留原始记录`],
    ['信源与接口', `${stats.feeds} 个信源，${stats.apiCalls} 次接口调用`],
    [
      '每千页 CPU',
      `${((stats.cpuSeconds / stats.pages) * 1000).toFixed(2)} 秒（运行批次的进程，含访问、接口、判定）`,
    ],
    ['内存峰值', `${stats.peakRssMb} MB（内嵌时含数据库，目标 ≤ 1536）`],
  ];
  for (const [what, figure] of rows) process.stdout.write(`${what.padEnd(8)} ${figure}\n`);
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('模拟省没有启动');
}

/** Runs one command; resolves to the last line of its stdout. */
function runCli(place: Readonly<Record<string, string>>, argv: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = startNode(['src/main/cli.ts', ...argv], place);
    let last = '';
    createInterface({ input: child.stdout }).on('line', (line) => {
      last = line;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve(last)
        : reject(new Error(`xunjian ${argv.slice(0, 2).join(' ')} 退出码 ${code}`)),
    );
  });
}
