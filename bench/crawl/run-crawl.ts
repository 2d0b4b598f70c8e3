import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { NODE_FLAGS } from '../../scripts/install.mjs';
import { runCluster } from '../../src/testing/postgres/run-cluster.ts';
import { createDatabase, urlOf } from '../../src/testing/postgres/test-databases.ts';
import { ROOT } from '../../tools/source-files.ts';

const HERE = join(ROOT, 'bench', 'crawl');
/** The served sites and the peers run as Node comes. */
const PLAIN_FLAGS = ['--disable-warning=ExperimentalWarning'];
/** Not dependencies of ours: installed into a temporary folder, when asked for. */
const PEER_PACKAGES = ['linkinator@7.6.1', 'simplecrawler@1.1.9', '@crawlee/cheerio@3.18.1'];
const PEERS = ['linkinator', 'simplecrawler', 'crawlee'];
/** As a service would have it: what is committed is on the disk. */
export const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' } as const;

interface Site {
  readonly port: number;
  readonly broken: readonly string[];
}

interface Run {
  readonly pages: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
  readonly brokenFound: number;
  readonly brokenTruth: number;
  /** Paths called broken that are not. */
  readonly wrong: number;
}

/**
 * `[--sites 20] [--pages 1000] [--rounds 3] [--threads 2] [--embedded] [--peers [--peer-sites 1] [--peer-folder F]]`: whole-site
 * crawls of made sites that another process serves. Ours has everything switched on: decoding, links, dates, 50,000 terms, fingerprint,
 * archive, database rows. Interleaved rounds, medians, ratios.
 */
export async function benchCrawl(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sites: { type: 'string', default: '20' },
      pages: { type: 'string', default: '1000' },
      rounds: { type: 'string', default: '3' },
      threads: { type: 'string', default: '2' },
      embedded: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: false },
      'peer-sites': { type: 'string', default: '1' },
      'peer-folder': { type: 'string' },
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'xunjian-crawl-'));
  const cluster = values.embedded ? null : await runCluster(undefined, DURABLE);
  const world = await serve(Number(values.sites), Number(values.pages));
  try {
    const peerFolder = values.peers ? await installPeers(values['peer-folder'] ?? folder) : null;
    const few = world.sites.slice(0, Number(values['peer-sites']));
    const contestants = new Map<string, (round: number) => Promise<Run>>();
    const ours = (round: number): Promise<Run> =>
      runOurs(folder, cluster?.url ?? null, values.threads, world.sites, `r${round}`);
    contestants.set('xunjian', ours);
    if (peerFolder !== null)
      for (const name of PEERS) contestants.set(name, () => runPeer(peerFolder, name, few));
    if (peerFolder !== null && hasProgram('wget'))
      contestants.set('wget', () => runWget(folder, few));
    if (values.peers && hasScrapy()) contestants.set('scrapy', () => runScrapy(folder, few));
    await report(contestants, Number(values.rounds));
  } finally {
    world.stop();
    await cluster?.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

async function report(
  contestants: ReadonlyMap<string, (round: number) => Promise<Run>>,
  rounds: number,
): Promise<void> {
  const runs = new Map<string, Run[]>([...contestants.keys()].map((name) => [name, []]));
  for (let round = 1; round <= rounds; round += 1)
    for (const [name, run] of contestants) {
      const result = await run(round);
      runs.get(name)!.push(result);
      process.stdout.write(`  ${round} ${line(name, result)}\n`);
    }
  process.stdout.write('\n中位数\n');
  const medians = new Map([...runs].map(([name, all]) => [name, medianRun(all)]));
  for (const [name, run] of medians) process.stdout.write(`    ${line(name, run)}\n`);
  const ours = medians.get('xunjian')!;
  for (const [name, run] of medians) {
    if (name === 'xunjian') continue;
    const speed = ours.pages / ours.seconds / (run.pages / run.seconds);
    const cpu = run.cpuSeconds / run.pages / (ours.cpuSeconds / ours.pages);
    process.stdout.write(
      `    ${name}：每秒页数是它的 ${speed.toFixed(1)} 倍，每页 CPU 是它的 1/${cpu.toFixed(1)}\n`,
    );
  }
}

function line(name: string, run: Run): string {
  const perSecond = (run.pages / run.seconds).toFixed(0);
  const cpu = ((run.cpuSeconds / run.pages) * 1_000).toFixed(2);
  return (
    `${name.padEnd(14)} ${perSecond.padStart(6)} 页/秒  CPU ${cpu.padStart(6)} 秒/千页  内存峰值 ${run.peakRssMb.toFixed(0).padStart(4)} MB  ` +
    `坏链 ${run.brokenFound}/${run.brokenTruth}，误报 ${run.wrong}`
  );
}

function medianRun(runs: readonly Run[]): Run {
  const median = (of: (run: Run) => number): number =>
    runs.map(of).sort((a, b) => a - b)[Math.floor(runs.length / 2)]!;
  return {
    pages: median((run) => run.pages),
    seconds: median((run) => run.seconds),
    cpuSeconds: median((run) => run.cpuSeconds),
    peakRssMb: median((run) => run.peakRssMb),
    brokenFound: Math.min(...runs.map((run) => run.brokenFound)),
    brokenTruth: runs[0]!.brokenTruth,
    wrong: Math.max(...runs.map((run) => run.wrong)),
  };
}

async function runOurs(
  folder: string,
  clusterUrl: string | null,
  threads: string,
  sites: readonly Site[],
  name: string,
): Promise<Run> {
  if (clusterUrl !== null) await createDatabase(clusterUrl, name, 'template1');
  const database = clusterUrl === null ? '-' : urlOf(clusterUrl, name);
  const data = join(folder, name);
  const ports = sites.map(({ port }) => String(port));
  const script = join(HERE, 'survey-sites.ts');
  const args = [...NODE_FLAGS, script, data, database, threads, '4', '16', ...ports];
  const run = await timed(folder, process.execPath, args, ROOT);
  await rm(data, { recursive: true, force: true });
  return judged(run, sites);
}

async function runPeer(folder: string, name: string, sites: readonly Site[]): Promise<Run> {
  const args = [...PLAIN_FLAGS, 'peer-driver.mjs', name, ...sites.map(({ port }) => String(port))];
  return judged(await timed(folder, process.execPath, args, folder), sites);
}

/** Debian's own Python has the packages that Debian installs. */
const PYTHON = '/usr/bin/python3';
const hasScrapy = (): boolean => spawnSync(PYTHON, ['-c', 'import scrapy']).status === 0;

async function runScrapy(folder: string, sites: readonly Site[]): Promise<Run> {
  const args = [join(HERE, 'peer-scrapy.py'), ...sites.map(({ port }) => String(port))];
  return judged(await timed(folder, PYTHON, args, folder), sites);
}

/** wget counts no pages and decodes nothing: what a C program needs for the links alone. */
async function runWget(folder: string, sites: readonly Site[]): Promise<Run> {
  const urls = sites.map(({ port }) => `http://127.0.0.1:${port}/`);
  const flags = ['--spider', '-r', '-l', 'inf', '-nd', '-e', 'robots=off', '-nv'];
  const started = performance.now();
  const run = await timed(folder, 'wget', [...flags, ...urls], folder);
  const seconds = (performance.now() - started) / 1_000;
  const found: Record<string, string[]> = Object.fromEntries(sites.map(({ port }) => [port, []]));
  for (const [, port = '', path = ''] of run.stderr.matchAll(
    /^http:\/\/127\.0\.0\.1:(\d+)(\/\S*)$/gm,
  ))
    found[port]?.push(path.replace(/:$/, ''));
  const pages = sites.length * 1_000;
  return judged({ ...run, stdout: JSON.stringify({ pages, seconds, found }) }, sites);
}

interface TimedRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
}

