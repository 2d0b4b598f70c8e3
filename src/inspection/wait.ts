import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../lib/pure/dates.ts';

/** Node's timers hold 2^31 ms at most; waking now and then also survives a machine that slept. */
const NAP_MS = 60_000;

/** Waits until the clock says `at`, or the signal aborts (then throws its reason). */
export async function waitUntil(
  at: Instant,
  io: { now: () => Instant; signal: AbortSignal },
  onNap: () => void,
): Promise<void> {
  for (;;) {
    io.signal.throwIfAborted();
    const left = Date.parse(at) - Date.parse(io.now());
    if (left <= 0) return;
    onNap();
    await sleep(Math.min(left, NAP_MS), undefined, { signal: io.signal });
  }
}
