// Brings the checkout to a state in which it can run: packages installed, a Node that understands our TypeScript.
// Plain JavaScript for Node >= 20, no dependency: it runs before anything is installed.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/** The oldest Node that strips types without a flag and that undici 8 accepts. */
const OLDEST_NODE = [22, 19];
/** A cold installation on a slow line; after that something is wrong and waiting longer would hide it. */
const LOCK_WAIT_MS = 15 * 60_000;
const LOCK_POLL_MS = 250;
/** A lock whose writer died before writing its pid. */
const EMPTY_LOCK_STALE_MS = 10_000;

/**
 * Freeing of WebAssembly code that is no longer used aborts the process now and then (`jit_page_->allocations_.erase(addr) == 1`) where
 * embedded databases open and close, as in tests and moves: nodejs/node issue 64500. Kept instead, that code is some megabytes.
 */
export const WASM_FLAGS = ['--no-wasm-code-gc'];

/**
 * Flags of every process of ours. Left to itself the main thread's young generation grows with a crawl's short-lived garbage: halves
 * held at 8 MB, a survey of 20,000 pages peaks at 370 MB instead of 450, of 200,000 at 416 instead of 522, in the same time.
 */
export const NODE_FLAGS = [
  ...['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8'],
  ...WASM_FLAGS,
];

/** Path of the Node to run the project with: the installed one, else the present one when it is new enough. */
export function runtimeNode(root) {
  const installed = join(root, 'node_modules', '.bin', 'node');
  if (existsSync(installed)) return installed;
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new Error(
    `本机 Node ${process.versions.node} 太旧，且没有适合本平台的 Node 24 安装包；请安装 Node ${OLDEST_NODE.join('.')} 以上。`,
  );
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

/**
 * Environment for the project's own processes: the installed tools come first, and what Node made of our TypeScript is kept (by
 * content, some 20 MB), which halves the start of every command. Where nothing can be written, Node does without.
 */
export function runtimeEnv(root, extra = {}) {
  const modules = join(root, 'node_modules');
  return {
    NODE_COMPILE_CACHE: join(modules, '.cache', 'xunjian', 'compiled'),
    ...process.env,
    PATH: `${join(modules, '.bin')}:${process.env.PATH ?? ''}`,
    ...extra,
  };
}

/** Installs the packages of package-lock.json unless that very lock is installed already. Safe under parallel calls and kill -9. */
export async function ensureInstalled(root) {
  const wanted = stampOf(root);
  if (readStamp(root) === wanted) return;
  await withLock(join(root, '.install.lock'), async () => {
    if (readStamp(root) === wanted) return;
    process.stderr.write('正在安装依赖（首次约半分钟到一分钟）……\n');
    rmSync(stampPath(root), { force: true });
    installPackages(root);
    writeFileSync(stampPath(root), wanted);
  });
}

function stampPath(root) {
  return join(root, 'node_modules', '.xunjian-stamp');
}

function readStamp(root) {
  try {
    return readFileSync(stampPath(root), 'utf8');
  } catch {
    return '';
  }
}

function stampOf(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256')
    .update(lock)
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
}

function installPackages(root) {
  const flags = [
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const first = runNpm(root, ['ci', ...flags]);
  if (first === 0) return;
  process.stderr.write('npm ci 未成功，改用 npm install 再试一次。\n');
  if (runNpm(root, ['install', ...flags, '--no-save']) !== 0)
    throw new Error('安装依赖失败：请看上面 npm 的输出，检查网络后再运行一次。');
}

function runNpm(root, args) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([key]) =>
        !/^npm_(config|package|lifecycle|command)/i.test(key) || /registry|cafile|proxy/i.test(key),
    ),
  );
  delete env.NODE_ENV;
  const [command, ...head] = npmCommand();
  // npm's own output goes to stderr: stdout belongs to the command that the person asked for.
  return (
    spawnSync(command, [...head, ...args], { cwd: root, env, stdio: ['ignore', 2, 2] }).status ?? 1
  );
}

function npmCommand() {
  const fromNpm = process.env.npm_execpath;
  if (fromNpm?.endsWith('.js') && existsSync(fromNpm)) return [process.execPath, fromNpm];
  const beside = join(dirname(process.execPath), 'npm');
  return [existsSync(beside) ? beside : 'npm'];
}

/** Runs `work` while holding `path` exclusively; a lock of a dead process is taken over. */
export async function withLock(path, work) {
  const deadline = Date.now() + LOCK_WAIT_MS;
  while (!tryLock(path)) {
    if (Date.now() > deadline)
      throw new Error(`等待另一个安装过程超时；若确无其他进程，请删除 ${path}。`);
    await sleep(LOCK_POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryLock(path) {
  if (createExclusive(path, `${process.pid} ${startTicks(process.pid)}`)) return true;
  // Only one process at a time may judge and remove a stale lock, or a second remover would take away a fresh one.
  const guard = `${path}.steal`;
  if (!createExclusive(guard, '')) {
    if (ageMs(guard) > EMPTY_LOCK_STALE_MS) rmSync(guard, { force: true });
    return false;
  }
  if (isStale(path)) rmSync(path, { force: true });
  rmSync(guard, { force: true });
  return false;
}

function createExclusive(path, text) {
  try {
    const handle = openSync(path, 'wx');
    writeSync(handle, text);
    closeSync(handle);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isStale(path) {
  let holder;
  try {
    holder = readFileSync(path, 'utf8').split(' ');
  } catch {
    return false;
  }
  const pid = Number(holder[0]);
  if (!pid) return ageMs(path) > EMPTY_LOCK_STALE_MS;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'ESRCH';
  }
  // The pid lives, but it may belong to another process by now: then its start time differs.
  const ticks = startTicks(pid);
  return ticks !== '' && holder[1] !== undefined && holder[1] !== '' && holder[1] !== ticks;
}

function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

/** Start time of a process in clock ticks since boot (proc(5), field 22); '' where there is no /proc. */
function startTicks(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A killed process whose parent has not looked yet (Z, X) still has a number, but holds nothing.
    return /^[ZX]/.test(fields[0] ?? '') ? 'dead' : (fields[19] ?? '');
  } catch {
    return '';
  }
}
