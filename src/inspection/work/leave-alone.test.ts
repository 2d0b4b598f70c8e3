import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { untilQuiet } from './leave-alone.ts';
import { Postponed } from './task.repository.ts';

/** 08:29 and 08:31 in Asia/Shanghai. */
const BEFORE = '2026-11-20T00:29:00.000Z';
const INSIDE = '2026-11-20T00:31:00.000Z';
const WINDOWS = [{ from: '08:30', to: '18:00' }];
const MINUTE = 60_000;

/** Work that never ends by itself, and says in its own way that it was stopped. */
const endless = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('请求被取消')));
  });

describe('long work at a site with quiet hours', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is stopped when they begin, and postponed to their end', async () => {
    let at = BEFORE;
    const { signal } = new AbortController();
    const stopped = untilQuiet(WINDOWS, () => at, signal, endless).catch((error) => error);
    await vi.advanceTimersByTimeAsync(MINUTE);
    at = INSIDE;
    await vi.advanceTimersByTimeAsync(MINUTE);
    const error = await stopped;
    expect(error).toBeInstanceOf(Postponed);
    expect((error as Postponed).until).toBe('2026-11-20T10:00:00.000Z');
  });

  it('that ends before them has its result, and that fails its own error', async () => {
    const { signal } = new AbortController();
    expect(
      await untilQuiet(
        WINDOWS,
        () => BEFORE,
        signal,
        async () => 7,
      ),
    ).toBe(7);
    const failing = untilQuiet(
      WINDOWS,
      () => BEFORE,
      signal,
      async () => {
        throw new Error('数据库');
      },
    );
    await expect(failing).rejects.toThrow('数据库');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not postponed when it was stopped by its worker', async () => {
    const stop = new AbortController();
    const stopped = untilQuiet(WINDOWS, () => INSIDE, stop.signal, endless).catch((error) => error);
    stop.abort();
    expect(await stopped).not.toBeInstanceOf(Postponed);
  });
});
