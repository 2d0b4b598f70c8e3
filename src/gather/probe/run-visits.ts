import { setTimeout as sleep } from 'node:timers/promises';
import { forEachParallel } from '../../lib/node/for-each-parallel.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { ControlTargets } from './control-targets.ts';
import { type Visit, visitHome } from './visit-home.ts';

/** The visits that one site still needs. */
export interface VisitPlan {
  readonly subjectId: number;
  readonly url: string;
  readonly visits: readonly {
    readonly slot: number;
    readonly scheduledAt: Instant;
    /** When it is really to be made, where quiet hours moved it; absent = as scheduled. */
    readonly dueAt?: Instant;
  }[];
}

export interface VisitRow extends Visit {
  readonly subjectId: number;
  readonly slot: number;
  readonly scheduledAt: Instant;
  readonly vantage: string;
}

export interface RunVisitsInput {
  readonly plans: readonly VisitPlan[];
  /** `live` waits for each instant; `replay` visits at once. */
  readonly clock: 'live' | 'replay';
  readonly fetcher: Fetcher;
  readonly controls: ControlTargets;
  readonly signal: AbortSignal;
  readonly now: () => Instant;
  readonly vantage: string;
  /** Visits under way at the same time: a few hanging servers (15 s each) must not hold up the others. */
  readonly atOnce: number;
  /** Keeps a visit; the visit counts as made when this resolves. */
  readonly onVisit: (row: VisitRow) => Promise<void>;
}

/** A live visit later than half the distance between two visits would be another visit: it is left out, and counted as missing. */
const LIVE_LATE_MS = 36 * 60_000;

/** Makes all planned visits, slot by slot over all sites. The first failure of our own, or an abort, ends it. */
export async function runVisits(input: RunVisitsInput): Promise<void> {
  await forEachParallel(slotOrder(input.plans), input.atOnce, input.signal, async (task) => {
    const row = await visitWhenDue(input, task);
    if (row) await input.onVisit(row);
  });
}

interface VisitTask {
  readonly subjectId: number;
  readonly url: string;
  readonly slot: number;
  readonly scheduledAt: Instant;
  readonly dueAt?: Instant;
}

/** Slot after slot, so that neighbours on one address are visited in the same scheduled moment, and no site twice in a row. */
function slotOrder(plans: readonly VisitPlan[]): VisitTask[] {
  const tasks = plans.flatMap(({ subjectId, url, visits }) =>
    visits.map((visit) => ({ subjectId, url, ...visit })),
  );
  return tasks.sort((a, b) =>
    a.scheduledAt < b.scheduledAt
      ? -1
      : a.scheduledAt > b.scheduledAt
        ? 1
        : a.subjectId - b.subjectId,
  );
}

async function visitWhenDue(input: RunVisitsInput, task: VisitTask): Promise<VisitRow | null> {
  if (input.clock === 'live') {
    const wait = Date.parse(task.dueAt ?? task.scheduledAt) - Date.parse(input.now());
    if (wait < -LIVE_LATE_MS) return null;
    if (wait > 0) await sleep(wait, undefined, { signal: input.signal });
  }
  input.signal.throwIfAborted();
  const visit = await visitHome(input.fetcher, task.url, {
    controls: input.controls,
    signal: input.signal,
  });
  // A visit that our own stop cut off says nothing about the site: it is made again when the round goes on.
  input.signal.throwIfAborted();
  return {
    ...visit,
    subjectId: task.subjectId,
    slot: task.slot,
    scheduledAt: task.scheduledAt,
    vantage: input.vantage,
  };
}
