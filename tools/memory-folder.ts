import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** Linux's file system in memory. Containers often have 64 MB of it: then the disk has to do. */
const MEMORY = '/dev/shm';
const PREFIX = 'xunjian-tests-';
/** What two workers hold at the same time, with the seed's round among it, and some to spare. */
const BYTES_MIN = 2 * 1024 ** 3;

/**
 * A folder in memory for the temporary files of one run, removed when this process exits; null where there is no room for one.
 * A new database is 1,500 files: on a disk their making costs ten times the processor time, and waiting besides.
 */
export function memoryFolder(root = MEMORY): string | null {
  try {
    for (const name of readdirSync(root)) if (isLeft(name)) remove(join(root, name));
    const { bavail, bsize } = statfsSync(root);
    if (bavail * bsize < BYTES_MIN) return null;
    const folder = join(root, `${PREFIX}${process.pid}`);
    // A PostgreSQL of the tests' own may run as another user: it passes through, and sees no names.
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    process.once('exit', () => remove(folder));
    return folder;
  } catch {
    return null;
  }
}

/** Whether the process that made such a folder is gone: it was killed. */
function isLeft(name: string): boolean {
  const pid = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length) : Number.NaN);
  if (!Number.isInteger(pid)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true });
