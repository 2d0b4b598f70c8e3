import type { SourceKind } from '../../domain/account-sources.ts';
import type { Sealing } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { Store } from '../../store/store.ts';
import { type AskedSource, keepOutcomes, rememberSeen } from '../keep-outcomes.ts';
import type { Source } from '../source.ts';
import { sourcesDb } from '../sources-db.ts';
import { parkSources } from './due-sources.ts';
import { beatSweep } from './sweep.repository.ts';

/** Outcomes of one transaction: what a kill loses, and a bound of memory. */
const BATCH = 200;
/** A sweep that is slow keeps what it has, and tells that it lives. */
const KEPT_LATE_MS = 10_000;

interface Shut {
  readonly kind: SourceKind;
  readonly until: Instant;
  readonly ids: number[];
}

interface KeeperDeps {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly now: () => Instant;
  readonly sweepId: number;
  /** Told after each transaction how many sources were asked since the one before. */
  readonly onKept: (asked: number) => void;
}

/** Writes what sources gave, many at a time: while one batch is written the next is gathered, and no more than that. */
export class OutcomeKeeper {
  readonly #deps: KeeperDeps;
  #asked: AskedSource[] = [];
  #shut = new Map<string, Shut>();
  #waiting = 0;
  #keptAt = performance.now();
  #isOver = false;
  #writing: Promise<void> | null = null;

  constructor(deps: KeeperDeps) {
    this.#deps = deps;
  }

  /** Waits while there is enough to write. Whoever answers after the end is not kept: the next sweep asks him again. */
  async add(asked: AskedSource): Promise<void> {
    if (this.#isOver) return;
    // Answers are for archives, and a sweep has none.
    this.#asked.push({ ...asked, outcome: { ...asked.outcome, received: [] } });
    await this.#keepSome();
  }

  /** The source is not asked: its platform has had enough of us until then. */
  async leaveAlone({ id, kind }: Source, until: Instant): Promise<void> {
    const key = `${kind} ${until}`;
    const known = this.#shut.get(key);
    if (known) known.ids.push(id);
    else this.#shut.set(key, { kind, until, ids: [id] });
    await this.#keepSome();
  }

  /** Writes everything that is left, and keeps nothing more. */
  async finish(): Promise<void> {
    this.#isOver = true;
    await this.#writing;
    await this.#write();
  }

  async #keepSome(): Promise<void> {
    this.#waiting += 1;
    const isLate = performance.now() - this.#keptAt > KEPT_LATE_MS;
    if (this.#waiting < BATCH && !isLate) return;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
    await this.#writing;
  }

  async #write(): Promise<void> {
    const [asked, shut] = [this.#asked, [...this.#shut.values()]];
    [this.#asked, this.#shut, this.#waiting] = [[], new Map(), 0];
    this.#keptAt = performance.now();
    const { store, sealing, now, sweepId, onKept } = this.#deps;
    const remembered = await rememberSeen(store.db, asked);
    const postponed = shut.reduce((sum, { ids }) => sum + ids.length, 0);
    const told = remembered.filter(({ outcome }) => outcome.view.state === 'observed').length;
    await store.transaction(async (trx) => {
      const db = sourcesDb(trx);
      const states = countEach(await keepOutcomes(db, sealing, remembered));
      for (const { ids, ...park } of shut) await parkSources(db, ids, park);
      const stops = Object.fromEntries(shut.map(({ kind, until }) => [kind, until]));
      const step = { asked: asked.length, told, postponed, states, stops };
      await beatSweep(db, sweepId, step, now());
    });
    onKept(asked.length);
  }
}

const countEach = <Key extends string>(keys: readonly Key[]): Partial<Record<Key, number>> =>
  Object.fromEntries(
    [...Map.groupBy(keys, (key) => key)].map(([key, same]) => [key, same.length]),
  ) as Partial<Record<Key, number>>;
