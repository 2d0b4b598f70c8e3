import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../lib/pure/errors.ts';

/** Who holds a data folder. A server also says how commands reach it. */
export interface LockHolder {
  readonly pid: number;
  /** Start time of the process in clock ticks since boot; '' where there is no /proc. */
  readonly startTicks: string;
  readonly server?: { readonly port: number; readonly token: string };
}

/** A lock file without content this old belongs to a process that died between creating and writing it. */
const EMPTY_STALE_MS = 10_000;
const OWNER_ONLY = 0o600;

const lockPath = (dataDir: string): string => join(dataDir, 'lock');

/** Takes the folder for this process. Throws {@link UserError} `store.locked` while a living process holds it. */
export function takeLock(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  const path = lockPath(dataDir);
  const mine = thisProcess();
  for (let tried = 0; tried < 2; tried += 1) {
    if (createExclusive(path, JSON.stringify(mine))) return;
    const holder = readLock(dataDir);
    if (holder || !isAbandoned(path)) {
      throw new UserError(
        'store.locked',
        `数据目录 ${dataDir} 正由进程 ${holder?.pid ?? '（正在启动）'} 使用；等它结束后再试。`,
        { family: 'state' },
      );
    }
    // Renaming decides which of several takers removes the dead lock; the losers see the winner's new one.
    const grave = `${path}.${process.pid}`;
    try {
      renameSync(path, grave);
    } catch {
      continue;
    }
    const buried = parseLock(grave);
    // Between our look and the renaming another taker may have put its own, living lock there: give it back.
    if (buried && isAlive(buried)) renameSync(grave, path);
    else rmSync(grave, { force: true });
  }
  throw new UserError('store.locked', `数据目录 ${dataDir} 刚被另一个进程占用。`, {
    family: 'state',
  });
}

/** The living holder of the folder, or null. */
export function readLock(dataDir: string): LockHolder | null {
  const holder = parseLock(lockPath(dataDir));
  return holder && isAlive(holder) ? holder : null;
}

/** Writes into this process's own lock how commands reach its server. Atomic; readable by the owner only. */
export function announceServer(dataDir: string, server: { port: number; token: string }): void {
  const path = lockPath(dataDir);
  const holder: LockHolder = { ...thisProcess(), server };
  const unfinished = `${path}.${process.pid}.new`;
  writeFileSync(unfinished, JSON.stringify(holder), { mode: OWNER_ONLY });
  renameSync(unfinished, path);
}

/** Gives the folder back, if it is still ours. */
export function releaseLock(dataDir: string): void {
  if (parseLock(lockPath(dataDir))?.pid === process.pid) rmSync(lockPath(dataDir), { force: true });
}

function createExclusive(path: string, text: string): boolean {
  try {
    const handle = openSync(path, 'wx', OWNER_ONLY);
    writeSync(handle, text);
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function parseLock(path: string): LockHolder | null {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as LockHolder;
    return Number.isInteger(value.pid) ? value : null;
  } catch {
    return null;
  }
}

/** No readable holder, or a dead one; a file without content counts only after a while: its writer may be writing. */
function isAbandoned(path: string): boolean {
  const holder = parseLock(path);
  if (holder) return !isAlive(holder);
  try {
    return Date.now() - statSync(path).mtimeMs > EMPTY_STALE_MS;
  } catch {
    return true;
  }
}

/** Whether the process still runs on this machine. */
export function isAlive(holder: LockHolder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  // The number may belong to another process by now; then its start time differs.
  const ticks = startTicks(holder.pid);
  if (ticks === 'dead') return false;
  return ticks === '' || holder.startTicks === '' || ticks === holder.startTicks;
}

/** This process, as a lock names it. */
export function thisProcess(): LockHolder {
  return { pid: process.pid, startTicks: startTicks(process.pid) };
}

/** Field 22 of proc(5) stat; `dead` for a process that only waits to be buried (state Z or X). */
function startTicks(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return /^[ZX]/.test(fields[0] ?? '') ? 'dead' : (fields[19] ?? '');
  } catch {
    return '';
  }
}
