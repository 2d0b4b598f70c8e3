import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { canonicalUrl, linkBase } from '../derive/scan/canonical-url.ts';
import type { PageBytes } from '../derive/scan/digest-page.ts';
import { minutesOfQuiet, type QuietHours } from '../domain/quiet-hours.ts';
import type { WalkedPage, WalkedPageWithBody } from '../domain/walk.ts';
import type { Fetcher } from '../lib/node/http/create-fetcher.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Archive } from '../store/archive/archive.ts';
import type { Store } from '../store/store.ts';
import { readEarlierPage } from './earlier-page.ts';
import { DatabaseFrontier } from './frontier/database-frontier.ts';
import type { PageVisit } from './pages/page-message.ts';
import type { PagePool } from './pages/page-pool.ts';
import { NO_ROUND } from './purge-surveys.ts';
import {
  beatSurvey,
  countOutcomes,
  endSurvey,
  joinSurvey,
  lastSurvey,
  leaveSurvey,
  openSurvey,
  type Survey,
} from './survey.repository.ts';
import { surveyDb } from './survey-db.ts';
import type { WalkReading } from './walk/walk-reading.ts';
import { type WalkInput, walkSite } from './walk/walk-site.ts';
import type { WalkResult } from './walk/walk-tally.ts';

export interface SurveyDeps {
  readonly store: Store;
  /** Where responses are kept, under the round's id; null keeps none. */
  readonly archive: Archive | null;
  /** Paces per destination address, for all workers where it was made so. */
  readonly fetcher: Fetcher;
  readonly pages: PagePool;
  readonly now: () => Instant;
}

export interface SurveyInput
  extends Pick<
    WalkInput,
    'homeUrl' | 'budget' | 'scope' | 'honourRobots' | 'lookAtFiles' | 'atOnce' | 'pageBytes'
  > {
  readonly roundId: number | null;
  readonly subjectId: number | null;
  /** Hours in which the site is left alone. */
  readonly quietHours?: readonly QuietHours[];
  /** Whether pages that did not change since the last survey are not sent again. Default true. */
  readonly conditional?: boolean;
  /** Names how pages are read; then notes are taken of them, so that links and words can be judged from the rows. */
  readonly reading?: string;
}

export interface SurveyOutcome {
  readonly surveyId: number;
  readonly result: WalkResult;
}

const BEAT_MS = 2_000;
const QUIET_LOOK_MS = 60_000;

/**
 * Walks a whole site into the database: one row per page, responses in the archive. Safe to run again: an unfinished survey of the
 * same site and round goes on where it stopped, also after kill -9; several processes may work on one. An abort of `signal` is thrown
 * and leaves it unfinished.
 */
export async function surveySite(
  deps: SurveyDeps,
  input: SurveyInput,
  signal: AbortSignal,
): Promise<SurveyOutcome> {
  const base = linkBase(input.homeUrl);
  const homeUrl = base === null ? null : canonicalUrl(input.homeUrl, base);
  if (homeUrl === null) throw new UserError('survey.home', `首页网址无法识别：${input.homeUrl}`);
  const db = surveyDb(deps.store);
  const { roundId, subjectId, reading = '' } = input;
  const earlier = input.conditional === false ? null : await lastSurvey(db, homeUrl, reading);
  const survey = await openSurvey(db, { homeUrl, roundId, subjectId, reading }, deps.now());
  const holder = randomUUID();
  await joinSurvey(db, survey.id, holder);
  const work = new SurveyWork(deps, input, survey, holder);
  const beat = setInterval(() => work.beat(), BEAT_MS);
  try {
    const walked = await work.walk(earlier, signal);
    // Also what earlier processes visited before they were stopped.
    const result = { ...walked, outcomes: await countOutcomes(db, survey.id) };
    await endSurvey(db, survey.id, result, deps.now());
    return { surveyId: survey.id, result };
  } finally {
    clearInterval(beat);
    await work.end();
    await leaveSurvey(db, survey.id, holder);
  }
}

class SurveyWork {
  readonly #deps: SurveyDeps;
  readonly #input: SurveyInput;
  readonly #survey: Survey;
  readonly #holder: string;
  readonly #frontier: DatabaseFrontier;
  readonly #spent: { requests: number; bytes: number };
  readonly #walk: number;
  /** A beat that the database did not take; the next write says more. */
  #beating = false;

