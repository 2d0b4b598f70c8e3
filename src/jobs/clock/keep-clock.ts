import type { Instant } from '../../lib/pure/dates.ts';
import type { Store } from '../../store/store.ts';
import { type RepeatedWork, repeatWork } from '../repeated-work.ts';
import { claimTurn, endTurn, holdTurn, LEASE_MS } from './clock.repository.ts';
import type { Clock } from './clock.ts';

/** A moment that has come, or a process that died, is noticed within this. */
const EVERY_MS = 60_000;
const BEAT_MS = LEASE_MS / 4;

export interface ClockIo {
  readonly now: () => Instant;
  /** Aborting it ends the work at a safe point; the next process goes on with it. */
  readonly signal: AbortSignal;
  readonly onError: (error: unknown) => void;
}

/** Looks once whether the work is due, and does it if nobody else does. Never throws: what fails is told and tried again. */
export async function turnClock(store: Store, clock: Clock, io: ClockIo): Promise<void> {
  const { now, signal, onError } = io;
  if (signal.aborted) return;
  const turn = await claimTurn(store, clock, now());
  if (turn === null) return;
  // A beat that fails is followed by others; without any the work is taken over, which it must stand anyway.
  const beat = setInterval(() => void holdTurn(store, turn, now()).catch(onError), BEAT_MS);
  try {
    await clock.work(signal);
    await endTurn(store, turn, signal.aborted ? 'let-go' : 'done', now());
  } catch (error) {
    if (signal.aborted) return await endTurn(store, turn, 'let-go', now());
    await endTurn(
      store,
      turn,
      { problem: error instanceof Error ? error.message : String(error) },
      now(),
    );
    onError(error);
  } finally {
    clearInterval(beat);
  }
}

/** Keeps a clock in a serving process. Several may do so on one database: each day's work is done by one of them. */
export function keepClock(store: Store, clock: Clock, io: ClockIo): RepeatedWork {
  return repeatWork({
    everyMs: EVERY_MS,
    work: () => turnClock(store, clock, io),
    onError: io.onError,
  });
}
