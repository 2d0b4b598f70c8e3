import process from 'node:process';
import type { Sweep } from '../../../src/sources/sweep/sweep.ts';
import { sweepCrowd } from '../../../src/testing/crowd/sweep-crowd.ts';
import { openPlace } from './open-place.ts';

/** How far it is, about once a second, and at the end the sweep itself. */
export interface SweepLine {
  readonly asked: number;
  readonly rssMb: number;
  readonly cpuSeconds: number;
  readonly sweep?: Sweep;
}

const TOLD_EVERY_MS = 1_000;

/** `run-sweep.ts PORT OFFSET`: one sweep in a process of its own, as `accounts sweep` is. */
const [port, offset] = process.argv.slice(2).map(Number) as [number, number];
let toldAt = 0;
function tell(asked: number, sweep?: Sweep): void {
  if (sweep === undefined && performance.now() - toldAt < TOLD_EVERY_MS) return;
  toldAt = performance.now();
  const { user, system } = process.cpuUsage();
  const line: SweepLine = {
    asked,
    rssMb: Math.round(process.memoryUsage.rss() / 1_048_576),
    cpuSeconds: (user + system) / 1e6,
    ...(sweep ? { sweep } : {}),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const place = await openPlace();
const sweep = await sweepCrowd(place, {
  ...{ port, now: () => Date.now() + offset, isPaced: true },
  onProgress: ({ asked }) => tell(asked),
});
tell(sweep.asked, sweep);
await place.close();
