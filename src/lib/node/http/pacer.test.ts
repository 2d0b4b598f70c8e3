import { describe, expect, it } from 'vitest';
import * as behave from '../../../testing/servers/behaviours.ts';
import { type Handler, startServer } from '../../../testing/servers/start-server.ts';
import { testFetcher } from '../../../testing/servers/test-fetcher.ts';
import { Pacer } from './pacer.ts';

const INTERVAL = 60;
/** Timers may fire a little early. */
const EARLY = 3;
const slow: Handler = (_request, response) => {
  setTimeout(() => response.end('ok'), 30);
};

/** No request came before its turn, however late a busy machine let each arrive. */
function expectPaced(seen: readonly { readonly at: number }[], started: number): void {
  for (const [turn, { at }] of seen.entries())
    expect(at - started).toBeGreaterThanOrEqual(turn * INTERVAL - EARLY);
}

describe('pacing per destination address', () => {
  it('keeps the interval on each address, and addresses do not wait for each other', async () => {
    await using one = await startServer(behave.answer(200, 'ok'), { host: '127.0.0.2' });
    await using two = await startServer(behave.answer(200, 'ok'), { host: '127.0.0.3' });
    const allowAddresses = ['127.0.0.2', '127.0.0.3'];
    await using fetcher = testFetcher({ allowAddresses, pacePerAddressMs: INTERVAL });
    const started = performance.now();
    const urls = [one, two].flatMap((server) => [1, 2, 3, 4].map((n) => `${server.url}/${n}`));
    const results = await Promise.all(urls.map((url) => fetcher.fetch(url)));
    expect(results.every((result) => result.kind === 'response' && result.paced)).toBe(true);
    for (const server of [one, two]) expectPaced(server.seen, started);
    expect(two.seen[0]!.at).toBeLessThan(one.seen.at(-1)!.at);
    expect(one.seen[0]!.at).toBeLessThan(two.seen.at(-1)!.at);
  });

  it('two ports and two names of one address share its turn', async () => {
    await using one = await startServer(behave.answer(200, 'ok'), { host: '127.0.0.4' });
    await using two = await startServer(behave.answer(200, 'ok'), { host: '127.0.0.4' });
    await using fetcher = testFetcher({
      allowAddresses: ['127.0.0.4'],
      pacePerAddressMs: INTERVAL,
    });
    const started = performance.now();
    await Promise.all([fetcher.fetch(one.url), fetcher.fetch(two.url)]);
    expectPaced(
      [...one.seen, ...two.seen].sort((a, b) => a.at - b.at),
      started,
    );
  });

  it.each([1, 2])('at most %i requests under way', async (concurrentPerAddress) => {
    await using server = await startServer(slow, { host: '127.0.0.5' });
    const allowAddresses = ['127.0.0.5'];
    await using fetcher = testFetcher({ allowAddresses, concurrentPerAddress });
    await Promise.all([1, 2, 3, 4, 5].map((n) => fetcher.fetch(`${server.url}/${n}`)));
    expect(server.seen).toHaveLength(5);
    expect(server.atOnce()).toBe(concurrentPerAddress);
  });

  it('waiting for a turn does not use up the time of the request', async () => {
    await using server = await startServer(slow, { host: '127.0.0.6' });
    const allowAddresses = ['127.0.0.6'];
    await using fetcher = testFetcher({
      allowAddresses,
      pacePerAddressMs: 250,
      concurrentPerAddress: 1,
    });
    const all = [1, 2, 3, 4].map((n) => fetcher.fetch(`${server.url}/${n}`, { timeoutMs: 700 }));
    expect((await Promise.all(all)).map((result) => result.kind)).toEqual(
      Array(4).fill('response'),
    );
  });

  it('starts keep the interval exactly', async () => {
    const pacer = new Pacer({ intervalMs: 20, concurrent: 3 });
    const starts: number[] = [];
    const begun = performance.now();
    const start = () =>
      pacer.run('a', undefined, async () => starts.push(performance.now() - begun));
    await Promise.all([start(), start(), start(), start()]);
    // Timers may fire up to a millisecond early.
    starts.forEach((at, index) => {
      expect(at).toBeGreaterThan(index * 20 - 2);
    });
    expect(starts).toHaveLength(4);
  });

  it('work that throws frees its turn', async () => {
    const pacer = new Pacer({ intervalMs: 0, concurrent: 1 });
    const failing = pacer.run('a', undefined, () => Promise.reject(new Error('broken')));
    const next = pacer.run('a', undefined, async () => 'ran');
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('ran');
  });

  it('an abort while waiting in line leaves the line moving', async () => {
    const pacer = new Pacer({ intervalMs: 0, concurrent: 1 });
    const abort = new AbortController();
    const work = Promise.withResolvers<void>();
    const first = pacer.run('a', undefined, () => work.promise);
    const second = pacer.run('a', abort.signal, async () => 'second');
    const third = pacer.run('a', undefined, async () => 'third');
    abort.abort();
    // At once, though the turn before it is not over.
    await expect(second).rejects.toThrow();
    work.resolve();
    await first;
    expect(await third).toBe('third');
  });

  it('an abort while waiting for the interval leaves the line moving', async () => {
    const pacer = new Pacer({ intervalMs: 30, concurrent: 1 });
    await pacer.run('a', undefined, async () => undefined);
    const abort = new AbortController();
    const second = pacer.run('a', abort.signal, async () => 'second');
    const third = pacer.run('a', undefined, async () => 'third');
    abort.abort();
    await expect(second).rejects.toThrow();
    expect(await third).toBe('third');
  });
});
