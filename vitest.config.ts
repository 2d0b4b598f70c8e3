import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { runtimeEnv, WASM_FLAGS } from './scripts/install.mjs';
import { LongestFirst } from './tools/longest-first.ts';
import { memoryFolder } from './tools/memory-folder.ts';
import { ROOT } from './tools/source-files.ts';

const TESTS = [
  'src/**/*.test.ts',
  'tools/**/*.test.ts',
  'test/**/*.test.ts',
  'scripts/**/*.test.ts',
  'bench/**/*.test.ts',
  'console/src/**/*.test.ts',
];
const NOT_HERE = ['**/*.long.test.ts', '**/node_modules/**'];

/** What only a PostgreSQL server can show. */
const SERVER_TESTS = '**/*.postgres.test.ts';
const STORE = 'src/testing/temporary-store.ts';

/** Folders of what tests share. */
const SHARED = ['src/testing/', 'test/interface/'];

/** Whether a file imports the tests' store, itself or through what tests share: such a test runs again on PostgreSQL. */
function usesStore(path: string, seen = new Set<string>()): boolean {
  if (seen.has(path)) return false;
  seen.add(path);
  const imports = [...readFileSync(path, 'utf8').matchAll(/ from '(\.[^']+)'/g)];
  return imports
    .map(([, target]) => join(dirname(path), target ?? ''))
    .some(
      (target) =>
        target === STORE ||
        (SHARED.some((folder) => target.startsWith(folder)) && usesStore(target, seen)),
    );
}

const FILES = globSync(TESTS);
const STORED = FILES.filter((path) => usesStore(path));

/**
 * What one file can leave behind for the next in the same process: a stubbed function, a changed environment, a process of its
 * own, a held database. Such files start in a new process each, as do those that drive a browser; the others share one, which
 * saves the computing of what they import (0072).
 */
const LEAVES_TRACES = /\bvi\.|\bprocess\.|\bspawn|\bopenEmbedded|\bopenPostgres/;

const APART = new Set(
  FILES.filter(
    (path) => path.startsWith('test/e2e/') || LEAVES_TRACES.test(readFileSync(path, 'utf8')),
  ),
);

/** Tests that ask the whole program over HTTP: what differs between the databases is tested by the repositories below it. */
const isOnOne = (path: string): boolean => path.startsWith('test/interface/');

const onServer: TestProjectInlineConfiguration['test'] = {
  provide: { database: 'postgres' },
  globalSetup: 'src/testing/postgres/global-setup.ts',
};

const memory = memoryFolder();
if (memory !== null) process.env.TMPDIR = memory;

// Most files ask a database a few hundred questions: V8's optimising compiler would cost more than it gives (0072).
const QUICK_WASM = ['--wasm-tiering-budget=100000000'];

function project(
  name: string,
  test: TestProjectInlineConfiguration['test'],
): TestProjectInlineConfiguration {
  return { extends: true, test: { ...test, name } };
}

// Two workers: an embedded database takes some 200–550 MB, and the machines that run this have two cores. A third one was measured: both
// cores were busy with two already, and the seed's round took longer than its limit.
export default defineConfig({
  test: {
    pool: 'forks',
    execArgv: [...WASM_FLAGS, ...QUICK_WASM],
    env: { NODE_COMPILE_CACHE: runtimeEnv(ROOT).NODE_COMPILE_CACHE },
    // Node runs our TypeScript itself: nothing is transformed, and what it compiled is kept from file to file.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    setupFiles: ['src/testing/keep-compiled.ts'],
    sequence: { sequencer: LongestFirst },
    maxWorkers: 2,
    // What hangs is ended; how fast something is, the benchmarks say.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // What a browser shows comes when the machine gets to it; the default second is a guess about its load.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      project('together', {
        include: TESTS,
        exclude: [...NOT_HERE, SERVER_TESTS, ...STORED, ...APART],
        isolate: false,
      }),
      project('embedded', {
        include: STORED.filter((path) => !(APART.has(path) || isOnOne(path))),
        exclude: [...NOT_HERE, SERVER_TESTS],
        provide: { database: 'embedded' },
        isolate: false,
      }),
      project('embedded-apart', {
        include: [...APART].filter((path) => !isOnOne(path)),
        exclude: [...NOT_HERE, SERVER_TESTS],
        provide: { database: 'embedded' },
      }),
      project('postgres', {
        include: STORED.filter((path) => !APART.has(path)),
        exclude: [...NOT_HERE, SERVER_TESTS],
        isolate: false,
        ...onServer,
      }),
      project('postgres-apart', {
        include: [...STORED.filter((path) => APART.has(path)), SERVER_TESTS],
        exclude: NOT_HERE,
        ...onServer,
      }),
    ],
  },
});
