import type { DesignatedItem } from '../../domain/facts/guideline-facts.ts';
import { RenderPool } from '../../gather/browser/render-pool.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { invariant } from '../../lib/pure/errors.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import {
  openOutside,
  openSurveyTools,
  openTitleChecker,
  type SurveyTools,
  type TitleChecker,
} from '../../survey/index.ts';
import { readDesignatedFile } from '../designated-items.ts';
import { inspectionDb, inTransaction } from '../inspection-db.ts';
import type { InspectionDeps } from '../inspection-deps.ts';
import { insertPages, type OwnedPage } from '../page.repository.ts';
import { insertProbes, type ProbeRow } from '../probe.repository.ts';
import { requireRoundById } from '../round.repository.ts';
import type { Round } from '../round.ts';
import { GroupWriter } from './group-writer.ts';

/** A page with everything that was received on the way to it. `payload` = SHA-256 (hex) of a body that was hashed already. */
export type GatheredPage = OwnedPage & {
  readonly received: readonly {
    readonly response: ReceivedResponse;
    readonly payload: string | undefined;
  }[];
};

/** What the tasks of one round share in one process. */
export interface RoundContext {
  readonly deps: InspectionDeps;
  readonly round: Round;
  readonly outside: Fetcher;
  /** Null when the deployment's rounds do without a browser, and in rounds that are made up for a past period. */
  readonly browser: RenderPool | null;
  readonly now: () => Instant;
  /** Items that every site has to reprint; read once, so that all sites of a run are asked for the same. */
  readonly designated: () => Promise<readonly DesignatedItem[]>;
  /** Threads that read the pages of whole sites; started with the first site that is walked whole. */
  readonly surveyTools: () => Promise<SurveyTools>;
  /** Checks titles of accounts; opened with the first account that shows any, so that all of a run are held to the same. */
  readonly titles: () => Promise<TitleChecker>;
  /** Visits and pages are finished when they are committed. */
  readonly visits: GroupWriter<ProbeRow>;
  readonly pages: GroupWriter<GatheredPage>;
}

/** What a process that works on rounds brings. */
export interface WorkIo {
  readonly now: () => Instant;
  readonly note: (message: string) => void;
  readonly signal: AbortSignal;
}

/** At most so many rounds are worked on by one process; there is one at a time in practice. */
const CONTEXTS_MAX = 8;

/** Opens each round once per process, and closes all at the end. */
export class RoundContexts {
  readonly deps: InspectionDeps;
  readonly #io: WorkIo;
  readonly #open = new Map<string, RoundContext>();
  #items: Promise<readonly DesignatedItem[]> | null = null;
  #tools: Promise<SurveyTools> | null = null;
  #titles: Promise<TitleChecker> | null = null;

  /** Work waits for a database that went away. */
  constructor(deps: InspectionDeps, io: WorkIo) {
    this.deps = {
      ...deps,
      store: deps.store.patient({ signal: io.signal, onWait: io.note }),
    };
    this.#io = io;
  }

  /** The round as it stands now; connections are kept while the way to its hosts is the same. */
  async of(roundId: number): Promise<RoundContext> {
    const round = await requireRoundById(inspectionDb(this.deps.store), roundId);
    const key = `${roundId} ${round.resolveRules.join(' ')}`;
    const known = this.#open.get(key);
    if (known) return { ...known, round };
    invariant(this.#open.size < CONTEXTS_MAX, '同时处理的批次过多');
    const opened = this.#openRound(round);
    this.#open.set(key, opened);
    return opened;
  }

  readonly #designated = (): Promise<readonly DesignatedItem[]> => {
    const { designatedFile = null } = this.deps;
    if (designatedFile === null) return Promise.resolve([]);
    this.#items ??= readDesignatedFile(designatedFile);
    return this.#items;
  };

  readonly #surveyTools = (): Promise<SurveyTools> => {
    this.#tools ??= openSurveyTools(this.deps);
    return this.#tools;
  };

  readonly #titleChecker = (): Promise<TitleChecker> => {
    this.#titles ??= openTitleChecker(this.deps, this.#io.now());
    return this.#titles;
  };

  async close(): Promise<void> {
    await (await this.#tools)?.[Symbol.asyncDispose]();
    for (const { outside, browser } of this.#open.values()) {
      await browser?.close();
      await outside.close();
    }
    this.#open.clear();
  }

  /** Bytes first, then in one transaction their index and the pages: what is recorded can be shown. */
  async #keepPages(roundId: number, pages: readonly GatheredPage[]): Promise<void> {
    const intake = this.deps.archive.begin(roundId);
    for (const { received } of pages)
      for (const { response, payload } of received) intake.add(response, payload);
    await intake.settle();
    await inTransaction(this.deps.store, async (trx) => {
      await intake.index(trx);
      await insertPages(trx, roundId, pages);
    });
  }

  #openRound(round: Round): RoundContext {
    const db = inspectionDb(this.deps.store);
    const { render, userAgent } = this.deps;
    const { now } = this.#io;
    return {
      // Browsers start with the first page that needs one.
      browser:
        render && round.clock === 'live'
          ? new RenderPool({ chromiumPath: render.chromiumPath, userAgent, now })
          : null,
      deps: this.deps,
      round,
      now,
      designated: this.#designated,
      surveyTools: this.#surveyTools,
      titles: this.#titleChecker,
      outside: openOutside({
        userAgent,
        resolve: round.resolveRules,
        now,
        // On the embedded database there is only this process.
        sharedPace: this.deps.store.kind === 'postgres' ? db : null,
      }),
      visits: new GroupWriter((rows) => insertProbes(db, round.id, rows)),
      pages: new GroupWriter((rows) => this.#keepPages(round.id, rows)),
    };
  }
}
