import type { SourceKind } from '../../domain/account-sources.ts';
import type { QuotaCounter } from '../../gather/accounts/wechat/wechat-quotas.ts';
import type { AuthorisationKeeper } from '../../gather/accounts/wechat/wechat-tokens.ts';
import type { Sealing } from '../../identity/index.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { daysBetween, type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import type { Store } from '../../store/store.ts';
import { askSource } from '../ask/ask-source.ts';
import { ownerOf } from '../ask/connector.ts';
import { storedQuotas } from '../quota.repository.ts';
import type { Source } from '../source.ts';
import { type SourcesDb, sourcesDb } from '../sources-db.ts';
import type { DueSource } from './due-sources.ts';
import { DueSupply } from './due-supply.ts';
import { OutcomeKeeper } from './outcome-keeper.ts';
import { PlatformGate } from './platform-gate.ts';
import { beginSweep, endSweep, touchSweep } from './sweep.repository.ts';
import type { Sweep } from './sweep.ts';
import { SWEEP_LANES } from './sweep-lanes.ts';

/** What a sweep needs of the process. */
export interface SweepDeps {
  readonly store: Store;
  readonly sealing: Sealing;
  /** Tokens of accounts that authorised our WeChat platform. */
  readonly authorisations?: AuthorisationKeeper;
}

export interface SweepOptions {
  readonly by: string;
  readonly platform: string | null;
  readonly limit: number | null;
  readonly now: () => Instant;
  /** How sources of a kind are reached: platforms at their own rates, everybody else politely. */
  readonly fetcherOf: (kind: SourceKind) => Fetcher;
  /** Aborting it ends the sweep after what is in hand; the next one goes on. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { readonly asked: number; readonly total: number }) => void;
  /** Leaves alone what stands at reserved names, which only resolve rules find. */
  readonly isPublicOnly: boolean;
  readonly gate?: PlatformGate;
  /** Answers under way get this long after a stop is asked; {@link IN_HAND_MS} by default. */
  readonly inHandMs?: number;
}

/** A service manager is promised an end within ten seconds; whoever has not answered by then is asked again by the next sweep. */
const IN_HAND_MS = 4_000;
/** Slow answers take minutes: the sweep says meanwhile that it lives. */
const BEAT_MS = 30_000;
/** A source that was never read whole is looked at for so many days; one that was, since then. */
const WINDOW_DAYS_MAX = 14;

/**
 * Asks every source that is due, once, and keeps what each showed and how it stands: platforms, feeds and articles beside each other
 * ({@link SWEEP_LANES}). Bounded in memory; safe to run twice and to be killed: what was asked says when. Throws {@link UserError}
 * `sweep.running`.
 */
export async function sweepSources(deps: SweepDeps, options: SweepOptions): Promise<Sweep> {
  const sweep = await beginSweep(deps.store, { ...options, now: options.now() });
  return runSweep(deps, sweep, options);
}

/** Runs a sweep that {@link beginSweep} began, to its end or until it is to stop. A database that is away for a while is waited for. */
export async function runSweep(
  deps: SweepDeps,
  sweep: Sweep,
  options: SweepOptions,
): Promise<Sweep> {
  const { now, signal } = options;
  const store = deps.store.patient({ signal });
  const db = sourcesDb(store.db);
  let asked = sweep.asked;
  const keeper = new OutcomeKeeper({
    ...{ sealing: deps.sealing, store, now, sweepId: sweep.id },
    onKept: (count) => {
      asked += count;
      options.onProgress({ total: sweep.total, asked });
    },
  });
  const work: SweepWork = {
    ...{ deps, options, keeper, quotas: storedQuotas(db), failed: new AbortController() },
    gate: options.gate ?? new PlatformGate(),
  };
  // A beat that the database does not take is followed by another; a batch that it does not take ends the sweep.
  const beat = setInterval(
    () => void touchSweep(db, sweep.id, now()).catch(() => undefined),
    BEAT_MS,
  );
  try {
    const lanes = runLanes(work, sweep, db);
    await untilStopped(lanes, signal, options.inHandMs ?? IN_HAND_MS);
    await keeper.finish();
    return await endSweep(db, sweep.id, signal.aborted ? 'stopped' : 'done', now());
  } finally {
    clearInterval(beat);
  }
}

/** All lanes to their ends; what one of them fails of is thrown when the others have finished what they had in hand. */
async function runLanes(work: SweepWork, sweep: Sweep, db: SourcesDb): Promise<void> {
  const { now, isPublicOnly } = work.options;
  const allowance = { left: sweep.limit ?? Number.POSITIVE_INFINITY };
  const filter = () => ({ ...sweep, isPublicOnly, now: now() });
  const runs = SWEEP_LANES.flatMap((lane) => {
    const supply = new DueSupply(db, lane, filter, allowance);
    return Array.from({ length: lane.atOnce }, () => runLane(work, supply));
  });
  const failure = (await Promise.allSettled(runs)).find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') throw failure.reason;
}

interface SweepWork {
  readonly deps: SweepDeps;
  readonly options: SweepOptions;
  readonly gate: PlatformGate;
  readonly keeper: OutcomeKeeper;
  readonly quotas: QuotaCounter;
  /** Aborted when one of those at work failed: nothing more is begun. */
  readonly failed: AbortController;
}

/** One of those that work at a lane. */
async function runLane(work: SweepWork, supply: DueSupply): Promise<void> {
  const isOver = (): boolean => work.options.signal.aborted || work.failed.signal.aborted;
  try {
    while (!isOver()) {
      const due = await supply.next();
      if (due === null || isOver()) return;
      await askDue(work, due);
    }
  } catch (error) {
    work.failed.abort();
    throw error;
  }
}

async function askDue(
  { deps, options, gate, keeper, quotas }: SweepWork,
  { source, accountName, accountId }: DueSource,
): Promise<void> {
  const { now, fetcherOf } = options;
  const at = now();
  const until = gate.shutUntil(source.kind, at);
  if (until !== null) return keeper.leaveAlone(source, until);
  const outcome = await askSource(deps.sealing, {
    ...{ source, account: ownerOf(accountName, accountId), monitoredAt: at, now: at },
    ...{ windowDays: windowOf(source, at), fetcher: fetcherOf(source.kind), quotas },
    wantsInteraction: false,
    authorisations: deps.authorisations,
  });
  gate.report(source.kind, outcome.calls, outcome.standing, now());
  await keeper.add({ source, outcome, at: now() });
}

/** Resolves with the work, or `limitMs` after a stop was asked. */
async function untilStopped(
  work: Promise<void>,
  signal: AbortSignal,
  limitMs: number,
): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    timer = setTimeout(resolve, limitMs);
  };
  if (signal.aborted) wait();
  else signal.addEventListener('abort', wait, { once: true });
  try {
    await Promise.race([work, late]);
  } finally {
    signal.removeEventListener('abort', wait);
    clearTimeout(timer);
  }
}

/** Days to look at: since the source last showed everything, and one more, as statistics of yesterday may come late. */
function windowOf({ completeTo }: Source, at: Instant): number {
  if (completeTo === null) return WINDOW_DAYS_MAX;
  const missed = daysBetween(completeTo, shanghaiDate(at));
  return Math.max(1, Math.min(WINDOW_DAYS_MAX, missed + 1));
}
