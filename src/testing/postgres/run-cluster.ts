import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBundledPrograms, findInstalledPrograms } from './find-programs.ts';

const USER = 'xunjian';
const OWNER_ONLY = 0o700;
/** initdb and the start take a second or two; beyond this something is wrong. */
const STEP_LIMIT_MS = 60_000;

/**
 * Settings that make tests quick, and a zone and date style that no office uses: a value that depends on them shows itself
 * here. Durability is given up: the cluster lives as long as the tests.
 */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '100',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'Asia/Kathmandu',
  datestyle: 'SQL, DMY',
  bytea_output: 'escape',
} as const;

/** A PostgreSQL of the tests' own, on 127.0.0.1. */
export interface Cluster {
  /** URL of its first database; the user may create others. */
  readonly url: string;
  /** Where it came from, for people. */
  readonly programs: string;
  /** Ends sessions as `pg_ctl stop -m fast` does; the data stays. */
  stop(): void;
  start(): void;
  /** Stops and removes everything. */
  remove(): Promise<void>;
}

/**
 * Makes and starts a cluster in a temporary folder, with the first programs that can; `settings` win over {@link SETTINGS}. Throws an error in plain words when
 * nothing can be started.
 */
export async function runCluster(
  finders: readonly (() => string | null)[] = [findInstalledPrograms, findBundledPrograms],
  settings: Readonly<Record<string, string>> = {},
): Promise<Cluster> {
  const problems: string[] = [];
  for (const find of finders) {
    const programs = find();
    if (programs === null) continue;
    try {
      return await runWith(programs, { ...SETTINGS, ...settings });
    } catch (error) {
      problems.push(`${programs}：${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (problems.length === 0)
    problems.push('没有找到 PostgreSQL 15 以上的 initdb、pg_ctl、postgres');
  throw new Error(
    `测试要用一个自己的 PostgreSQL，但起不来。请安装 Debian 的 postgresql 软件包，或检查下列问题：\n  ${problems.join('\n  ')}`,
  );
}

async function runWith(
  programs: string,
  settings: Readonly<Record<string, string>>,
): Promise<Cluster> {
  const account = serverAccount();
  const folder = await mkdtemp(join(tmpdir(), 'xunjian-pg-'));
  const data = join(folder, 'data');
  const password = randomBytes(16).toString('hex');
  const run = (name: string, args: readonly string[]): void => {
    const done = spawnSync(join(programs, name), args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: folder,
      timeout: STEP_LIMIT_MS,
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' },
      ...account,
    });
    if (done.status !== 0) throw new Error(`${name} 失败：${wordsOf(done)}`);
  };
  try {
    await mkdir(data);
    const secret = join(folder, 'password');
    await writeFile(secret, password);
    for (const path of [folder, data, secret]) {
      await chmod(path, OWNER_ONLY);
      if (account) await chown(path, account.uid, account.gid);
    }
    initialise(run, data, secret);
    const port = await freePort();
    const options = Object.entries({ ...settings, port: String(port) });
    await writeFile(
      join(data, 'postgresql.auto.conf'),
      options.map(([name, value]) => `${name} = '${value}'\n`).join(''),
    );
    // The log is the cluster's own: were it ours, this call would wait for the server's end.
    const start = (): void =>
      run('pg_ctl', ['-D', data, '-w', '-s', '-l', join(data, 'log'), 'start']);
    const stop = (): void => run('pg_ctl', ['-D', data, '-w', '-s', '-m', 'fast', 'stop']);
    await startOrSay(start, join(data, 'log'));
    return {
      url: `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`,
      programs,
      start,
      stop,
      remove: async () => {
        spawnSync(join(programs, 'pg_ctl'), ['-D', data, '-w', '-m', 'immediate', 'stop'], {
          stdio: 'ignore',
          timeout: STEP_LIMIT_MS,
          ...account,
        });
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Sorted as a Chinese office may have it (ICU), not byte by byte as the embedded database does; where the programs can. */
function initialise(
  run: (name: string, args: readonly string[]) => void,
  data: string,
  secret: string,
): void {
  const common = ['-D', data, '-U', USER, '--pwfile', secret, '-A', 'scram-sha-256', '-E', 'UTF8'];
  const quick = [...common, '--no-sync', '--locale=C'];
  try {
    run('initdb', [...quick, '--locale-provider=icu', '--icu-locale=zh-Hans-CN']);
  } catch {
    run('initdb', quick);
  }
}

async function startOrSay(start: () => void, log: string): Promise<void> {
  try {
    start();
  } catch (error) {
    const words = await readFile(log, 'utf8').catch(() => '');
    throw new Error(`${error instanceof Error ? error.message : ''} ${words.slice(-1000)}`);
  }
}

/** PostgreSQL refuses to run as root: then as `postgres`, or as `nobody` where no such user is. */
function serverAccount(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((what) =>
      Number(spawnSync('id', [what, name], { encoding: 'utf8' }).stdout || Number.NaN),
    );
    if (Number.isInteger(uid) && Number.isInteger(gid)) return { uid: uid!, gid: gid! };
  }
  return undefined;
}

function wordsOf(done: SpawnSyncReturns<string>): string {
  return (done.error?.message ?? (done.stderr || done.stdout)).trim().slice(-1000);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
