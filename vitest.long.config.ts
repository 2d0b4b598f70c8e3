import { defineConfig } from 'vitest/config';
import { WASM_FLAGS } from './scripts/install.mjs';

export default defineConfig({
  test: {
    include: ['src/**/*.long.test.ts', 'test/**/*.long.test.ts'],
    pool: 'forks',
    execArgv: [...WASM_FLAGS],
    maxWorkers: 1,
    provide: { database: 'embedded' },
    globalSetup: ['src/testing/postgres/global-setup.ts'],
    // What hangs is ended; whole sites took 20 minutes and more on two busy cores.
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
  },
});
