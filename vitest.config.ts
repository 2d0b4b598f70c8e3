import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { WASM_FLAGS } from './scripts/install.mjs';

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
const ON_POSTGRES = FILES.filter((path) => usesStore(path));

/**
 * What one file can leave behind for the next in the same process: a stubbed function, a changed environment, a process of its
 * own, a held database. Such files start in a new process each, as do those that drive a browser; the others share one, which
 * saves half a second of computing a file.
 */
const LEAVES_TRACES = /\bvi\.|\bprocess\.|\bspawn|\bopenEmbedded|\bopenPostgres/;

const APART = FILES.filter(
  (path) =>
    usesStore(path) ||
    path.startsWith('test/e2e/') ||
    LEAVES_TRACES.test(readFileSync(path, 'utf8')),
);

// Two workers: every embedded database is 400–550 MB, and the machines that run this have two cores.
export default defineConfig({
  test: {
    pool: 'forks',
    execArgv: [...WASM_FLAGS],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What a browser shows comes when the machine gets to it; the default second is a guess about its load.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: TESTS,
          exclude: [...NOT_HERE, SERVER_TESTS, ...APART],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'embedded',
          include: APART,
          exclude: [...NOT_HERE, SERVER_TESTS],
          provide: { database: 'embedded' },
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [...ON_POSTGRES, SERVER_TESTS],
          exclude: NOT_HERE,
          provide: { database: 'postgres' },
          globalSetup: ['src/testing/postgres/global-setup.ts'],
        },
      },
    ],
  },
});
