import { describe, expect, it } from 'vitest';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import * as behave from '../../testing/servers/behaviours.ts';
import { startServer } from '../../testing/servers/start-server.ts';
import { impatient, TEST_NOW, testFetcher } from '../../testing/servers/test-fetcher.ts';
import { ControlTargets } from './control-targets.ts';
import { type RunVisitsInput, runVisits, type VisitPlan, type VisitRow } from './run-visits.ts';

const PAGE = '<html><body><a href="/a">某某市人民政府网站首页</a></body></html>';
const SLOT_MS = 72 * 60_000;
const at = (slot: number): string => new Date(Date.parse(TEST_NOW) + slot * SLOT_MS).toISOString();

function planOf(subjectId: number, url: string, slots: readonly number[]): VisitPlan {
  return { subjectId, url, visits: slots.map((slot) => ({ slot, scheduledAt: at(slot) })) };
}

function inputOf(
  fetcher: Fetcher,
  plans: VisitPlan[],
  more: Partial<RunVisitsInput> = {},
): RunVisitsInput {
  const controls = new ControlTargets(fetcher, []);
  const signal = new AbortController().signal;
  return {
    plans,
    clock: 'replay',
    fetcher,
    controls,
    signal,
    now: () => TEST_NOW,
    vantage: 'local',
    ...more,
  };
}

async function batchesOf(input: RunVisitsInput): Promise<VisitRow[][]> {
  const batches: VisitRow[][] = [];
  for await (const batch of runVisits(input)) batches.push(batch);
  return batches;
}

const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

describe('running visits', () => {
  it('makes each planned visit once and keeps scheduled and real instants', async () => {
    await using server = await startServer(behave.answer(200, PAGE));
    await using fetcher = testFetcher();
    const plans = [
      planOf(1, `${server.url}/1`, range(20)),
      planOf(2, `${server.url}/2`, range(20)),
    ];
    const rows = (await batchesOf(inputOf(fetcher, plans))).flat();
    expect(new Set(rows.map((row) => `${row.subjectId} ${row.slot}`)).size).toBe(40);
    expect(server.seen).toHaveLength(40);
    for (const row of rows) {
      expect(row).toMatchObject({
        scheduledAt: at(row.slot),
        happenedAt: TEST_NOW,
        vantage: 'local',
        outcome: 'ok',
      });
    }
  });

  it('a resumed round makes only what is missing', async () => {
    await using server = await startServer(behave.answer(200, PAGE));
    await using fetcher = testFetcher();
    const rows = (await batchesOf(inputOf(fetcher, [planOf(1, server.url, [3, 7])]))).flat();
    expect(rows.map((row) => row.slot).sort()).toEqual([3, 7]);
  });

  it('nothing planned, nothing yielded', async () => {
    await using fetcher = testFetcher();
    expect(await batchesOf(inputOf(fetcher, []))).toEqual([]);
  });

  it('hands rows on in batches', async () => {
    await using server = await startServer(behave.answer(200, PAGE));
    await using fetcher = testFetcher();
    const batches = await batchesOf(inputOf(fetcher, [planOf(1, server.url, range(1100))]));
    expect(batches.length).toBeGreaterThan(1);
    expect(batches.flat()).toHaveLength(1100);
    expect(batches.every((batch) => batch.length <= 1100 && batch.length > 0)).toBe(true);
  });

  it('servers that hang do not starve the others', async () => {
    await using good = await startServer(behave.answer(200, PAGE));
    await using bad = await startServer(behave.hang);
    await using fetcher = testFetcher();
    const plans = [planOf(1, bad.url, range(20)), planOf(2, good.url, range(140))];
    const started = performance.now();
    const rows = (await batchesOf(inputOf(impatient(fetcher, 300), plans))).flat();
    expect(performance.now() - started).toBeLessThan(1500);
    expect(rows.filter((row) => row.subjectId === 2 && row.outcome === 'ok')).toHaveLength(140);
    expect(rows.filter((row) => row.errorClass === 'timeout')).toHaveLength(20);
  });

  it('an abort ends the round without a row for the visits that it cut off', async () => {
    await using server = await startServer(behave.hang);
    await using fetcher = testFetcher();
    const abort = new AbortController();
    const rows: VisitRow[] = [];
    const run = async (): Promise<void> => {
      const input = inputOf(fetcher, [planOf(1, server.url, range(5))], { signal: abort.signal });
      for await (const batch of runVisits(input)) rows.push(...batch);
    };
    setTimeout(() => abort.abort(), 30);
    await expect(run()).rejects.toThrow();
    expect(rows).toEqual([]);
  });
});

describe('live visits', () => {
  /** A clock that is `behindMs` behind the first slot. */
  async function live(behindMs: number): Promise<{ rows: VisitRow[]; elapsed: number }> {
    await using server = await startServer(behave.answer(200, PAGE));
    await using fetcher = testFetcher();
    const now = (): string => new Date(Date.parse(at(0)) - behindMs).toISOString();
    const started = performance.now();
    const input = inputOf(fetcher, [planOf(1, server.url, [0])], { clock: 'live', now });
    return { rows: (await batchesOf(input)).flat(), elapsed: performance.now() - started };
  }

  it('waits for the scheduled instant', async () => {
    const { rows, elapsed } = await live(45);
    expect(rows).toHaveLength(1);
    expect(elapsed).toBeGreaterThan(40);
  });

  it.each([
    ['35 minutes late is still this visit', 35, 1],
    ['37 minutes late would be another visit', 37, 0],
  ])('%s', async (_name, minutes, made) => {
    expect((await live(-minutes * 60_000)).rows).toHaveLength(made);
  });

  it('an abort ends the waiting', async () => {
    await using fetcher = testFetcher();
    const abort = new AbortController();
    const now = (): string => at(-1);
    const plans = [planOf(1, 'http://127.0.0.1:9/', [0])];
    const input = inputOf(fetcher, plans, { clock: 'live', now, signal: abort.signal });
    setTimeout(() => abort.abort(), 20);
    await expect(batchesOf(input)).rejects.toThrow();
  });
});
