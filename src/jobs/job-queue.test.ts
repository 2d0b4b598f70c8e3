import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TransientError, UserError } from '../lib/pure/errors.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import type { JobDefinition } from './job.ts';
import { JobQueue } from './job-queue.ts';
import { runJobs } from './job-runner.ts';

let opened: TemporaryStore;
let queue: JobQueue;
let stop: AbortController;
let nextName = 0;

beforeAll(async () => {
  opened = await temporaryStore();
});
afterAll(() => opened.remove());
beforeEach(() => {
  stop = new AbortController();
});
afterEach(() => queue.close());

type Payload = { n: number };
type Job = JobDefinition<Payload>;

/** A queue of its own with one kind of job. */
async function define(more: Partial<Job>): Promise<Job> {
  nextName += 1;
  const job: Job = {
    name: `test-${nextName}`,
    payload: z.object({ n: z.number() }),
    atOnce: 2,
    expireSeconds: 60,
    run: async () => undefined,
    gaveUp: async () => undefined,
    ...more,
  };
  queue = await JobQueue.open(opened.store, [job], (error) => {
    throw error;
  });
  return job;
}

const jobs = (count: number): { key: string; payload: Payload }[] =>
  Array.from({ length: count }, (_, n) => ({ key: `k${n}`, payload: { n } }));

const work = (job: Job, notes: string[] = []): Promise<void> =>
  runJobs({
    queue,
    definitions: [job],
    signal: stop.signal,
    note: (message) => notes.push(message),
  });

describe('jobs', () => {
  it('each runs once, no more at once than allowed', async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;
    const job = await define({
      run: async ({ n }) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        if (done.push(n) === 7) stop.abort();
      },
    });
    await queue.send(job, jobs(7));
    await work(job);
    expect(done.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(most).toBe(2);
    expect(await queue.take(job.name, 9)).toEqual([]);
  });

  it('a key that waits or runs is not put in twice; one that is done may come again', async () => {
    const job = await define({});
    await queue.send(job, jobs(1));
    await queue.send(job, jobs(1));
    const [taken, ...others] = await queue.take(job.name, 9);
    expect(others).toEqual([]);
    await queue.send(job, jobs(1));
    expect(await queue.take(job.name, 9)).toEqual([]);
    await queue.done(job.name, taken!.id);
    await queue.send(job, jobs(1));
    expect(await queue.take(job.name, 9)).toHaveLength(1);
  });

  it('waits for its instant', async () => {
    const job = await define({});
    const startAfter = new Date(Date.now() + 3_600_000).toISOString();
    await queue.send(job, [{ ...jobs(1)[0]!, startAfter }]);
    expect(await queue.take(job.name, 9)).toEqual([]);
  });

  it('a passing error is tried again', async () => {
    const tries: number[] = [];
    const job = await define({
      run: async () => {
        if (tries.push(1) < 2) throw new TransientError('busy', '忙');
        stop.abort();
      },
    });
    const notes: string[] = [];
    await queue.send(job, jobs(1));
    await work(job, notes);
    expect(tries).toHaveLength(2);
    expect(notes.join()).toContain('忙，稍后再试');
  });

  it('what cannot succeed is given up with its reason, and the others go on', async () => {
    const gaveUp: [number, string][] = [];
    const done: number[] = [];
    const end = (): void => {
      if (gaveUp.length + done.length === 3) stop.abort();
    };
    const job = await define({
      run: async ({ n }) => {
        if (n === 1) throw new UserError('bad', '名录里没有这个网站');
        done.push(n);
        end();
      },
      gaveUp: async ({ n }, reason) => {
        gaveUp.push([n, reason]);
        end();
      },
    });
    await queue.send(job, jobs(3));
    await work(job);
    expect(gaveUp).toEqual([[1, '名录里没有这个网站']]);
    expect(done.toSorted()).toEqual([0, 2]);
    expect(await queue.take(job.name, 9)).toEqual([]);
  });

  it('a worker that stops hands back what it has in hand', async () => {
    const job = await define({
      run: (_payload, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
          stop.abort();
        }),
    });
    await queue.send(job, jobs(1));
    await work(job);
    // It may be taken again after the pause of a retry.
    let again = await queue.take(job.name, 1);
    while (again.length === 0) again = await queue.take(job.name, 1);
    expect(again.map(({ payload, tried }) => [payload, tried])).toEqual([[{ n: 0 }, 2]]);
  });
});

it('on the embedded database what a killed process left is forgotten: its owner knows what is open', async () => {
  const job = await define({});
  await queue.send(job, jobs(2));
  await queue.take(job.name, 1);
  await queue.close();
  queue = await JobQueue.open(opened.store, [job], () => undefined);
  const left = await queue.take(job.name, 9);
  expect(left).toHaveLength(opened.store.kind === 'embedded' ? 0 : 1);
});