async function timed(
  folder: string,
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<TimedRun> {
  const measured = join(folder, 'time');
  const child = spawn('/usr/bin/time', ['-f', '%U %S %M', '-o', measured, program, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.stderr += chunk.toString();
  });
  await once(child, 'close');
  const last = (await readFile(measured, 'utf8')).trim().split('\n').at(-1) ?? '';
  const [user = 0, system = 0, kilobytes = 0] = last.split(' ').map(Number);
  return { ...said, cpuSeconds: user + system, peakRssMb: kilobytes / 1_024 };
}

function judged(run: TimedRun, sites: readonly Site[]): Run {
  const said = run.stdout.trim().split('\n').at(-1) ?? '';
  if (!said.startsWith('{')) throw new Error(`没有结果：${run.stderr.slice(-2_000)}`);
  const { pages, seconds, found } = JSON.parse(said) as Run & { found: Record<string, string[]> };
  let [brokenFound, brokenTruth, wrong] = [0, 0, 0];
  for (const { port, broken } of sites) {
    const named = new Set(found[port] ?? []);
    brokenTruth += broken.length;
    brokenFound += broken.filter((path) => named.has(path)).length;
    // A redirect that ends in nothing may be named by its end.
    wrong += [...named].filter(
      (path) => !broken.includes(path) && !path.startsWith('/gone/'),
    ).length;
  }
  const { cpuSeconds, peakRssMb } = run;
  return { pages, seconds, cpuSeconds, peakRssMb, brokenFound, brokenTruth, wrong };
}

/** Made sites in a process of their own; `stop` ends it. */
export async function serve(
  count: number,
  pages: number,
): Promise<{ sites: Site[]; stop: () => void }> {
  const args = [...PLAIN_FLAGS, join(HERE, 'serve-sites.ts'), String(count), String(pages)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [said] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { sites: JSON.parse(said) as Site[], stop: () => child.stdin.end() };
}

const hasProgram = (name: string): boolean => spawnSync('which', [name]).status === 0;

async function installPeers(folder: string): Promise<string> {
  const args = [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
  ];
  const installed = spawnSync('npm', [...args, ...PEER_PACKAGES], { encoding: 'utf8' });
  if (installed.status !== 0) throw new Error(`装不上对照程序：${installed.stderr}`);
  await copyFile(join(HERE, 'peer-driver.mjs'), join(folder, 'peer-driver.mjs'));
  return folder;
}