  constructor(deps: SurveyDeps, input: SurveyInput, survey: Survey, holder: string) {
    this.#deps = deps;
    this.#input = input;
    this.#survey = survey;
    this.#holder = holder;
    this.#walk = deps.pages.beginWalk();
    this.#spent = { requests: survey.requests, bytes: survey.bytes };
    const archiveRound = input.roundId ?? NO_ROUND;
    this.#frontier = new DatabaseFrontier({
      store: deps.store,
      surveyId: survey.id,
      seed: survey.seed,
      holder,
      beginIntake: () => deps.archive?.begin(archiveRound) ?? null,
    });
  }

  walk(earlier: Survey | null, signal: AbortSignal): Promise<WalkResult> {
    const { store, fetcher, now } = this.#deps;
    const quiet = this.#input.quietHours ?? [];
    return walkSite({
      ...this.#input,
      fetcher,
      signal,
      now,
      frontier: this.#frontier,
      spent: { ...this.#spent },
      onPage: (page) => this.#take(page),
      readPage: (page, response, visit) => this.#read(page, response, visit),
      ...(earlier === null
        ? {}
        : { earlier: (url: string) => readEarlierPage(surveyDb(store), earlier, url) }),
      ...(quiet.length === 0
        ? {}
        : { beforeVisit: (stop: AbortSignal) => waitForOpening(quiet, now, stop) }),
    });
  }

  /** Keeps what was visited, also when the walk was stopped; a database that refuses has been met by the walk already. */
  async end(): Promise<void> {
    this.#deps.pages.forget(this.#walk);
    await this.#frontier.flush().catch(() => undefined);
  }

  /** Said every two seconds. A database that is away misses a beat and fails the next batch instead, where it is met. */
  beat(): void {
    if (this.#beating) return;
    this.#beating = true;
    beatSurvey(surveyDb(this.#deps.store), this.#survey.id, this.#holder, this.#spent)
      .catch(() => undefined)
      .finally(() => {
        this.#beating = false;
      });
  }

  async #read(
    { url, contentType, today }: PageBytes,
    response: WalkedPageWithBody['received'][number],
    visited: Pick<WalkedPage, 'url' | 'linkText' | 'depth'>,
  ): Promise<WalkReading> {
    const { pages, archive } = this.#deps;
    const { seed } = this.#survey;
    const pack = archive !== null;
    const visit =
      this.#input.reading === undefined
        ? null
        : { url: visited.url, linkText: visited.linkText, isHome: visited.depth === 0 };
    const asked = { walk: this.#walk, seed, url, contentType, today, response, pack, visit };
    try {
      const { member, ...reading } = await pages.read(asked);
      return member === null ? reading : { ...reading, member };
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      return unreadable(`网页没有读完：${said}`, visit);
    }
  }

  #take(page: WalkedPageWithBody): void {
    this.#spent.requests += 1;
    this.#spent.bytes += page.bytes;
    const { intake } = this.#frontier;
    if (intake === null || page.received.length === 0) return;
    const last = page.received.at(-1)!;
    for (const response of page.received.slice(0, -1)) intake.add(response);
    if (page.member && page.snapshot !== null)
      intake.addPacked(last, page.snapshot, { member: page.member, bodyBytes: page.bytes });
    // The body that a 304 speaks of was kept by an earlier survey: this answer has none.
    else if (page.outcome === 'unchanged') intake.add(last);
    else if (page.outcome !== 'page') intake.add(last, page.snapshot ?? undefined);
  }
}

/** A page that ended the thread that read it: a fact of its own, without words and links. What leads to it is looked at once more. */
const unreadable = (reason: string, visit: PageVisit | null): WalkReading => ({
  charset: 'utf-8',
  title: '',
  links: [],
  publishedOn: null,
  newestOn: null,
  fingerprint: null,
  hitLimits: [],
  textLength: 0,
  snapshot: null,
  reason,
  ...(visit === null
    ? {}
    : {
        notes: { doubt: '没有读完', heldText: visit.linkText, promises: [], words: null },
      }),
});

async function waitForOpening(
  quiet: readonly QuietHours[],
  now: () => Instant,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const minutes = minutesOfQuiet(quiet, now());
    if (minutes === 0) return;
    await sleep(Math.min(minutes * 60_000, QUIET_LOOK_MS), undefined, { signal });
  }
}
