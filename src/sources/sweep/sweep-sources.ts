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
import { beatSweep, beginSweep, endSweep } from './sweep.repository.ts';
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
  readonly gate?: PlatformGate;
}

/** Sources in memory at a time, and written in one transaction: what a kill loses, and a bound of memory. */
const BATCH = 200;
/** Asked at the same time: most of the time is waiting for answers. */
const AT_ONCE = 40;
/** A source that was never read whole is looked at for so many days; one that was, since then. */
const WINDOW_DAYS_MAX = 14;

/**
 * Asks every source that is due, once, and keeps what each showed and how it stands. Bounded in memory by the batch; safe to run
 * twice and to be killed: what was asked says when. Throws {@link UserError} `sweep.running`.
 */
export async function sweepSources(deps: SweepDeps, options: SweepOptions): Promise<Sweep> {
  const { now, signal } = options;
  const sweep = await beginSweep(deps.store, { ...options, now: now() });
  const db = sourcesDb(deps.store.db);
  const gate = options.gate ?? new PlatformGate();
  let asked = sweep.asked;
  let left = sweep.limit ?? Number.POSITIVE_INFINITY;
  for (let after = 0; left > 0 && !signal.aborted; ) {
    const page = { after, count: Math.min(BATCH, left) };
    const due = await dueSources(db, { ...sweep, now: now() }, page);
    const last = due.at(-1);
    if (last === undefined) break;
    asked += await sweepBatch(deps, options, { due, gate, sweepId: sweep.id });
    after = last.source.id;
    left -= due.length;
    options.onProgress({ total: sweep.total, asked });
  }
  return endSweep(db, sweep.id, signal.aborted ? 'stopped' : 'done', now());
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
  await forEachParallel(due, AT_ONCE, NEVER, async ({ source, accountName, accountId }) => {
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
  const remembered = await rememberSeen(store.db, asked);
  const postponed = [...shut.values()].reduce((sum, { ids }) => sum + ids.length, 0);
  const told = remembered.filter(({ outcome }) => outcome.view.state === 'observed').length;
  await store.transaction(async (trx) => {
    const db = sourcesDb(trx);
    await keepOutcomes(db, sealing, remembered);
    for (const { ids, ...park } of shut.values()) await parkSources(db, ids, park);
    await beatSweep(db, sweepId, { asked: asked.length, told, postponed }, now());
  });
  return asked.length;
}

/** Work in hand is finished: each source is asked within the limits of its connector. */
const NEVER = new AbortController().signal;

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
