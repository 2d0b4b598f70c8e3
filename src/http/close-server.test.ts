import { afterEach, describe, expect, it, vi } from 'vitest';
import { asOwner } from '../testing/as-actor.ts';
import { closeServer } from './close-server.ts';
import { createServer } from './create-server.ts';

/** A server with one request that has reached its handler and waits there. */
async function withOneUnderWay() {
  const app = await createServer(asOwner);
  let answer: () => void = () => undefined;
  let reached: () => void = () => undefined;
  const there = new Promise<void>((resolve) => {
    reached = resolve;
  });
  app.get('/slow', { config: { access: 'public' } }, async () => {
    reached();
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return { done: true };
  });
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  const response = fetch(`${base}/slow`).then(
    async (each) => [each.status, await each.json()],
    () => 'cut',
  );
  await there;
  return { app, base, response, answer: () => answer() };
}

afterEach(() => vi.useRealTimers());

describe('closing a server', () => {
  it('lets an answer under way end, and takes nothing new', async () => {
    const { app, base, response, answer } = await withOneUnderWay();
    const closed = closeServer(app, 60_000);
    await expect.poll(() => app.server.listening).toBe(false);
    await expect(fetch(`${base}/slow`)).rejects.toThrow();
    answer();
    expect(await response).toEqual([200, { done: true }]);
    await closed;
  });

  it('cuts at the limit what does not end', async () => {
    const { app, response, answer } = await withOneUnderWay();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const closed = closeServer(app, 4_000);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await response).toBe('cut');
    vi.useRealTimers();
    answer();
    await closed;
  });
});
