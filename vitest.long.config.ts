import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.long.test.ts', 'test/**/*.long.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    provide: { database: 'embedded' },
    globalSetup: ['src/testing/postgres/global-setup.ts'],
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
  },
});
