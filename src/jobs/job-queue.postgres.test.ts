import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { databaseSettings } from '../store/database-settings.ts';
import { openPostgresStore } from '../store/open-postgres-store.ts';
import type { Store } from '../store/store.ts';
import { type Cluster, runCluster } from '../testing/postgres/run-cluster.ts';
import { createDatabase, urlOf } from '../testing/postgres/test-databases.ts';
import type { JobDefinition } from './job.ts';
import { JobQueue } from './job-queue.ts';

let cluster: Cluster;
let store: Store;
beforeAll(async () => {
  cluster = await runCluster();
  await createDatabase(cluster.url, 'jobs', 'template0');
  store = await openPostgresStore(
    databaseSettings(urlOf(cluster.url, 'jobs'), { retrySeconds: 60 }),
  );
});
afterAll(async () => {
  await store?.close();
  await cluster?.remove();
});

const JOB: JobDefinition<{ n: number }> = {
  name: 'test-stopped',
  payload: z.object({ n: z.number() }),
  atOnce: 1,
  expireSeconds: 60,
  run: async () => undefined,
  gaveUp: async () => undefined,
};

it('jobs that are put in while the database is away wait for it, and are there once', async () => {
  const told: string[] = [];
  const queue = await JobQueue.open(store, [JOB], ({ message }) => told.push(message));
  try {
    cluster.stop();
    const sent = queue.send(JOB, [{ key: 'k', payload: { n: 7 } }]);
    // Told that it waits, so it was tried while nothing was there.
    await expect.poll(() => told.join('\n')).toMatch(/秒内重试/);
    cluster.start();
    await sent;
    const taken = await queue.take(JOB.name, 5);
    expect(taken.map(({ payload }) => payload)).toEqual([{ n: 7 }]);
  } finally {
    await queue.close();
  }
});
