import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const TESTS = [
  'src/**/*.test.ts',
  'tools/**/*.test.ts',
  'test/**/*.test.ts',
  'scripts/**/*.test.ts',
  'bench/**/*.test.ts',
];
const NOT_HERE = ['**/*.long.test.ts', '**/node_modules/**'];

/** What only a PostgreSQL server can show. */
const SERVER_TESTS = '**/*.postgres.test.ts';
/** A test of the database says so by what it imports: those run again on PostgreSQL. */
const ON_POSTGRES = globSync(TESTS).filter((path) =>
  /from '[^']*\/temporary-store\.ts'/.test(readFileSync(path, 'utf8')),
);

// Two workers: every embedded database is 400–550 MB, and the machines that run this have two cores.
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'embedded',
          include: TESTS,
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
