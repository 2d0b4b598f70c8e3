import { describe, expect, it } from 'vitest';
import * as behave from '../../testing/servers/behaviours.ts';
import { startServer } from '../../testing/servers/start-server.ts';
import { testFetcher } from '../../testing/servers/test-fetcher.ts';
import { ControlTargets } from './control-targets.ts';
import { visitHome } from './visit-home.ts';

async function closedUrl(): Promise<string> {
  const server = await startServer(behave.hang);
  await server[Symbol.asyncDispose]();
  return server.url;
}

describe('control targets: whose fault is it', () => {
  it('ours when all of them fail, the site’s when one answers', async () => {
    await using alive = await startServer(behave.answer(500));
    await using fetcher = testFetcher();
    const dead = await closedUrl();
    expect(await new ControlTargets(fetcher, [dead, dead]).isOwnFault('timeout')).toBe(true);
    expect(await new ControlTargets(fetcher, [dead, alive.url]).isOwnFault('timeout')).toBe(false);
  });

  it('never ours without targets', async () => {
    await using fetcher = testFetcher();
    expect(await new ControlTargets(fetcher, []).isOwnFault('dns')).toBe(false);
  });

  it.each(['http5xx', 'http4xx', 'tls', 'empty', 'redirect-loop', 'protocol'] as const)(
    '%s is an answer: the targets are not even asked',
    async (errorClass) => {
      await using server = await startServer(behave.reset);
      await using fetcher = testFetcher();
      const controls = new ControlTargets(fetcher, [server.url]);
      expect(await controls.isOwnFault(errorClass)).toBe(false);
      expect(server.seen).toEqual([]);
    },
  );

  it('are believed for five seconds, and asked once by many at the same time', async () => {
    await using server = await startServer(behave.reset);
    await using fetcher = testFetcher();
    let now = 1000;
    const controls = new ControlTargets(fetcher, [server.url], () => now);
    const ask = (): Promise<boolean> => controls.isOwnFault('reset');
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([true, true, true]);
    now += 5000;
    await ask();
    expect(server.seen).toHaveLength(1);
    now += 1;
    await ask();
    expect(server.seen).toHaveLength(2);
  });

  it('a visit that failed by our own fault says so and keeps its class', async () => {
    await using fetcher = testFetcher();
    const dead = await closedUrl();
    const controls = new ControlTargets(fetcher, [dead]);
    const signal = new AbortController().signal;
    const visit = await visitHome(fetcher, dead, { controls, signal });
    expect(visit).toMatchObject({ outcome: 'own', errorClass: 'refused' });
  });
});
