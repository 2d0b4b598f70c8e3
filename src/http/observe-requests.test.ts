import { register } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createLog, log, setLog } from '../lib/node/log.ts';
import { asOwner } from '../testing/as-actor.ts';
import { createServer, type HttpServer } from './create-server.ts';

let app: HttpServer;
let base: string;
let lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  setLog(createLog({ level: 'info', terminal: false, write, now: () => new Date() }));
  app = await createServer(asOwner);
  app.get('/things/:id', { config: { access: 'public' } }, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    log.info('查到了');
    return {};
  });
  app.get('/broken', { config: { access: 'public' } }, async () => {
    throw new Error('postgres://me:hunter2@db/x 断了');
  });
  base = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => {
  lines = [];
});
afterAll(() => app.close());

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('the id of a request', () => {
  it.each([
    ['abc-123.X:y_z', 'abc-123.X:y_z'],
    ['a b', UUID],
    ['"><script>', UUID],
    ['x'.repeat(65), UUID],
    [undefined, UUID],
  ])('%j comes back as %s', async (given, expected) => {
    const headers: Record<string, string> = given === undefined ? {} : { 'x-request-id': given };
    const response = await fetch(`${base}/things/1`, { headers });
    const id = response.headers.get('x-request-id');
    if (expected instanceof RegExp) expect(id).toMatch(expected);
    else expect(id).toBe(expected);
  });

  it('stands in error bodies and in every line the request causes', async () => {
    const headers = { 'x-request-id': 'trace-1' };
    const nowhere = await fetch(`${base}/nowhere`, { headers });
    expect(await nowhere.json()).toMatchObject({ code: 'http.not-found', requestId: 'trace-1' });
    lines = [];
    const broken = await fetch(`${base}/broken?token=hunter2`, { headers });
    expect([broken.status, await broken.json()]).toEqual([
      500,
      expect.objectContaining({ code: 'http.internal', requestId: 'trace-1' }),
    ]);
    await expect.poll(() => lines.length).toBe(2);
    expect(lines).toEqual([
      expect.objectContaining({ level: 'error', requestId: 'trace-1' }),
      expect.objectContaining({
        message: '请求',
        requestId: 'trace-1',
        path: '/broken',
        code: 500,
      }),
    ]);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  it('two requests at once keep their own', async () => {
    const ids = Array.from({ length: 20 }, (_, at) => `trace-${at}`);
    await Promise.all(
      ids.map((id) => fetch(`${base}/things/1`, { headers: { 'x-request-id': id } })),
    );
    const found = lines.filter(({ message }) => message === '查到了');
    expect(found.map(({ requestId }) => requestId).sort()).toEqual([...ids].sort());
  });
});

it('counts by route as written, never by the address asked for', async () => {
  const counted = () => register.getSingleMetricAsString('xunjian_http_requests_total');
  // The process counts for all files that run in it.
  const strangers = async (): Promise<number> =>
    Number(/route="\(none\)",code="404"\} (\d+)/.exec(await counted())?.[1] ?? 0);
  const before = await strangers();
  for (const path of ['/things/1', '/things/2', '/wp-admin', '/.env', '/things/3?x=1'])
    await fetch(base + path).then((response) => response.arrayBuffer());
  // An answer is counted when its last byte is handed over, which the caller may see a moment earlier.
  await expect.poll(strangers).toBe(before + 2);
  const text = await counted();
  expect(text).toMatch(/method="GET",route="\/things\/:id",code="200"\} \d+/);
  expect(text).not.toMatch(/wp-admin|\.env|things\/1/);
});
