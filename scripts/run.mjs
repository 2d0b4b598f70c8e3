// What `npm start`, `npm test` and the other scripts call. Plain JavaScript for Node >= 20: installs what is missing,
// then hands over to the project's own Node, forwarding signals and the exit code.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ensureConsole } from './build-console.mjs';
import { ensureInstalled, NODE_FLAGS, runtimeEnv, runtimeNode } from './install.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [task, ...rest] = process.argv.slice(2);

/** Each task is a list of steps; a step is a program of ours run by the project's Node. The first that fails ends it. */
const tasks = {
  start: () => [['src/main/start.ts', ...rest]],
  test: () => [['tools/prepare-tests.ts'], ['node_modules/vitest/vitest.mjs', 'run', ...rest]],
  'test-long': () => [
    ['tools/prepare-tests.ts'],
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.long.config.ts', ...rest],
  ],
  check: () => [['tools/check.ts', ...rest]],
  generate: () => [['tools/generate.ts', ...rest]],
  bench: () => [['bench/run.ts', ...rest]],
  screenshots: () => [['tools/screenshots.ts']],
  accuracy: () => [['tools/accuracy.ts']],
  build: () => [],
  'dev-console': () => [['node_modules/vite/bin/vite.js', 'console', ...rest]],
};

/** Tasks in which somebody may open the console. */
const NEEDS_CONSOLE = new Set(['start', 'test', 'test-long', 'bench', 'screenshots', 'build']);

async function main() {
  const steps = tasks[task]?.();
  if (!steps) throw new Error(`没有“${task}”这个任务；可用的有 ${Object.keys(tasks).join('、')}。`);
  // Vite reads a path as an address: what follows # or ? is lost to it. Everything else runs in such a folder.
  if (task.startsWith('test') && /[#?]/.test(root))
    throw new Error(
      `测试工具 vitest 不能在路径带 # 或 ? 的文件夹里运行（${root}）；请把文件夹改名或移走后再运行。`,
    );
  await ensureInstalled(root);
  if (NEEDS_CONSOLE.has(task)) await ensureConsole(root);
  for (const step of steps) {
    const code = await runStep(step);
    if (code !== 0) return code;
  }
  return 0;
}

function runStep([script, ...args]) {
  return new Promise((resolve, reject) => {
    const child = spawn(runtimeNode(root), [...NODE_FLAGS, join(root, script), ...args], {
      cwd: root,
      env: runtimeEnv(root),
      stdio: 'inherit',
    });
    const forward = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const each of signals) process.off(each, forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
