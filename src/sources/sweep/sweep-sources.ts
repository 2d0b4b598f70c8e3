import type { SourceKind } from '../../domain/account-sources.ts';
import type { AuthorisationKeeper } from '../../gather/accounts/wechat/wechat-tokens.ts';
import type { Sealing } from '../../identity/index.ts';
import { forEachParallel } from '../../lib/node/for-each-parallel.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { daysBetween, type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import type { Store } from '../../store/store.ts';
import { askSource } from '../ask/ask-source.ts';
import { ownerOf } from '../ask/connector.ts';
import { type AskedSource, keepOutcomes, rememberSeen } from '../keep-outcomes.ts';
import type { Source } from '../source.ts';
import { sourcesDb } from '../sources-db.ts';
import { type DueSource, dueSources, parkSources } from './due-sources.ts';
import { PlatformGate } from './platform-gate.ts';
import { beatSweep, beginSweep, endSweep, touchSweep } from './sweep.repository.ts';
import type { Sweep } from './sweep.ts';

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

/** Sources in memory at a time, and written in one transaction: what a kill loses, and a bound of memory. */
const BATCH = 200;
/** Asked at the same time: most of the time is waiting for answers. */
const AT_ONCE = 40;
/** A service manager is promised an end within ten seconds; whoever has not answered by then is asked again by the next sweep. */
const IN_HAND_MS = 4_000;
/** A batch of slow answers takes minutes: the sweep says meanwhile that it lives. */
const BEAT_MS = 30_000;
/** A source that was never read whole is looked at for so many days; one that was, since then. */
const WINDOW_DAYS_MAX = 14;

/**
 * Asks every source that is due, once, and keeps what each showed and how it stands. Bounded in memory by the batch; safe to run
 * twice and to be killed: what was asked says when. Throws {@link UserError} `sweep.running`.
 */
export async function sweepSources(deps: SweepDeps, options: SweepOptions): Promise<Sweep> {
  const sweep = await beginSweep(deps.store, { ...options, now: options.now() });
  return runSweep(deps, sweep, options);
}

/** Runs a sweep that {@link beginSweep} began, to its end or until it is to stop. */
export async function runSweep(
  deps: SweepDeps,
  sweep: Sweep,
  options: SweepOptions,
): Promise<Sweep> {
  const { now, signal, isPublicOnly } = options;
  const db = sourcesDb(deps.store.db);
  const gate = options.gate ?? new PlatformGate();
  // A beat that the database does not take is followed by another; a batch that it does not take ends the sweep.
  const beat = setInterval(
    () => void touchSweep(db, sweep.id, now()).catch(() => undefined),
    BEAT_MS,
  );
  try {
    let asked = sweep.asked;
    let left = sweep.limit ?? Number.POSITIVE_INFINITY;
    for (let after = 0; left > 0 && !signal.aborted; ) {
      const page = { after, count: Math.min(BATCH, left) };
      const due = await dueSources(db, { ...sweep, isPublicOnly, now: now() }, page);
      const last = due.at(-1);
      if (last === undefined) break;
      asked += await sweepBatch(deps, options, { due, gate, sweepId: sweep.id });
      after = last.source.id;
      left -= due.length;
      options.onProgress({ total: sweep.total, asked });
    }
    return await endSweep(db, sweep.id, signal.aborted ? 'stopped' : 'done', now());
  } finally {
    clearInterval(beat);
  }
}

interface Batch {
  readonly due: readonly DueSource[];
  readonly gate: PlatformGate;
  readonly sweepId: number;
}

interface Shut {
  readonly kind: SourceKind;
  readonly until: Instant;
  readonly ids: number[];
}

/** Returns how many were asked. What is in hand is finished and kept, also when the sweep is to stop. */
async function sweepBatch(
  { store, sealing, authorisations }: SweepDeps,
  options: SweepOptions,
  { due, gate, sweepId }: Batch,
): Promise<number> {
  const { now, fetcherOf, signal } = options;
  const asked: AskedSource[] = [];
  const shut = new Map<string, Shut>();
  const all = forEachParallel(due, AT_ONCE, NEVER, async ({ source, accountName, accountId }) => {
    if (signal.aborted) return;
    const at = now();
    const until = gate.shutUntil(source.kind, at);
    if (until !== null) return leaveAlone(shut, source, until);
    const outcome = await askSource(sealing, {
      ...{ source, account: ownerOf(accountName, accountId), monitoredAt: at, now: at },
      ...{ windowDays: windowOf(source, at), fetcher: fetcherOf(source.kind) },
      wantsInteraction: false,
      authorisations,
    });
    gate.report(source.kind, outcome.calls, outcome.standing, now());
    asked.push({ source, outcome, at: now() });
  });
  await untilStopped(all, signal, options.inHandMs ?? IN_HAND_MS);
  // A copy: whoever answers after the limit is not kept.
  const remembered = await rememberSeen(store.db, [...asked]);
  const postponed = [...shut.values()].reduce((sum, { ids }) => sum + ids.length, 0);
  const told = remembered.filter(({ outcome }) => outcome.view.state === 'observed').length;
  await store.transaction(async (trx) => {
    const db = sourcesDb(trx);
    const states = countEach(await keepOutcomes(db, sealing, remembered));
    for (const { ids, ...park } of shut.values()) await parkSources(db, ids, park);
    const stops = Object.fromEntries([...shut.values()].map(({ kind, until }) => [kind, until]));
    const step = { asked: remembered.length, told, postponed, states, stops };
    await beatSweep(db, sweepId, step, now());
  });
  return remembered.length;
}

/** Work in hand is not cut off, but waited for: see {@link untilStopped}. */
const NEVER = new AbortController().signal;

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

const countEach = <Key extends string>(keys: readonly Key[]): Partial<Record<Key, number>> =>
  Object.fromEntries(
    [...Map.groupBy(keys, (key) => key)].map(([key, same]) => [key, same.length]),
  ) as Partial<Record<Key, number>>;

function leaveAlone(shut: Map<string, Shut>, { id, kind }: Source, until: Instant): void {
  const key = `${kind} ${until}`;
  const known = shut.get(key);
  if (known) known.ids.push(id);
  else shut.set(key, { kind, until, ids: [id] });
}

/** Days to look at: since the source last showed everything, and one more, as statistics of yesterday may come late. */
function windowOf({ completeTo }: Source, at: Instant): number {
  if (completeTo === null) return WINDOW_DAYS_MAX;
  const missed = daysBetween(completeTo, shanghaiDate(at));
  return Math.max(1, Math.min(WINDOW_DAYS_MAX, missed + 1));
}
