import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CommandOutput } from '../cli/command.ts';
import { TransientError } from '../lib/pure/errors.ts';
import { registryIsEmpty } from '../registry/index.ts';
import type { AppDeps } from './app-deps.ts';
import { PACKAGE_ROOT } from './config.ts';
import { executeInServer } from './execute-call.ts';

const CASE = join(PACKAGE_ROOT, 'samples', 'hunan-2020q3.json');
const ISSUE = join(PACKAGE_ROOT, 'samples', 'hunan-2020q3-issue.json');
const PERIOD = '2020Q3';
/** The contract promises readiness within 60 s. */
const READY_LIMIT_MS = 60_000;

const markerOf = (dataDir: string): string => join(dataDir, 'sample-running');

/** The sample is loaded into an empty register, and resumed when an earlier start was cut off in its midst. */
export async function isSampleWanted(deps: AppDeps, dataDir: string): Promise<boolean> {
  return existsSync(markerOf(dataDir)) || registryIsEmpty(deps.store);
}

/** Serves the sample province in a process of its own, inspects it, freezes the round and builds its bulletin. */
export async function runSample(
  deps: AppDeps,
  dataDir: string,
  io: { out: CommandOutput; signal: AbortSignal },
): Promise<void> {
  const folder = join(dataDir, 'sample');
  const bulletin = join(dataDir, 'bulletins', PERIOD);
  await mkdir(folder, { recursive: true });
  await writeFile(markerOf(dataDir), '');
  io.out.note('第一次启动：载入样例省（湖南省2020年第三季度，模拟网站和账号都在本机）……');
  const province = await startProvince(folder, io.signal);
  const run = async (...argv: string[]): Promise<void> => {
    const call = { argv, cwd: folder, json: false, terminal: false };
    const exit = await executeInServer(deps, dataDir, call, io.out, io.signal);
    if (exit !== 0)
      throw new TransientError(
        'sample.failed',
        `样例在“xunjian ${argv.slice(0, 2).join(' ')}”这一步停下了；再运行一次 npm start 会接着做。`,
      );
  };
  try {
    await run('registry', 'import', join(folder, 'registry.xlsx'));
    await run('observation', 'import', join(folder, 'observations.csv'));
    await run('round', 'import-history', join(folder, 'history.json'));
    await run(
      ...[
        'round',
        'run',
        '--period',
        PERIOD,
        '--window',
        '2020-07-07..2020-09-17',
        '--at',
        '2020-09-17',
      ],
      ...[
        '--ruleset',
        'hunan-2020',
        '--clock',
        'replay',
        '--resolve',
        `${province.host}=127.0.0.1:${province.port}`,
      ],
    );
    await run(
      'round',
      'freeze',
      '--period',
      PERIOD,
      '--confirm-all',
      '样例：演示用，免除两人审核',
      '--leave-undetermined',
      '样例：演示用',
    );
    await run('bulletin', 'build', '--period', PERIOD, '--out', bulletin, '--issue', ISSUE);
    await rm(markerOf(dataDir), { force: true });
    io.out.result({ bulletin }, await pathsOf(bulletin));
  } finally {
    province.stop();
  }
}

async function pathsOf(folder: string): Promise<string> {
  const names = ['bulletin.docx', 'bulletin.pdf', 'annexes.xlsx', 'bulletin.json'].filter((name) =>
    existsSync(join(folder, name)),
  );
  const built = JSON.parse(await readFile(join(folder, 'bulletin.json'), 'utf8')) as {
    printed: { sitePassRate: string; accountPassRate: string };
  };
  const rates = `网站合格率 ${built.printed.sitePassRate}，政务新媒体合格率 ${built.printed.accountPassRate}`;
  return [`样例通报已生成（${rates}）：`, ...names.map((name) => `  ${join(folder, name)}`)].join(
    '\n',
  );
}

interface Province {
  readonly port: number;
  readonly host: string;
  stop(): void;
}

async function startProvince(folder: string, signal: AbortSignal): Promise<Province> {
  const script = join(PACKAGE_ROOT, 'src', 'testing', 'province', 'main.ts');
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      script,
      'serve',
      CASE,
      '--port',
      '0',
      '--out',
      folder,
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      signal,
    },
  );
  const { port, host } = await readReady(child);
  return { port, host, stop: () => void child.kill('SIGTERM') };
}

function readReady(child: ChildProcess): Promise<{ port: number; host: string }> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void =>
      reject(new TransientError('sample.province', `样例省没有启动：${why}`));
    const timer = setTimeout(() => fail('60 秒内没有就绪'), READY_LIMIT_MS);
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code) => fail(`进程退出（${code}）`));
    createInterface({ input: child.stdout! }).once('line', (line) => {
      clearTimeout(timer);
      resolve(JSON.parse(line) as { port: number; host: string });
    });
  });
}
