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
    atOnce: 32,
    onVisit: async () => undefined,
    ...more,
  };
}

async function rowsOf(input: RunVisitsInput): Promise<VisitRow[]> {
  const rows: VisitRow[] = [];
  await runVisits({ ...input, onVisit: async (row) => void rows.push(row) });
  return rows;
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
    const rows = await rowsOf(inputOf(fetcher, plans));
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
    const rows = await rowsOf(inputOf(fetcher, [planOf(1, server.url, [3, 7])]));
    expect(rows.map((row) => row.slot).sort()).toEqual([3, 7]);
  });

  it('nothing planned, nothing yielded', async () => {
    await using fetcher = testFetcher();
    expect(await rowsOf(inputOf(fetcher, []))).toEqual([]);
  });

  it('a visit that cannot be kept ends the round with that error', async () => {
    await using server = await startServer(behave.answer(200, PAGE));
    await using fetcher = testFetcher();
    const onVisit = async (): Promise<void> => {
      throw new Error('disk full');
    };
    const input = inputOf(fetcher, [planOf(1, server.url, range(9))], { onVisit, atOnce: 2 });
    await expect(runVisits(input)).rejects.toThrow('disk full');
    expect(server.seen.length).toBeLessThanOrEqual(2);
  });

  it('servers that hang do not starve the others', async () => {
    await using good = await startServer(behave.answer(200, PAGE));
    await using bad = await startServer(behave.hang);
    await using fetcher = testFetcher();
    const plans = [planOf(1, bad.url, range(20)), planOf(2, good.url, range(140))];
    const rows = await rowsOf(inputOf(impatient(fetcher, 900), plans));
    // All hanging visits are under way together, and others are made beside them.
    expect(rows[0]?.subjectId).toBe(2);
    expect(rows.filter((row) => row.subjectId === 2 && row.outcome === 'ok')).toHaveLength(140);
    expect(rows.filter((row) => row.errorClass === 'timeout')).toHaveLength(20);
  });

  it('an abort ends the round without a row for the visits that it cut off', async () => {
    await using server = await startServer(behave.hang);
    await using fetcher = testFetcher();
    const abort = new AbortController();
    const rows: VisitRow[] = [];
    const input = inputOf(fetcher, [planOf(1, server.url, range(5))], {
      signal: abort.signal,
      onVisit: async (row) => void rows.push(row),
    });
    setTimeout(() => abort.abort(), 30);
    await expect(runVisits(input)).rejects.toThrow();
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
    return { rows: await rowsOf(input), elapsed: performance.now() - started };
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
    await expect(rowsOf(input)).rejects.toThrow();
  });
});
