import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { repeatWork } from './repeated-work.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const HOUR = 3_600_000;

it('runs at once and then every so often, until it is stopped', async () => {
  let runs = 0;
  const repeated = repeatWork({
    everyMs: HOUR,
    work: async () => {
      runs += 1;
    },
    onError: () => undefined,
  });
  expect(runs).toBe(1);
  await vi.advanceTimersByTimeAsync(3 * HOUR);
  expect(runs).toBe(4);
  await repeated.stop();
  await vi.advanceTimersByTimeAsync(3 * HOUR);
  expect(runs).toBe(4);
});

it('is never there twice at once; stopping waits for what runs', async () => {
  let runs = 0;
  let end = (): void => undefined;
  const repeated = repeatWork({
    everyMs: HOUR,
    work: () => {
      runs += 1;
      return new Promise<void>((resolve) => {
        end = resolve;
      });
    },
    onError: () => undefined,
  });
  await vi.advanceTimersByTimeAsync(5 * HOUR);
  expect(runs).toBe(1);
  let isStopped = false;
  const stopping = repeated.stop().then(() => {
    isStopped = true;
  });
  await vi.advanceTimersByTimeAsync(HOUR);
  expect(isStopped).toBe(false);
  end();
  await stopping;
  expect([isStopped, runs]).toEqual([true, 1]);
});

it('tells what failed and tries again', async () => {
  const told: unknown[] = [];
  const repeated = repeatWork({
    everyMs: HOUR,
    work: async () => Promise.reject(new Error('数据库不在')),
    onError: (error) => void told.push(String(error)),
  });
  await vi.advanceTimersByTimeAsync(2 * HOUR);
  await repeated.stop();
  expect(told).toEqual(Array(3).fill('Error: 数据库不在'));
});
