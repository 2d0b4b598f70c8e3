// Builds the console into console/dist unless that very source is built already. Plain JavaScript for Node >= 20, as all
// that the launcher calls.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { runtimeEnv, runtimeNode, withLock } from './install.mjs';

const BUILT = join('console', 'dist');
const BEING_BUILT = join('console', 'dist-new');
const NOT_SOURCE = new Set(['dist', 'dist-new']);
/** Smaller files gain nothing that a packet would notice. */
const COMPRESSED_FROM_BYTES = 1024;
const COMPRESSIBLE = /\.(js|css|svg|html)$/;

/** Makes console/dist that of the present source; does nothing when it is. Safe under parallel calls and kill -9. */
export async function ensureConsole(root) {
  if (isBuilt(root)) return;
  await withLock(join(root, '.console.lock'), async () => {
    if (isBuilt(root)) return;
    process.stderr.write('正在构建控制台（约十秒）……\n');
    build(root);
  });
}

function isBuilt(root) {
  try {
    return readFileSync(join(root, BUILT, '.stamp'), 'utf8') === stampOf(root);
  } catch {
    return false;
  }
}

function build(root) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  if (!existsSync(vite))
    throw new Error('构建控制台需要开发依赖：请运行 npm ci --include=dev 后再试。');
  // Beside the served folder: a server that runs goes on with the old files until the new ones are complete.
  const { status } = spawnSync(
    runtimeNode(root),
    [vite, 'build', 'console', '--outDir', 'dist-new', '--logLevel', 'warn'],
    // Else a build begun by tests would be the libraries' slow and talkative kind, and be served from then on.
    { cwd: root, env: { ...runtimeEnv(root), NODE_ENV: 'production' }, stdio: ['ignore', 2, 2] },
  );
  if (status !== 0)
    throw new Error('控制台构建失败：请看上面的输出；改正 console/ 里的错误后再运行一次。');
  const made = join(root, BEING_BUILT);
  compressAll(made);
  writeFileSync(join(made, '.stamp'), stampOf(root));
  rmSync(join(root, BUILT), { recursive: true, force: true });
  renameSync(made, join(root, BUILT));
}

/** A `.gz` and a `.br` beside each file; the server sends them as they are. */
function compressAll(folder) {
  for (const path of filesBelow(folder)) {
    const bytes = readFileSync(path);
    if (!COMPRESSIBLE.test(path) || bytes.length < COMPRESSED_FROM_BYTES) continue;
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
  }
}

/** A hash of everything that the build depends on: the console's files, the versions of the packages, and how it is built. */
function stampOf(root) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  hash.update(readFileSync(fileURLToPath(import.meta.url)));
  for (const path of filesBelow(join(root, 'console')))
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !NOT_SOURCE.has(name) && !name.endsWith('.test.ts'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}
