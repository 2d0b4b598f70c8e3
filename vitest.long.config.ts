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
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
  },
});
