import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { sharedTurns } from './shared-pace.ts';

let opened: TemporaryStore;
beforeAll(async () => {
  opened = await temporaryStore();
});
afterAll(() => opened.remove());

it('two workers at one address take turns a pace apart; another address is free at once', async () => {
  const INTERVAL_MS = 60;
  const starts: number[] = [];
  const workers = [1, 2].map(() => sharedTurns(opened.store.db, INTERVAL_MS));
  await Promise.all(
    workers.flatMap((turn) =>
      [1, 2, 3].map(async () => {
        await turn('127.0.0.2', undefined);
        starts.push(performance.now());
      }),
    ),
  );
  // Timers may fire a little early; six turns have five paces between the first and the last.
  expect(starts.at(-1)! - starts[0]!).toBeGreaterThan(4 * INTERVAL_MS);
  const { rows } = await opened.store.db
    .selectFrom('pace')
    .select('address')
    .execute()
    .then((found) => ({ rows: found }));
  expect(rows).toEqual([{ address: '127.0.0.2' }]);
});

it('an abort ends the waiting', async () => {
  const turn = sharedTurns(opened.store.db, 60_000);
  await turn('127.0.0.3', undefined);
  const stop = new AbortController();
  const waiting = turn('127.0.0.3', stop.signal);
  stop.abort();
  await expect(waiting).rejects.toThrow();
});
