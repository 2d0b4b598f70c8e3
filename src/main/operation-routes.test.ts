import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer, type HttpServer } from '../http/create-server.ts';
import type { Store } from '../store/store.ts';
import { asOwner } from '../testing/as-actor.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { registerOperationRoutes } from './operation-routes.ts';

let temporary: TemporaryStore;
beforeAll(async () => {
  temporary = await temporaryStore();
});
afterAll(() => temporary.remove());

async function serving(store: Store, limitMs?: number): Promise<HttpServer> {
  const app = await createServer(asOwner);
  registerOperationRoutes(app, store, limitMs);
  return app;
}
const headers = { host: '127.0.0.1' };

describe('/healthz and /readyz', () => {
  it('are 200 while the database answers', async () => {
    const app = await serving(temporary.store);
    for (const url of ['/healthz', '/readyz']) {
      const { statusCode, body } = await app.inject({ url, headers });
      expect([statusCode, JSON.parse(body)]).toEqual([200, { status: 'ok' }]);
    }
    await app.close();
  });

  it('are 503 with the reason while the only connection is held, and 200 afterwards', async () => {
    // PostgreSQL has more than one connection: there nobody waits.
    const isEmbedded = temporary.store.kind === 'embedded';
    const app = await serving(temporary.store, isEmbedded ? 20 : 5_000);
    let release: () => void = () => undefined;
    let held: () => void = () => undefined;
    const holding = new Promise<void>((resolve) => {
      held = resolve;
    });
    const transaction = temporary.store.transaction(async () => {
      held();
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    await holding;
    const answers = await Promise.all([
      app.inject({ url: '/healthz', headers }),
      app.inject({ url: '/readyz', headers }),
    ]);
    const status = isEmbedded ? 503 : 200;
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([status, status]);
    if (isEmbedded)
      expect(answers[0].json()).toEqual({
        code: 'health.database',
        message: expect.stringContaining('没有答复'),
      });
    release();
    await transaction;
    expect((await app.inject({ url: '/healthz', headers })).statusCode).toBe(200);
    await app.close();
  });

  it('are 503 without the error’s own words when the database is broken', async () => {
    const broken = await temporaryStore();
    await broken.store.close();
    const app = await serving(broken.store);
    const { statusCode, body } = await app.inject({ url: '/healthz', headers });
    expect(statusCode).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ message: expect.stringContaining('数据库出错') });
    await broken.remove();
  });
});

it('/metrics is Prometheus text with the numbers the handbook names', async () => {
  const app = await serving(temporary.store);
  await app.inject({ url: '/healthz', headers });
  const answer = await app.inject({ url: '/metrics', headers });
  expect(answer.headers['content-type']).toContain('text/plain');
  for (const name of [
    'xunjian_http_requests_total',
    'xunjian_http_request_seconds_bucket',
    'xunjian_database_query_seconds_bucket{le="0.001",statement="other",outcome="ok"}',
    'xunjian_database_waiting',
    'nodejs_eventloop_lag_p99_seconds',
    'process_resident_memory_bytes',
  ])
    expect(answer.body).toContain(name);
  await app.close();
});
